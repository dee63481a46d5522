"""What a member lets others do in the network."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kith.core.refusal import Refused
from kith.members.addresses import is_verified
from kith.network.actions.choices import OPENNESS_LIMIT, choose
from kith.network.models import NetworkChoices
from kith.trust.clues import TOGETHER, is_rostered
from kith.trust.mending import own_clues
from kith.web.requests import Request

Browse, Invite = NetworkChoices.Browse, NetworkChoices.Invite
ANSWERS = ("may_browse", "may_invite", "openness")
BROWSE = {
    Browse.NOBODY: _("Nobody reads your list. You alone do."),
    Browse.CONNECTIONS: _("Whoever you are connected with reads your list, by name."),
    Browse.MEMBERS: _("Every member reads your list, but nobody you blocked or who blocked you."),
}
INVITE = {
    Invite.EVERYONE: _("Every member can ask you. They see what ties you, and can add a note."),
    Invite.MUTUAL: _(
        "Others read that you wish to be asked by people who know somebody you know, and cannot send."
    ),
    Invite.EMAIL: _("Others must type your address first; they have three tries a day."),
}
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
            messages.success(request, gettext("Kept. It holds from now on, everywhere."))
            return redirect("network_choices")
        except Refused as problem:
            refusal = problem
    context = {
        "chosen": chosen,
        "refusal": refusal,
        "browse": [(value, value.label, means) for value, means in BROWSE.items()],
        "invite": [(value, value.label, means) for value, means in INVITE.items()],
        "is_verified": is_verified(request.user),
        "limit": OPENNESS_LIMIT,
        "clues": own_clues(request.user),
        "together": TOGETHER,
        "is_rostered": is_rostered(request.user),
    }
    return render(request, "network/choices.html", context, status=422 if refusal else 200)
