"""Months and stretches of time, in numbers and in words."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def month_of(day: date) -> date:
    return date(day.year, day.month, 1)


def months(first: date, last: date) -> Iterator[date]:
    """Every month from one day's to another's, none left out."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def back(day: date, count: int) -> date:
    """The same day `count` months earlier, or the last of that month."""
    at = day.year * 12 + day.month - 1 - count
    year, month = divmod(at, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def parse_month(text: str) -> date | None:
    """`2026-01` as its first day; anything else as none."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def in_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else _("unknown")


def month_in_words(day: date) -> str:
    return date_format(day, "F Y")


def span(first: date | None, last: date | None) -> str:
    """`16 December 2025 to 9 October 2026`; empty where either end is unknown."""
    if first is None or last is None:
        return ""
    return _("%(first)s to %(last)s") % {"first": in_words(first), "last": in_words(last)}


def age_in_words(days: int) -> str:
    """How long somebody waits: days up to two months, then months, then years."""
    if days < 61:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    count = round(days / 30.44)
    if count < 24:
        return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
    years = days // 365
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
