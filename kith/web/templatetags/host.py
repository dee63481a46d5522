"""Words of the console."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def waiting(since: datetime) -> str:
    """How long something has waited, in days: “Waiting 12 days”."""
    days = (timezone.localdate() - timezone.localdate(since)).days
    if days < 1:
        return _("Waiting since today")
    return ngettext("Waiting %(days)s day", "Waiting %(days)s days", days) % {"days": days}
