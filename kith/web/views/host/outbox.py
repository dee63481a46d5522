"""The outbox: letters on their way; their words are shown only where no mail server is set up."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kith.core.delivery import mail_trouble
from kith.core.mail import try_again
from kith.core.mail_server import MailServer, Misread
from kith.core.models import Letter
from kith.members.audit import record
from kith.web.requests import Request
from kith.web.views.host.gate import host_only, page_of

STATES = {
    Letter.State.WAITING: gettext_lazy("on its way"),
    Letter.State.SENT: gettext_lazy("sent"),
    Letter.State.FAILED: gettext_lazy("failed"),
    Letter.State.KEPT: gettext_lazy("kept here"),
}


@host_only
@require_safe
def outbox(request: Request) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = Letter.objects.filter(state=state) if state in Letter.State.values else Letter.objects.all()
    page, more = page_of(
        rows.defer("text", "html"), ("-made_at", "-id"), request.GET.get("after", ""), "public_id"
    )
    if page:
        record("outbox_listed", actor=request.user, shown=len(page))
    counts = dict(Letter.objects.order_by().values_list("state").annotate(n=Count("pk")))
    context = {
        "page": page,
        "more": more,
        "state": state,
        "states": [(key, words, counts.get(key, 0)) for key, words in STATES.items() if counts.get(key)],
        "server": _server(),
        "trouble": mail_trouble() if settings.MAIL_SERVER else "",
        "open": not settings.MAIL_SERVER,
    }
    return render(request, "host/outbox.html", context)


@host_only
@require_safe
def letter(request: Request, public_id: str) -> HttpResponse:
    """One kept letter with its words; that a host read it is written down."""
    kept = (
        Letter.objects.filter(state=Letter.State.KEPT) if not settings.MAIL_SERVER else Letter.objects.none()
    )
    found = get_object_or_404(kept, public_id=public_id)
    record("letter_read", actor=request.user, letter=found.public_id)
    response = render(request, "host/letter.html", {"letter": found})
    response["Cache-Control"] = "no-store"
    return response


@host_only
@require_POST
def letter_again(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Letter, public_id=public_id)
    if try_again(found):
        record("letter_tried_again", actor=request.user, letter=found.public_id)
        messages.success(request, _("On its way again."))
    else:
        messages.error(request, _("Only a failed letter can be sent again."))
    return redirect("outbox")


def _server() -> str:
    """Where letters go, without the password; or what is wrong with KITH_MAIL."""
    if not settings.MAIL_SERVER:
        return ""
    try:
        return str(MailServer.read(settings.MAIL_SERVER))
    except Misread as problem:
        return str(problem)
