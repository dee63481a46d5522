"""How a row reads that is not written yet."""

from collections.abc import Mapping

from django import template

from kith.profiles.models import Education, Position
from kith.profiles.periods import period

register = template.Library()


@register.filter
def typed_span(typed: Mapping[str, str]) -> str:
    """The period of a row whose numbers are still words."""
    numbers = {key: int(text) for key, text in typed.items() if text.isdecimal()}
    if typed.get("current"):
        months = {key: numbers.get(key) for key in ("start_year", "start_month")}
        return period(Position(**months)) if numbers else ""
    start, end = numbers.get("start_year"), numbers.get("end_year")
    if "title" not in typed:
        return period(Education(start_year=start, end_year=end))
    row = Position(start_year=start, end_year=end)
    row.start_month, row.end_month = numbers.get("start_month"), numbers.get("end_month")
    return period(row)


@register.filter
def called(typed: Mapping[str, str]) -> str:
    """The words that name a row."""
    names = ("text", "title", "school", "name", "label", "url")
    return next((typed[name] for name in names if typed.get(name)), "")
