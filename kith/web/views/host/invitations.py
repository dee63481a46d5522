"""Join links: who made which, for whom, until when, how many uses are left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.core.branding import brand
from kith.core.host import site_address
from kith.core.mail import send_letter
from kith.core.refusal import Refused
from kith.members import joining
from kith.members.models import JoinLink
from kith.web.requests import Request
from kith.web.views.host.gate import host_only, page_of


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_invitations(request: Request) -> HttpResponse:
    """The list, and the form that makes a link, which is shown on its answer alone."""
    refusal, path, made = None, "", None
    if request.method == "POST":
        try:
            made, token = _make(request)
            path = f"/join/{token}/"
        except Refused as problem:
            refusal = problem
    rows = JoinLink.objects.select_related("made_by")
    page, more = page_of(rows, ("-made_at", "-id"), request.GET.get("after", ""), "public_id")
    context = {
        "page": page,
        "more": more,
        "made": made,
        "link": request.build_absolute_uri(path) if path else "",
        "refusal": refusal,
        "typed": request.POST if refusal else {"days": "14", "uses": "1"},
    }
    response = render(request, "host/invitations.html", context, status=422 if refusal else 200)
    if path:
        response["Cache-Control"] = "no-store"
    return response


@host_only
@require_POST
def host_join_link_revoke(request: Request, public_id: str) -> HttpResponse:
    joining.revoke_join_link(get_object_or_404(JoinLink, public_id=public_id), request.user)
    messages.success(request, _("Revoked. Whoever came in by it stays."))
    return redirect(reverse("host_invitations"))


def _make(request: Request) -> tuple[JoinLink, str]:
    said = request.POST
    email = said.get("email", "").strip()
    if said.get("send") and not email:
        raise Refused(_("E-mail: whom shall it be sent to?"), "email")
    link, token = joining.make_join_link(
        request.user,
        email=email,
        note=said.get("note", ""),
        days=_whole(said.get("days", ""), _("Days it works"), "days"),
        uses=_whole(said.get("uses", "") or "1", _("People it lets in"), "uses"),
    )
    if said.get("send"):
        _send(link, token)
    return link, token


def _send(link: JoinLink, token: str) -> None:
    site = brand().name
    text = _(
        "Hello,\n\nyou are asked to join %(site)s. Open this address before %(until)s to come in:\n\n%(link)s\n\n"
        "It is made for this e-mail address. If you do not know %(site)s, you need do nothing."
    ) % {"site": site, "until": f"{link.until:%d %B %Y}", "link": f"{site_address()}/join/{token}/"}
    send_letter(link.email, _("You are asked to join %(site)s") % {"site": site}, text)


def _whole(text: str, label: str, field: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Refused(_("%(label)s: please give a whole number.") % {"label": label}, field)
    return int(text)
