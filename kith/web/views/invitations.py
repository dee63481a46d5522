"""Invitations: those that wait for me, those I sent, and the small thread before one is decided."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kith.core.refusal import Refused
from kith.desk.beside import Beside, beside, degrees_beside
from kith.desk.ties import Ties, ties_of
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions import invitations as acts
from kith.network.models import Invitation
from kith.network.models.invitation import InvitationQuerySet
from kith.network.sent import Sent, sent, usual_days
from kith.network.standing import standing
from kith.trust.clues import Wonder, wonders
from kith.web.asked import only
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.host.gate import page_of

ANSWERS: dict[str, tuple[Callable[[Invitation, Member], Invitation], Any]] = {
    "accept": (acts.accept, gettext_lazy("You and %(name)s are connected.")),
    "set_aside": (acts.set_aside, gettext_lazy("Set aside. %(name)s sees it waiting.")),
    "decline": (acts.decline, gettext_lazy("Declined. %(name)s is not told.")),
    "unknown": (
        acts.decline_as_unknown,
        gettext_lazy("Declined as somebody you do not know. %(name)s is not told who said so."),
    ),
}


@dataclass(frozen=True)
class Received:
    """One invitation to the viewer, with who asks, what ties the two, and clues where three come together."""

    invitation: Invitation
    here: Beside
    tied: Ties
    days: int
    wonder: Wonder | None = None


@login_required
@require_safe
@only({"after", "aside"})
def invitations(request: Request) -> HttpResponse:
    """What waits for my answer; beneath, what I set aside."""
    aside = "aside" in request.GET
    open_ones, counts = received_by(request.viewer), _counts(request.viewer)
    found = open_ones.filter(state=_ASIDE) if aside else open_ones.waiting()
    rows, more = page_of(found, ("-sent_at", "-pk"), request.GET.get("after", ""), "public_id")
    context = {"rows": received(request.viewer, rows), "more": more, "aside": aside, "counts": counts}
    return render(request, "network/invitations.html", context)


@login_required
@require_safe
@only({"after"})
def sent_invitations(request: Request) -> HttpResponse:
    """Everything I sent, each with its state and age."""
    rows, more = page_of(
        sent_by(request.viewer), ("-sent_at", "-pk"), request.GET.get("after", ""), "public_id"
    )
    shown = sent(request.user, rows)
    context = {
        "rows": shown,
        "sent_near": near_of(request.viewer, shown),
        "more": more,
        "usual": usual_days(request.user),
        "standing": standing(request.user),
    }
    return render(request, "network/sent.html", context)


@login_required
@require_safe
def invitation(request: Request, public_id: str) -> HttpResponse:
    """One invitation, as its sender or its recipient sees it."""
    return _page(request, _mine(request, public_id))


@login_required
@require_POST
def answer_invitation(request: Request, public_id: str) -> HttpResponse:
    """Accept, set aside, decline, or decline as unknown; nobody is told a no."""
    found = get_object_or_404(received_by(request.viewer, closed=True), public_id=public_id)
    wanted = request.POST.get("answer", "")
    if wanted not in ANSWERS:
        return _page(request, found, Refused(_("Please choose one of the answers.")))
    act, words = ANSWERS[wanted]
    try:
        act(found, request.user)
    except Refused as problem:
        return _refused(request, found, problem)
    said = words % {"name": found.sender.name}
    if is_partial(request):
        context = {"invitation": found, "said": said, "counts": _counts(request.viewer)}
        return render(request, "network/_answered.html", context)
    messages.success(request, said)
    return redirect("network")


@login_required
@require_POST
def withdraw_invitation(request: Request, public_id: str) -> HttpResponse:
    """Take back what I sent."""
    found = get_object_or_404(sent_by(request.viewer), public_id=public_id)
    try:
        acts.withdraw(found, request.user)
    except Refused as problem:
        return _refused(request, found, problem)
    if is_partial(request):
        found = sent_by(request.viewer).get(pk=found.pk)
        rows = sent(request.user, [found])
        context = {"row": rows[0], "sent_near": near_of(request.viewer, rows)}
        return render(request, "network/_sent_invitation.html", context)
    messages.success(request, _("Withdrawn."))
    return redirect("sent_invitations")


@login_required
@require_POST
def say_to_invitation(request: Request, public_id: str) -> HttpResponse:
    """Ask more before deciding, or answer that."""
    found = _mine(request, public_id)
    try:
        acts.say(found, request.user, text := request.POST.get("text", ""))
    except Refused as problem:
        return _page(request, found, problem, text)
    return redirect("invitation", found.public_id)


def near_of(viewer: Viewer, rows: Sequence[Sent]) -> dict[int, Beside]:
    """How near those are whom the viewer asked, as far as they are named."""
    people = [row.recipient.pk for row in rows if row.recipient]
    return degrees_beside(viewer, people) if people else {}


def received_by(viewer: Viewer, *, closed: bool = False) -> InvitationQuerySet:
    """Those the viewer may answer, or could have, from people they may see."""
    assert viewer.member
    seen = Invitation.objects.visible_to(viewer).received_by(viewer.member)
    seen = seen.filter(sender__in=Member.objects.visible_to(viewer)).select_related("sender", "recipient")
    return seen if closed else seen.open()


def sent_by(viewer: Viewer) -> InvitationQuerySet:
    assert viewer.member
    mine = Invitation.objects.visible_to(viewer).sent_by(viewer.member)
    return mine.select_related("sender", "recipient").prefetch_related("words")


def received(viewer: Viewer, rows: Iterable[Invitation]) -> list[Received]:
    """Rows with what stands beside each sender."""
    rows, now = list(rows), timezone.now()
    people = [row.sender for row in rows]
    if not people:
        return []
    near = beside(viewer, [person.pk for person in people])
    tied = ties_of(viewer, people, near)
    wonder = wonders(viewer, rows, {key for key, ties in tied.items() if not ties.is_blind})
    return [
        Received(row, near[key], tied[key], (now - row.sent_at).days, wonder.get(key))
        for row in rows
        for key in (row.sender_id,)
    ]


_ASIDE = Invitation.State.SET_ASIDE


def _counts(viewer: Viewer) -> dict[str, int]:
    open_ones = received_by(viewer)
    return {"waiting": open_ones.waiting().count(), "aside": open_ones.filter(state=_ASIDE).count()}


def _mine(request: Request, public_id: str) -> Invitation:
    """One the viewer sent, or got from somebody they may see."""
    found = sent_by(request.viewer).filter(public_id=public_id).first()
    return found or get_object_or_404(received_by(request.viewer, closed=True), public_id=public_id)


def _page(
    request: Request, found: Invitation, refusal: Refused | None = None, typed: str = ""
) -> HttpResponse:
    is_sender = found.sender_id == request.user.pk
    words = list(found.words.select_related("author"))
    asked = bool(words) and words[-1].author_id != request.user.pk
    context: dict[str, Any] = {
        "invitation": found,
        "words": words,
        "may_say": (found.asks_still and asked) if is_sender else found.is_open,
        "refusal": refusal,
        "typed": typed,
    }
    if is_sender:
        row: Sent = sent(request.user, [found])[0]
        context |= {"row": row, "usual": usual_days(request.user), "is_sender": True}
    else:
        context |= {"row": received(request.viewer, [found])[0]}
    return render(request, "network/invitation.html", context, status=422 if refusal else 200)


def _refused(request: Request, found: Invitation, problem: Refused) -> HttpResponse:
    """In the list: the row says why; else its own page does."""
    if is_partial(request):
        context = {"invitation": found, "said": str(problem), "wrong": True}
        return render(request, "network/_answered.html", context, status=422)
    return _page(request, found, problem)
