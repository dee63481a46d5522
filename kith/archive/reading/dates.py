"""Dates as the files write them, by column and never by guess: `4/5/24` is April 5 (section 6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero janeiro ene gennaio gen januari",
            "feb february februar février fév fevereiro fev febrero febbraio februari",
            "mar march märz mär mars março marzo maart mrt",
            "apr april avril avr abril abr aprile",
            "may mai maio mayo mei maj maggio mag",
            "jun june juni juin junho junio giugno giu",
            "jul july juli juillet juil julho julio luglio lug",
            "aug august août agosto ago augustus augusti",
            "sep sept september septembre setembro set septiembre settembre",
            "oct october okt oktober octobre outubro out octubre ottobre ott",
            "nov november novembre novembro noviembre",
            "dec december dez dezember décembre déc dezembro diciembre dic dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_WORDY = re.compile(r"^(\d{1,2})[ -]([^\W\d]+)\.?[ -](\d{2}|\d{4})$")
_ENGLISH = re.compile(r"^([^\W\d]+)\.? (\d{1,2}), (\d{4})(?:,? (.*))?$")
_AMERICAN = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?:,? (.+))?$")
_ISO = re.compile(
    r"^(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?: ?(?:UTC|Z))?$"
)
_UNIX = re.compile(r"^\w{3} (\w{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) UTC (\d{4})$")
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([AP])\.?M\.?)?(?: (UTC))?$", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"^([^\W\d]+)\.?,? (\d{4})$")
_NUMBERED = re.compile(r"^(?:(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?|(\d{1,2})[-/.](\d{4}))$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BIRTHDAY = re.compile(r"^([^\W\d]+)\.? (\d{1,2})(?:, \d{4})?$")


def connected_on(text: str) -> date | None:
    """A UTC date: `03 Apr 2023`; 2018 wrote Pacific wall time; a spreadsheet writes `30-Jul-24`."""
    text = text.strip()
    if found := _WORDY.match(text):
        month = _MONTHS.get(found[2].lower())
        return _day(_year(found[3]), month, int(found[1])) if month else None
    if found := _AMERICAN.match(text):
        if found[4]:
            moment = pacific(text)
            return moment.date() if moment else None
        return _day(_year(found[3]), int(found[1]), int(found[2]))
    moment = utc(text)
    return moment.date() if moment else None


def pacific(text: str) -> datetime | None:
    """`4/17/23, 9:21 AM`: US Pacific wall time, unmarked, as UTC; of a doubled hour the first is meant."""
    text = text.strip()
    found = _AMERICAN.match(text)
    if found is None:
        return utc(text)
    day = _day(_year(found[3]), int(found[1]), int(found[2]))
    clock = _CLOCK.match(found[4].strip()) if found[4] else None
    if day is None or (found[4] and clock is None):
        return None
    seconds = _seconds(clock) if clock else 0
    if seconds is None:
        return None
    wall = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    if clock and clock[5]:
        return wall.replace(tzinfo=UTC)
    return (wall + timedelta(hours=7 if _is_summer(wall) else 8)).replace(tzinfo=UTC)


def utc(text: str) -> datetime | None:
    """Every shape that is UTC: ISO with or without the word, slashes, and `Fri Jan 24 02:54:41 UTC 2025`."""
    text = text.strip()
    if found := _ISO.match(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        return _moment(year, month, day, hour, minute, second)
    if found := _UNIX.match(text):
        month = _MONTHS.get(found[1].lower(), 0)
        return _moment(int(found[6]), month, int(found[2]), int(found[3]), int(found[4]), int(found[5]))
    if found := _ENGLISH.match(text):
        return _english(found)
    return None


def utc_or_pacific(text: str) -> datetime | None:
    """A column that was Pacific in 2018 and is UTC now: the shape tells which."""
    return pacific(text) if "/" in text[:3] else utc(text)


def event(text: str) -> datetime | None:
    """The start of `Sep 23, 2025 08:00 AM - …`; its zone is unmarked and read as UTC."""
    return utc(text.split(" - ", maxsplit=1)[0])


def uploaded(text: str) -> datetime | None:
    """The moment in `You uploaded a feed image on April 12, 2026 at 8:03 AM (GMT)`."""
    tail = text.rpartition(" on ")[2].replace(" at ", " ").replace("(GMT)", "")
    return utc(tail) or utc(text)


def birthday(text: str) -> tuple[int, int] | None:
    """(month, day) of `Mar 14` or `Mar 14, 1988`."""
    found = _BIRTHDAY.match(text.strip())
    month = _MONTHS.get(found[1].lower()) if found else None
    if found is None or month is None or _day(2000, month, int(found[2])) is None:
        return None
    return month, int(found[2])


def month_or_year(text: str) -> tuple[int | None, int | None]:
    """(year, month) of `Jan 2024`, `2024`, `2024-01`, `01/2024`; of anything else the year in it, if there is one."""
    text = text.strip()
    if found := _MONTH_YEAR.match(text):
        return int(found[2]), _MONTHS.get(found[1].lower())
    if found := _NUMBERED.match(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return int(year), int(month) if 1 <= int(month) <= 12 else None
    year_in = _YEAR.search(text)
    return (int(year_in[0]), None) if year_in else (None, None)


def _english(found: re.Match[str]) -> datetime | None:
    month = _MONTHS.get(found[1].lower())
    clock = _CLOCK.match(found[4].strip()) if found[4] else None
    if month is None or (found[4] and clock is None):
        return None
    seconds = _seconds(clock) if clock else 0
    start = _moment(int(found[3]), month, int(found[2]), 0, 0, 0)
    return start + timedelta(seconds=seconds) if start and seconds is not None else None


def _seconds(clock: re.Match[str]) -> int | None:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if clock[4].upper() == "P" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    if not 2000 <= year < 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime | None:
    if not 2000 <= year < 2100:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _is_summer(wall: datetime) -> bool:
    """US daylight saving by rule, so that no time zone files are needed."""
    if wall.year >= 2007:
        start, end = _sunday(wall.year, 3, 2), _sunday(wall.year, 11, 1)
    else:
        start, end = _sunday(wall.year, 4, 1), _sunday(wall.year, 11, 1) - timedelta(days=7)
    return datetime(start.year, start.month, start.day, 3) <= wall < datetime(end.year, end.month, end.day, 2)


def _sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))
