"""Facts for machines inside a page: a block of data, which the content security policy lets nobody run."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(facts: dict[str, Any]) -> SafeString:
    """The script element; no sign in it can end it early."""
    words = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308
