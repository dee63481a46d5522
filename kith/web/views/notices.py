"""Notices: what happened that I should know, and what reaches me."""

from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.core.refusal import Refused
from kith.notifications import actions
from kith.notifications.kinds import Choice, Kind, kinds_for
from kith.notifications.lines import Line, Place, line_of, page_of
from kith.notifications.models import Announcement, Notification
from kith.notifications.preferences import choices_of, choose
from kith.web.partial import is_partial
from kith.web.requests import Request


@login_required
@require_safe
def notices(request: Request) -> HttpResponse:
    """Newest first; the address holds the place, so that coming back finds the same row."""
    return _notices(request, request.GET.get("done", ""))


@login_required
@require_POST
def open_notice(request: Request, public_id: str) -> HttpResponse:
    """Read it and go where it leads; one that leads nowhere stays in the list, read."""
    line = line_of(_own(request, public_id))
    actions.mark_read(line.newest)
    return redirect(_path_of(line) or _place(request, f"notice-{public_id}"))


@login_required
@require_POST
def mark_notice(request: Request, public_id: str) -> HttpResponse:
    """Read without opening it, or unread again."""
    notice = _own(request, public_id)
    if request.POST.get("as") == "unread":
        actions.mark_unread(notice)
    else:
        actions.mark_read(notice)
    if is_partial(request):
        return _notices(request)
    return redirect(_place(request, f"notice-{public_id}"))


@login_required
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything up to the moment the page was made, and the way back."""
    if undo := _moment(request.POST.get("undo", "")):
        actions.take_back_reading(request.user, undo)
        done = ""
    else:
        until = _moment(request.POST.get("until", "")) or timezone.now()
        moment = actions.mark_all_read(request.user, until=until)
        done = f"read.{_micros(moment)}" if moment else ""
    return _notices(request, done) if is_partial(request) else redirect(_place(request, done=done))


@login_required
@require_POST
def switch_kind(request: Request, kind: str) -> HttpResponse:
    """On or off for one kind, from a notice or from the settings."""
    found = _kind(request, kind)
    wanted = Choice.OFF if request.POST.get("to") == Choice.OFF else Choice.AT_ONCE
    try:
        choose(request.user, found, wanted)
    except Refused as problem:
        return _settings(request, refusal=problem)
    done = f"{wanted.value}.{found.name}"
    if request.POST.get("from") == "settings":
        return redirect(f"{reverse('notice_settings')}?{urlencode({'done': done})}#{found.name}")
    if is_partial(request):
        return _notices(request, done)
    return redirect(_place(request, done=done))


@login_required
@require_safe
def notice_settings(request: Request) -> HttpResponse:
    """Every kind, and the list of what is off (S-17)."""
    return _settings(request, request.GET.get("done", ""))


@login_required
@require_safe
def announcement(request: Request, public_id: str) -> HttpResponse:
    """What the hosts said, whole."""
    found = get_object_or_404(Announcement.objects.visible_to(request.viewer), public_id=public_id)
    return render(request, "notices/announcement.html", {"announcement": found})


def _notices(request: Request, done: str = "") -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    made, before = timezone.now(), asked.get("before", "")
    page = page_of(request.viewer, _parsed(before))
    days = groupby(page.lines, key=lambda line: timezone.localtime(line.at).date())
    context = {
        "days": [(day, list(lines)) for day, lines in days],
        "before": before if _parsed(before) else "",
        "older": f"{_micros(page.older.at)}-{page.older.notice}" if page.older else "",
        "until": _micros(made),
        "off": {chosen.kind.name for chosen in choices_of(request.user) if chosen.is_off},
        **_done(request, done),
    }
    response = render(
        request, "notices/_part.html" if is_partial(request) else "notices/notices.html", context
    )
    response["Vary"] = "HX-Request"
    return response


def _settings(request: Request, done: str = "", refusal: Refused | None = None) -> HttpResponse:
    choices = choices_of(request.user)
    off = [chosen for chosen in choices if chosen.is_off]
    context = {"choices": choices, "off": off, "refusal": refusal, **_done(request, done)}
    return render(request, "notices/notice_settings.html", context, status=422 if refusal else 200)


def _done(request: Request, done: str) -> dict[str, object]:
    """What was just done and can be undone, as the address or the press before says."""
    what, _dot, which = done.partition(".")
    if what == "read" and _moment(which):
        return {"read_at": which}
    kind = next((kind for kind in kinds_for(request.user) if kind.name == which), None)
    if kind and what in list(Choice):
        return {"switched": kind, "switched_off": what == Choice.OFF}
    return {}


def _own(request: Request, public_id: str) -> Notification:
    mine = Notification.objects.visible_to(request.viewer).select_related("recipient")
    return get_object_or_404(mine, public_id=public_id)


def _kind(request: Request, name: str) -> Kind:
    for kind in kinds_for(request.user):
        if kind.name == name:
            return kind
    raise Http404


def _path_of(line: Line) -> str:
    """Where a notice leads; nowhere while the page it names is not built."""
    route = line.route
    try:
        return reverse(route[0], kwargs=dict(route[1])) if route else ""
    except NoReverseMatch:
        return ""


def _place(request: Request, row: str = "", **more: str) -> str:
    """Back to the list where one was."""
    said = {"before": request.POST.get("before", ""), **more}
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("notices") + (f"?{query}" if query else "") + (f"#{row}" if row else "")


def _parsed(before: str) -> Place | None:
    micros, _dash, notice = before.partition("-")
    at = _moment(micros)
    return Place(at, notice) if at and notice else None


def _micros(moment: datetime) -> str:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return str((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def _moment(text: str) -> datetime | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 16):
        return None
    seconds, rest = divmod(int(text), 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=rest)
