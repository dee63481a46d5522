"""Pieces every page is made of: face, A dot and B ring, icons, ages."""

from datetime import date, datetime

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kith.members.models import Member
from kith.profiles.shown import shows_photo
from kith.web import look

register = template.Library()
register.filter("age", look.age)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """The face of somebody without a photo; screen readers hear the name beside it instead."""
    return format_html(
        '<span class="face hue-{} {}" aria-hidden="true">{}</span>', look.hue(name), size, look.initials(name)
    )


@register.simple_tag(takes_context=True)
def face(context: Context, member: Member, size: str = "") -> SafeString:
    """A member's photo where the viewer may see it, else initials; `size` is empty, small (the head) or large."""
    viewer = getattr(context.get("request"), "viewer", None)
    if not member.photo_key or viewer is None or not (viewer.member == member or shows_photo(member, viewer)):
        return avatar(member.name, size)
    wanted = "large" if size == "large" else "small"
    return format_html(
        '<img class="face photo {}" src="{}" alt="" width="96" height="96" loading="lazy" decoding="async">',
        size,
        reverse("photo", args=[member.photo_key, wanted]),
    )


@register.simple_tag
def a_or_b(is_a: bool) -> SafeString:
    """Filled dot: A network, spoken with; ring: B, not yet."""
    words = _("A network: you have spoken") if is_a else _("B network: not spoken yet")
    return format_html(
        '<span class="dot {}" role="img" aria-label="{}" title="{}"></span>',
        "a" if is_a else "b",
        words,
        words,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn sign beside words; never alone."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("vendor/lucide-static/icons.svg"),
        name,
    )


@register.simple_tag
def age_on(moment: date | datetime | None, today: date | None) -> str:
    """The age as of another day than today, an archive's for instance."""
    return look.age(moment, today)
