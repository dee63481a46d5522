"""How the report writes its cells, rates and ages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from kith.contacts.models import Contact
from kith.insights.calendar import age_in_words, in_words, month_in_words
from kith.insights.chance import Rate
from kith.insights.figure import Parts
from kith.web.report_charts import TOP

MOST_ROWS = 200  # of a table on the page; its CSV has all

register = template.Library()


@register.filter
def cell(value: Any) -> str:
    """A table's cell: numbers as people write them, what is missing as unknown."""
    if value is None:
        return _("unknown")
    if isinstance(value, float):
        return str(floatformat(value, 1 if value >= 0.1 else 3))
    return str(intcomma(value)) if isinstance(value, int) else str(value)


@register.filter
def is_number(value: Any) -> bool:
    return value is None or isinstance(value, int | float)


@register.filter
def shown(rows: Sequence[Any]) -> Sequence[Any]:
    return rows[:MOST_ROWS]


@register.filter
def hidden(rows: Sequence[Any]) -> int:
    return max(0, len(rows) - MOST_ROWS)


@register.filter
def rest(parts: Parts) -> dict[str, int]:
    """What the bars leave out: people, of how many kinds; and all there are, unknown too."""
    others = parts.parts[TOP:]
    return {
        "people": sum(part.value for part in others),
        "kinds": len(others),
        "all": parts.total + parts.unknown,
    }


@register.filter
def rate(value: Rate) -> str:
    """`64%, 238 of 372`; of none, unknown."""
    if value.percent is None:
        return _("unknown")
    return _("%(percent)s%%, %(hits)s of %(of)s") % {
        "percent": floatformat(value.percent, 0),
        "hits": intcomma(value.hits),
        "of": intcomma(value.of),
    }


@register.filter
def interval(value: Rate) -> str:
    """`59 to 69%`: where the true rate lies, with 95 % certainty."""
    if value.low is None or value.high is None:
        return ""
    return _("%(low)s to %(high)s%%") % {"low": round(100 * value.low), "high": round(100 * value.high)}


@register.filter
def month(on: date) -> str:
    return month_in_words(on)


@register.filter
def age_on(moment: datetime | date, as_of: date | None) -> str:
    """How long ago that was on the archive's day."""
    on = moment.date() if isinstance(moment, datetime) else moment
    return age_in_words(max(0, ((as_of or on) - on).days))


@register.filter
def days(count: int) -> str:
    return age_in_words(count)


@register.filter
def points(count: float) -> str:
    """`9.9 points more`, `3 points less`, `the same`."""
    shown = floatformat(abs(count), -1)
    if round(count, 1) == 0:
        return _("the same")
    return (_("%(points)s points more") if count > 0 else _("%(points)s points less")) % {"points": shown}


@register.filter
def relative(share: float) -> str:
    """`+30% relative`."""
    return _("%(percent)+d%% relative") % {"percent": round(100 * share)}


@register.filter
def standing(contact: Contact) -> str:
    """What the lists of people say first: when words last passed, else since when connected."""
    if contact.in_touch_on:
        return _("last in touch %(day)s") % {"day": in_words(contact.in_touch_on)}
    if contact.connected_on:
        return _("connected %(day)s, never a message") % {"day": in_words(contact.connected_on)}
    return _("never a message")
