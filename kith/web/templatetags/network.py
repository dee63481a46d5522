"""Pieces of the network: degree, how long something waits, what the two could do next."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.desk.beside import Beside
from kith.members.models import Member

register = template.Library()

DEGREES = {
    1: gettext_lazy("1st degree: you are connected"),
    2: gettext_lazy("2nd degree: you know somebody in common"),
    3: gettext_lazy("3rd degree: somebody you know knows somebody who knows them"),
}


@register.filter
def beside_of(member: Member, page: dict[int, Beside] | str | None) -> Beside | None:
    """What stands beside this person, of a page's `desk.beside.beside`."""
    return page.get(member.pk) if isinstance(page, dict) else None


@register.simple_tag
def degree(here: Beside | None) -> SafeString | str:
    """1, 2 or 3 behind a name; nothing beyond, or where it is not to be told."""
    if here is None or here.tie.degree not in DEGREES:
        return ""
    words = DEGREES[here.tie.degree]
    return format_html(
        '<sup class="degree" title="{0}"><span aria-hidden="true">{1}</span>'
        '<span class="visually-hidden">, {0}</span></sup>',
        words,
        here.tie.degree,
    )


@register.filter
def waiting(days: int) -> str:
    """“Waiting 12 days”."""
    if days < 1:
        return _("Waiting since today")
    return ngettext("Waiting %(n)s day", "Waiting %(n)s days", days) % {"n": f"{days:,}"}


@register.filter
def mutual(count: int) -> str:
    """“3 mutual connections”."""
    return ngettext("%(n)s mutual connection", "%(n)s mutual connections", count) % {"n": f"{count:,}"}


@register.filter
def band(ends: tuple[int, int]) -> str:
    """“0”, “3–4”: how many, as exactly as may be told."""
    low, high = ends
    return str(low) if low == high else f"{low}–{high}"


@register.simple_tag
def degree_words(here: Beside) -> str:
    """The degree in words, without its sign."""
    return str(DEGREES[here.tie.degree]) if here.tie.degree in DEGREES else ""
