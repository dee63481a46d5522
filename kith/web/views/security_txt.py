"""Whom to tell of a weakness, where programs look for it (RFC 9116)."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kith.core.host import Setting
from kith.web.requests import Request

CONTACT = Setting(
    "security_contact",
    "",
    label=_("Where to report a weakness"),
    hint=_("An address such as mailto:security@example.org; shown at /.well-known/security.txt."),
    group=_("Safety"),
)
LASTS = timedelta(days=90)


@require_safe
def security_txt(request: Request) -> HttpResponse:
    """Nothing until the host says where."""
    contact = " ".join(CONTACT.value.split())
    if not contact:
        raise Http404
    if not contact.startswith(("mailto:", "https:", "tel:")):
        contact = f"mailto:{contact}"
    expires = (timezone.now() + LASTS).strftime("%Y-%m-%dT00:00:00Z")
    here = request.build_absolute_uri(request.path)
    said = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\nCanonical: {here}\n"
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
