"""Connect: a note beside what ties the two; nothing goes out before it is sent (S-27)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.core.refusal import Refused
from kith.desk.beside import Beside, Step, beside
from kith.desk.ties import ties
from kith.members import restrictions
from kith.members.models import Member, Restriction
from kith.network import limits
from kith.network.actions.invitations import invite
from kith.network.asking import check_allowance, check_pair, needs_address
from kith.network.models import Invitation, NetworkChoices
from kith.network.reach import Reach
from kith.web.partial import is_partial
from kith.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: Request, handle: str) -> HttpResponse:
    """The form as a page or a sheet; where the two have gone further already, what comes next."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    member = get_object_or_404(others, handle=handle)
    if request.method == "POST":
        return _send(request, member)
    here = beside(request.viewer, [member.pk])[member.pk]
    if here.step is not Step.CONNECT:
        return _on(request, member, here)
    return _form(request, member, here)


def openness_of(member: Member) -> str:
    """How open somebody is to people they never met, in their words; empty stands for “say why” (K-16)."""
    chosen = NetworkChoices.objects.filter(member=member).values_list("openness", flat=True)
    return chosen.first() or ""


def _send(request: Request, member: Member) -> HttpResponse:
    note, address = request.POST.get("note", ""), request.POST.get("address", "")
    blind = ties(request.viewer, member).is_blind
    try:
        invitation = invite(request.user, member, note, blind=blind, address=address)
    except Refused as problem:
        here = beside(request.viewer, [member.pk])[member.pk]
        return _form(request, member, here, {"note": note, "address": address}, problem)
    if is_partial(request):
        return _on(request, member, beside(request.viewer, [member.pk])[member.pk])
    accepted = invitation.state == Invitation.State.ACCEPTED
    said = (
        _("You and %(name)s are connected.") if accepted else _("Your invitation to %(name)s is on its way.")
    )
    messages.success(request, said % {"name": member.name})
    return redirect("member", member.handle)


def _on(request: Request, member: Member, here: Beside) -> HttpResponse:
    """Where the two stand now, in place of the button; a plain visit goes to the page about it."""
    if is_partial(request):
        response = render(request, "network/_step.html", {"member": member, "here": here, "done": True})
        response["HX-Retarget"], response["HX-Reswap"] = f"#connect-{member.public_id}", "outerHTML"
        return response
    if here.invitation:
        return redirect("invitation", here.invitation.public_id)
    return redirect("member", member.handle)


def _form(
    request: Request,
    member: Member,
    here: Beside,
    typed: dict[str, str] | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    tied = ties(request.viewer, member)
    context = {
        "member": member,
        "nearness": here,  # the page around it has a “here” of its own
        "tied": tied,
        "openness": openness_of(member),
        "through": _through(request, member) if tied.is_blind else None,
        # Whoever was found by an address in the sender's contacts need not be asked for it.
        "typed": typed or {"address": here.contact.email if here.contact else ""},
        "refusal": refusal,
        "left": max(
            0, limits.week_limit(request.user) - limits.used(request.user, timezone.now() - limits.WEEK)
        ),
        "is_page": not is_partial(request),
        **_allowed(request.user, member),
    }
    template = "network/_connect.html" if is_partial(request) else "network/connect.html"
    response = render(request, template, context, status=422 if refusal else 200)
    response["Vary"] = "HX-Request"
    return response


def _allowed(sender: Member, recipient: Member) -> dict[str, Any]:
    """Why nothing can be sent now, if so; and why it needs their address, if it does."""
    restricted = restrictions.standing(sender, Restriction.Kind.INVITATIONS) is not None
    now = timezone.now()
    try:
        check_pair(sender, recipient, now)
        check_allowance(sender, now)
        why = needs_address(sender, recipient, restricted)
        return {"closed": "", "address_why": why, "restricted": restricted}
    except Refused as refusal:
        return {"closed": str(refusal), "address_why": ""}


def _through(request: Request, member: Member) -> Member | None:
    """Somebody of mine on the way to them, where there is one of three steps."""
    path = Reach(request.user.pk, request.viewer.out_of_sight_ids).path(member.pk)
    return Member.objects.visible_to(request.viewer).filter(pk=path[1]).first() if path else None
