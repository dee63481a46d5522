from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.archive.reading import dates


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03 Apr 2023", date(2023, 4, 3)),
        ("30-Jul-24", date(2024, 7, 30)),
        ("4-Apr-21", date(2021, 4, 4)),
        ("4/5/24", date(2024, 4, 5)),
        ("10/3/18, 7:30 PM", date(2018, 10, 4)),
        ("2024-07-30", date(2024, 7, 30)),
        ("03 März 2023", date(2023, 3, 3)),
        ("31 Feb 2024", None),
        ("00 Jan 2024", None),
        ("03 Apr 9999", None),
        ("soon", None),
        ("", None),
        ("٠٣ Apr 2023", date(2023, 4, 3)),
    ],
)
def test_days_of_connections(text: str, day: date | None) -> None:
    assert dates.connected_on(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("4/17/23, 9:21 AM", at(2023, 4, 17, 16, 21)),
        ("1/17/23, 11:30 PM", at(2023, 1, 18, 7, 30)),
        ("08/19/24, 11:04 PM", at(2024, 8, 20, 6, 4)),
        ("12/31/25, 12:05 AM", at(2025, 12, 31, 8, 5)),
        ("3/12/23, 1:59 AM", at(2023, 3, 12, 9, 59)),
        ("3/12/23, 3:00 AM", at(2023, 3, 12, 10, 0)),
        ("3/12/23, 2:30 AM", at(2023, 3, 12, 10, 30)),
        ("11/5/23, 12:59 AM", at(2023, 11, 5, 7, 59)),
        ("11/5/23, 1:30 AM", at(2023, 11, 5, 8, 30)),
        ("11/5/23, 2:00 AM", at(2023, 11, 5, 10, 0)),
        ("4/2/06, 3:00 AM", at(2006, 4, 2, 10, 0)),
        ("3/20/06, 3:00 AM", at(2006, 3, 20, 11, 0)),
        ("11/26/24 01:32 PM UTC", at(2024, 11, 26, 13, 32)),
        ("4/17/23, 13:21 PM", None),
        ("13/17/23, 9:21 AM", None),
        ("4/17/23, 9:21 XM", None),
        ("Not Available", None),
    ],
)
def test_unmarked_american_times_are_pacific(text: str, moment: datetime | None) -> None:
    assert dates.pacific(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-01-05 12:34:56 UTC", at(2023, 1, 5, 12, 34, 56)),
        ("2023-01-05 12:34:56", at(2023, 1, 5, 12, 34, 56)),
        ("2024/02/01 15:02:55 UTC", at(2024, 2, 1, 15, 2, 55)),
        ("Fri Jan 24 02:54:41 UTC 2025", at(2025, 1, 24, 2, 54, 41)),
        ("2024-11-03 19:22 UTC", at(2024, 11, 3, 19, 22)),
        ("2024-11-03 25:22:00", None),
        ("2024-13-03 19:22:00", None),
        ("N/A", None),
    ],
)
def test_everything_else_is_utc(text: str, moment: datetime | None) -> None:
    assert dates.utc(text) == moment


def test_events_uploads_and_birthdays() -> None:
    assert dates.event("Sep 23, 2025 08:00 AM - Sep 24, 2025 04:00 PM") == at(2025, 9, 23, 8)
    assert dates.uploaded("You uploaded a feed image on April 12, 2026 at 8:03 AM (GMT)") == at(
        2026, 4, 12, 8, 3
    )
    assert dates.birthday("Mar 14") == dates.birthday("Mar 14, 1988") == (3, 14)
    assert dates.birthday("Feb 29") == (2, 29)
    assert dates.birthday("Feb 30") is None


@given(st.text(max_size=40))
def test_no_text_makes_a_date_fall_over(text: str) -> None:
    for reading in (
        dates.connected_on,
        dates.pacific,
        dates.utc,
        dates.event,
        dates.uploaded,
        dates.birthday,
    ):
        reading(text)
