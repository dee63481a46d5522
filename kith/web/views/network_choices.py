"""What a member lets others do in the network."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.core.refusal import Refused
from kith.members.addresses import is_verified
from kith.network.actions.choices import OPENNESS_LIMIT, choose
from kith.network.models import NetworkChoices
from kith.web.requests import Request

ANSWERS = ("may_browse", "may_invite", "openness")
SWITCHES = ("may_be_suggested", "in_paths", "found_by_email")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def network_choices(request: Request) -> HttpResponse:
    """All choices in one form; a refusal keeps what was typed."""
    own = NetworkChoices.objects.filter(member=request.user).first() or NetworkChoices(member=request.user)
    chosen = {name: getattr(own, name) for name in (*ANSWERS, *SWITCHES)}
    refusal = None
    if request.method == "POST":
        chosen = {name: request.POST.get(name, "") for name in ANSWERS}
        chosen |= {name: name in request.POST for name in SWITCHES}
        try:
            choose(request.user, **chosen)
            messages.success(request, _("Kept. It holds from now on, everywhere."))
            return redirect("network_choices")
        except Refused as problem:
            refusal = problem
    context = {
        "chosen": chosen,
        "refusal": refusal,
        "browse": NetworkChoices.Browse.choices,
        "invite": NetworkChoices.Invite.choices,
        "is_verified": is_verified(request.user),
        "limit": OPENNESS_LIMIT,
    }
    return render(request, "network/choices.html", context, status=422 if refusal else 200)
