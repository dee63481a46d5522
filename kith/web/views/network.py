"""The network: who waits for me, whom I wait for, how it grew, and how my invitations are received."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.core.refusal import Refused
from kith.desk.from_archive import offers
from kith.desk.growth import growth
from kith.members import restrictions
from kith.members.models import Restriction
from kith.members.policy import Viewer
from kith.network import limits
from kith.network.actions.outside import invite_address
from kith.network.models import Invitation, Side
from kith.network.sent import sent, usual_days
from kith.network.standing import standing
from kith.notifications.hosting import tell_hosts_of_appeal
from kith.web.charts import LineChart
from kith.web.requests import Request
from kith.web.views.invitations import near_of, received, received_by, sent_by

SHOWN = 5


@login_required
@require_safe
def network(request: Request) -> HttpResponse:
    """Everything about connecting on one page."""
    return _network(request)


@login_required
@require_POST
def invite_by_email(request: Request) -> HttpResponse:
    """One letter to somebody outside; the answer is the same whoever the address belongs to."""
    said = request.POST
    try:
        email, note = said.get("email", ""), said.get("note", "")
        asked = invite_address(request.user, email, note, reminders="reminders" in said)
    except Refused as problem:
        return _network(request, problem, "email", said.dict())
    messages.success(request, _("Your invitation to %(email)s is on its way.") % {"email": asked.email})
    return redirect("network")


@login_required
@require_POST
def appeal_invitations(request: Request) -> HttpResponse:
    """My answer to a restriction of my invitations, once; a host decides."""
    restriction = restrictions.standing(request.user, Restriction.Kind.INVITATIONS)
    if restriction is None:
        return redirect("network")
    try:
        with transaction.atomic():
            restrictions.appeal(restriction, request.POST.get("appeal", ""))
            tell_hosts_of_appeal(restriction)
    except Refused as problem:
        return _network(request, problem, "appeal", request.POST.dict())
    messages.success(request, _("The hosts read your appeal and answer here."))
    return redirect("network")


def _network(
    request: Request, refusal: Refused | None = None, form: str = "", typed: dict[str, str] | None = None
) -> HttpResponse:
    open_ones, mine = received_by(request.viewer), sent_by(request.viewer)
    waiting, sent_waiting = open_ones.waiting(), mine.asks_still()
    counts = open_ones.aggregate(
        all=Count("pk"), waiting=Count("pk", filter=Q(state=Invitation.State.WAITING))
    )
    sent_count = sent_waiting.count()
    context = {
        "received": received(request.viewer, waiting.order_by("-sent_at", "-pk")[:SHOWN]),
        "received_count": counts["waiting"],
        "aside_count": counts["all"] - counts["waiting"],
        "sent": (shown := sent(request.user, sent_waiting.order_by("-sent_at", "-pk")[:SHOWN])),
        "sent_near": near_of(request.viewer, shown),
        "sent_count": sent_count,
        "ever_sent": bool(sent_count) or mine.exists(),
        "usual": usual_days(request.user),
        "connections": Side.objects.visible_to(request.viewer).count(),
        "here_count": len(offers(request.viewer)),
        "chart": _growth(request.viewer),
        "standing": standing(request.user),
        "answered": restrictions.answered_lately(request.user, Restriction.Kind.INVITATIONS),
        "brings_in": limits.BRING_IN.value,
        "refusal": refusal,
        "form": form,
        "typed": typed or {},
    }
    return render(request, "network/network.html", context, status=422 if refusal else 200)


def _growth(viewer: Viewer) -> Any:
    points = [(date_format(month, "M Y"), float(total)) for month, total in growth(viewer)]
    return LineChart(points, _("Your connections, month by month")) if len(points) > 1 else None
