"""The roster: who is asked in, read from a table, written to once, reminded twice at most."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core.refusal import Refused
from kith.members import roster, roster_file, roster_import
from kith.members.audit import record
from kith.members.models import HostField, RosterEntry
from kith.members.tasks import write_to_roster_soon
from kith.web.requests import Request
from kith.web.views.host.gate import host_only, page_of


@host_only
@require_safe
def host_roster(request: Request) -> HttpResponse:
    """Everybody asked in, found by words; that it was looked at is written down."""
    record("roster_listed", actor=request.user)
    return roster_page(request)


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_roster_import(request: Request) -> HttpResponse:
    """Three steps on one address: the file, its columns and rows, taking it in. Nothing is kept in between."""
    if request.method != "POST":
        return render(request, "host/roster_import.html", {})
    context: dict[str, object] = {"text": request.POST.get("text", "")}
    try:
        text = _text(request)
        context |= {"text": text, "columns": roster_file.columns_of(text)}
        reading = roster_file.read(text, _chosen(request))
        if "take_in" in request.POST:
            found = roster_import.take_in(reading, request.user)
            said = ngettext("Taken in: %(count)s person.", "Taken in: %(count)s people.", found.total)
            messages.success(request, said % {"count": found.total})
            return redirect("host_roster")
        context |= {"columns": reading.columns, "reading": reading, "plan": roster_import.plan(reading)}
    except Refused as problem:
        return render(request, "host/roster_import.html", {**context, "refusal": problem}, status=422)
    return render(request, "host/roster_import.html", context)


@host_only
@require_POST
def host_roster_write(request: Request) -> HttpResponse:
    """One letter to everybody not written to yet; the worker writes them."""
    count = roster.agree_to_letters(request.user, reminders="reminders" in request.POST)
    write_to_roster_soon()
    said = ngettext("%(count)s letter is being written.", "%(count)s letters are being written.", count)
    messages.success(request, said % {"count": count})
    return redirect("host_roster")


@host_only
@require_POST
def host_roster_withdraw(request: Request, public_id: str) -> HttpResponse:
    try:
        roster.withdraw(get_object_or_404(RosterEntry, public_id=public_id), request.user)
        messages.success(request, _("Withdrawn: no reminder follows, and the link has ended."))
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("host_roster")


@host_only
@require_POST
def host_roster_link(request: Request, public_id: str) -> HttpResponse:
    """The claim link of one person, to hand over by another way than mail."""
    entry = get_object_or_404(RosterEntry.objects.open(), public_id=public_id)
    roster.open_claim(entry)
    record("roster_link_shown", actor=request.user, entry=entry.public_id)
    return roster_page(request, link=request.build_absolute_uri(roster.claim_path(entry)), entry=entry)


@host_only
@require_safe
def host_roster_csv(request: Request) -> HttpResponse:
    rows = roster_import.as_csv(RosterEntry.objects.order_by("pk"), request.user)
    response = HttpResponse("".join(rows), content_type="text/csv; charset=utf-8")
    name = quote(f"roster-{timezone.localdate()}.csv")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def no_more_letters(request: Request, token: str) -> HttpResponse:
    """The recipient's own word, without an account: asks on GET, acts on POST, the same answer ever after (b34)."""
    entry = roster.find_by_stop_token(token)
    if entry and request.method == "POST":
        roster.never_again(entry)
        entry.refresh_from_db()
    context = {"entry": entry, "token": token, "stopped": bool(entry and entry.never_again_at)}
    return render(request, "host/no_more_letters.html", context, status=200 if entry else 404)


def roster_page(request: Request, link: str = "", entry: RosterEntry | None = None) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    page, more = page_of(
        roster.found(words).select_related("claimed_by"),
        ("-made_at", "-id"),
        request.GET.get("after", ""),
        "public_id",
    )
    labels = dict(HostField.objects.values_list("key", "label"))
    counts = RosterEntry.objects.aggregate(
        all=Count("pk"),
        came=Count("pk", filter=Q(claimed_at__isnull=False)),
        written=Count("pk", filter=Q(mailed_at__isnull=False)),
    )
    context = {
        "page": [
            (row, [(labels[key], value) for key, value in row.fields.items() if key in labels])
            for row in page
        ],
        "more": more,
        "after": request.GET.get("after", ""),
        "counts": counts,
        "words": words,
        "unwritten": RosterEntry.objects.unwritten().count(),
        "mail_server": bool(settings.MAIL_SERVER),
        "link": link,
        "shown": entry,
    }
    response = render(request, "host/roster.html", context)
    if link:
        response["Cache-Control"] = "no-store"
    return response


def _text(request: Request) -> str:
    """What was typed or kept in the form, or the file just chosen."""
    if file := request.FILES.get("file"):
        return roster_file.text_of_file(file.read(roster_file.MOST_BYTES + 1))
    text = request.POST.get("text", "")
    if not text.strip():
        raise Refused(_("File: please choose the table with your people."), "file")
    return roster_file.text_of_file(text.encode())


def _chosen(request: Request) -> list[tuple[str, str]] | None:
    """What the host chose each column for; nothing on the first look."""
    chosen: list[tuple[str, str]] = []
    while f"use-{len(chosen)}" in request.POST and len(chosen) < roster_file.MOST_COLUMNS:
        number = len(chosen)
        chosen.append((request.POST[f"use-{number}"], request.POST.get(f"label-{number}", "")))
    return chosen or None
