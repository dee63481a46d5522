"""When something on a profile was, as exactly as its owner said."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.profiles.models import Education, Position

register = template.Library()


@register.filter
def time_span(row: Position | Education) -> str:
    """`March 2020 to October 2023`, `since 2013`, `until 2017`; empty without any date."""
    start = as_said(row.start_year, getattr(row, "start_month", None))
    end = as_said(row.end_year, getattr(row, "end_month", None))
    if start and end:
        return start if start == end else _("%(start)s to %(end)s") % {"start": start, "end": end}
    if start:
        return _("since %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else ""


@register.filter
def day_of_year(day: tuple[int, int]) -> str:
    """`14 March`: a birthday without its year."""
    return date_format(date(2000, *day), "j F")


def as_said(year: int | None, month: int | None = None) -> str:
    """`March 2020`, `2020` or nothing."""
    if year is None:
        return ""
    return date_format(date(year, month, 1), "F Y") if month else str(year)
