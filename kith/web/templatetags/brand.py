"""The host's name, colours and logo in every page's head."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kith.core.branding import brand

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """What this place is called."""
    return brand().name


@register.simple_tag
def site_logo() -> SafeString:
    """The logo with the name for those who cannot see it, the name, or Kith's own word."""
    own = brand()
    if own.logo:
        address = reverse("brand_logo", args=[own.logo.removesuffix(".png")])
        return format_html('<img class="brand" src="{}" alt="{}" height="32">', address, own.name)
    if own.name == "Kith":
        return mark_safe("kith<i>.</i>")
    return format_html('<span class="named" dir="auto">{}</span>', own.name)


@register.simple_tag
def site_colours() -> SafeString:
    """The stylesheet of the host's accent, where there is one."""
    own = brand()
    if not own.light:
        return SafeString("")
    version = f"{own.light}{own.dark}".replace("#", "")
    return format_html('<link rel="stylesheet" href="{}?{}">', reverse("brand_css"), version)
