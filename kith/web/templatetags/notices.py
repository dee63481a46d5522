"""The number beside the bell."""

from typing import Any

from django import template
from django.db import DatabaseError

from kith.notifications.actions import unread_count

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> int:
    """How many unread notices the one who looks may see; none known while the database is away."""
    request = context.get("request")
    if request is None or not hasattr(request, "viewer"):
        return 0
    try:
        return unread_count(request.viewer)
    except DatabaseError:  # the page that says so has a head too
        return 0
