"""When a talk was, as well as its owner remembers: a day, a month, or a year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kith.contacts.models import Talk
from kith.core.refusal import Refused

FIRST_YEAR = 1950


@dataclass(frozen=True, slots=True)
class When:
    """The last day it can have been, and how exactly that is known.

    The last day, because "not spoken with since" must never claim more silence than there was.
    """

    held_on: date
    precision: str


def remember(year: str, month: str = "", day: str = "", *, today: date) -> When:
    """A day, a month or a year from what was typed; refuses the future and days that do not exist."""
    try:
        numbers = [int(part) for part in (year, month, day) if part.strip()]
    except ValueError:
        raise Refused(_("When: please give numbers, at least a year."), "when") from None
    if not year.strip() or (day.strip() and not month.strip()):
        raise Refused(_("When: please give a year, a month and a year, or a whole date."), "when")
    precision = (Talk.Precision.YEAR, Talk.Precision.MONTH, Talk.Precision.DAY)[len(numbers) - 1]
    try:
        first, last = _span(numbers)
    except (ValueError, OverflowError):
        raise Refused(_("When: there is no such day."), "when") from None
    if first > today:
        raise Refused(_("When: that day has not come yet; log a talk once it was held."), "when")
    if first.year < FIRST_YEAR:
        raise Refused(_("When: that is before %(year)s.") % {"year": FIRST_YEAR}, "when")
    return When(min(last, today), precision)


def _span(numbers: list[int]) -> tuple[date, date]:
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(*numbers), date(*numbers)
