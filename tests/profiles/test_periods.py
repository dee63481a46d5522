"""Jobs that ran side by side: only what is sure, and only what looks like two full ones (FAK-05)."""

from datetime import date

import pytest

from kith.members.models import Organisation
from kith.profiles.models import Position
from kith.profiles.periods import side_by_side

TODAY = date(2026, 11, 22)
ORACLE, IBM = Organisation(pk=1, name="Oracle"), Organisation(pk=2, name="IBM")
SPELT = Organisation(pk=3, name="I.B.M.", merged_into=IBM)


def job(title: str, at: Organisation | None, start: tuple, end: tuple = (None, None)) -> Position:
    (start_year, start_month), (end_year, end_month) = start, end
    return Position(title=title, organisation=at, start_year=start_year, start_month=start_month,
                    end_year=end_year, end_month=end_month)  # fmt: skip


FIRST = job("HR Manager", ORACLE, (2010, 1), (2013, 12))


@pytest.mark.parametrize(
    ("other", "both"),
    [
        (job("HR Director", IBM, (2013, 1), (2016, 5)), True),  # a whole year
        (job("HR Director", IBM, (2013, 2), (2016, 5)), False),  # eleven months
        (job("HR Director", IBM, (2011, None), (2012, None)), False),  # perhaps only December to January
        (job("HR Director", IBM, (2011, None), (2013, None)), True),
        (job("HR Director", IBM, (2014, 1)), False),
        (job("HR Director", ORACLE, (2010, 1), (2013, 12)), False),
        (job("Board member", IBM, (2010, 1), (2013, 12)), False),
        (job("HR Director", None, (2010, 1), (2013, 12)), False),
        (job("HR Director", IBM, (None, None)), False),
    ],
)
def test_a_year_at_two_employers_is_named(other: Position, both: bool) -> None:
    assert bool(side_by_side([FIRST, other], TODAY)) == both


def test_two_spellings_of_one_employer_are_one() -> None:
    rows = [job("Clerk", IBM, (2010, 1)), job("Manager", SPELT, (2012, 1))]
    assert side_by_side(rows, TODAY) == []
