"""Words of the desk: when a talk was, who did what, how an address elsewhere is written."""

from datetime import date
from urllib.parse import quote

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.contacts.models import Contact, Sighting, Talk
from kith.web import look

register = template.Library()

_FORMATS = {Talk.Precision.DAY: "j F Y", Talk.Precision.MONTH: "F Y", Talk.Precision.YEAR: "Y"}


@register.filter
def as_known(on: date, precision: str = Talk.Precision.DAY) -> str:
    """A day as exactly as its owner remembers: 17 May 2024, May 2024, 2024."""
    if on == date.min:
        return _("no date")
    return date_format(on, _FORMATS.get(precision, "j F Y"))  # type: ignore[call-overload]


@register.filter
def in_touch(person: Contact) -> str:
    """`last exchange 9 months ago`, or `spoken in 2024` where no more is remembered; empty without any."""
    if person.in_touch_on is None:
        return ""
    if person.in_touch_precision in (Talk.Precision.MONTH, Talk.Precision.YEAR):
        return _("spoken in %(when)s") % {"when": as_known(person.in_touch_on, person.in_touch_precision)}
    return _("last exchange %(age)s") % {"age": look.age(person.in_touch_on)}


@register.filter
def talk_kind(kind: str) -> str:
    names = {"call": _("Call"), "meeting": _("Meeting"), "video": _("Video talk")}
    return names.get(kind, kind)


@register.filter
def work(person: Contact | Sighting) -> str:
    """`Head of Supply at Novamed`, or what of it is known."""
    if person.title and person.company:
        return _("%(title)s at %(company)s") % {
            "title": isolated(person.title),
            "company": isolated(person.company),
        }
    return person.title or person.company


def isolated(text: str) -> str:
    """Text whose direction leaves the words around it alone."""
    return f"\u2068{text}\u2069"


@register.filter
def profile_address(person: Contact) -> str:
    """Where the person's page elsewhere is; empty when an archive gave no address word."""
    return f"https://www.linkedin.com/in/{quote(person.slug, safe='')}/" if person.slug else ""


@register.simple_tag
def waited(since: date | None, until: date | None) -> str:
    """How long something had waited on a day: less than a day, 12 days, 5 months, 3 years."""
    days = (until - since).days if since and until else 0
    if days < 1:
        return _("less than a day")
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 730:
        return _("%(n)d months") % {"n": round(days / 30.44)}
    return _("%(n)d years") % {"n": round(days / 365.25)}


@register.filter
def first_word(name: str) -> str:
    return name.split(" ")[0]
