"""Announcements: written, looked at, made once, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.notifications.announcements import announce, withdraw
from kith.notifications.models import Announcement, Notification
from kith.web.requests import Request
from kith.web.views.host.gate import host_only, page_of


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_announcements(request: Request) -> HttpResponse:
    """Writing asks for a look first; only the second press tells everybody."""
    typed = {name: request.POST.get(name, "") for name in ("title", "text")}
    refusal, preview = None, False
    if request.method == "POST":
        preview = "announce" not in request.POST and "change" not in request.POST
        if "announce" in request.POST:
            try:
                announce(request.user, **typed)
                messages.success(request, _("Announced. Everybody is told within a minute."))
                return redirect("host_announcements")
            except Refused as problem:
                refusal = problem
    page, more = page_of(
        Announcement.objects.select_related("made_by"),
        ("-made_at", "-id"),
        request.GET.get("after", ""),
        "public_id",
    )
    context = {
        "page": [(row, *_read(row)) for row in page],
        "more": more,
        "typed": typed,
        "preview": preview and bool(typed["title"].strip() and typed["text"].strip()),
        "refusal": refusal or _empty(typed, preview),
        "members": Member.objects.let_in().count(),
    }
    return render(request, "host/announcements.html", context, status=422 if context["refusal"] else 200)


@host_only
@require_POST
def host_announcement_withdraw(request: Request, public_id: str) -> HttpResponse:
    if withdraw(get_object_or_404(Announcement, public_id=public_id), by=request.user):
        messages.success(request, _("Taken back: page and notices are gone for everybody."))
    return redirect("host_announcements")


def _read(announcement: Announcement) -> tuple[int, int]:
    """How many have read it, of how many who were told."""
    told = Notification.objects.filter(event=f"announcement:{announcement.pk}", kind="announcement")
    return told.filter(read_at__isnull=False).count(), told.count()


def _empty(typed: dict[str, str], preview: bool) -> Refused | None:
    if preview and not typed["title"].strip():
        return Refused(_("Title: say in a few words what it is about."), "title")
    if preview and not typed["text"].strip():
        return Refused(_("Text: an announcement needs words."), "text")
    return None
