"""How the rows of a profile read: when, how long, and in whose words."""

from datetime import date

from django import template
from django.utils.dates import MONTHS

from kith.profiles.models import Position
from kith.profiles.periods import Lasting, lasted, period

register = template.Library()
register.filter("period", period)


@register.filter("lasted")
def lasted_until(row: Lasting, today: date) -> str:
    """How long, counted to today where it goes on."""
    return lasted(row, today)


@register.filter
def why_odd(position: Position, odd: dict[int, str]) -> str:
    """What is odd about these dates; only their owner has anything in `odd`."""
    return odd.get(position.pk, "")


@register.filter
def birthday(day_of_year: tuple[int, int]) -> str:
    """“9 March”; no year is ever kept."""
    month, day = day_of_year
    return f"{day} {MONTHS[month]}"


@register.filter
def bare_address(url: str) -> str:
    """An address as people say it, without its scheme."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
