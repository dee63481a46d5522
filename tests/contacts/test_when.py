from datetime import date

import pytest

from kith.contacts.when import remember
from kith.core.refusal import Refused

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "held_on", "precision"),
    [
        (("2024",), date(2024, 12, 31), "year"),
        (("2026",), TODAY, "year"),
        (("2024", "2"), date(2024, 2, 29), "month"),
        (("2026", "11"), TODAY, "month"),
        (("2026", "11", "22"), TODAY, "day"),
        (("2026", "01", "05"), date(2026, 1, 5), "day"),
    ],
)
def test_a_talk_is_remembered_as_exactly_as_it_is_known(typed, held_on, precision):
    when = remember(*typed, today=TODAY)
    assert (when.held_on, when.precision) == (held_on, precision)


@pytest.mark.parametrize(
    "typed",
    [
        ("2027",),
        ("2026", "12"),
        ("2026", "11", "23"),
        ("2026", "2", "30"),
        ("2026", "13"),
        ("0",),
        ("-5",),
        ("1900",),
        ("",),
        ("2026", "", "5"),
        ("soon",),
        ("99999999999999999999",),
        ("²",),
    ],
)
def test_the_future_and_days_that_never_were_are_refused_in_one_sentence(typed):
    with pytest.raises(Refused, match="When"):
        remember(*typed, today=TODAY)
