"""Blocks: whom one does not want to meet here, told to nobody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core.refusal import Refused
from kith.members import blocks
from kith.members.models import Block, Member
from kith.network.actions.blocks import block as block_wholly
from kith.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: Request, handle: str) -> HttpResponse:
    """What a block does, in plain words, then the act."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    member, refusal = get_object_or_404(others, handle=handle), None
    if request.method == "POST":
        try:
            block_wholly(request.user, member)
        except Refused as problem:
            refusal = problem
        else:
            messages.success(request, _("You and %(name)s no longer meet here.") % {"name": member.name})
            return redirect("blocked_people")
    context = {"member": member, "refusal": refusal}
    return render(request, "blocks/block.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def unblock(request: Request, handle: str) -> HttpResponse:
    """End a block of one's own; pressing twice changes nothing."""
    mine = Block.objects.made_by(request.viewer).filter(blocked__handle=handle).select_related("blocked")
    met = get_object_or_404(mine.order_by("-made_at")[:1])
    if blocks.unblock(request.user, met.blocked):
        messages.success(
            request, _("%(name)s and you can see each other again.") % {"name": met.blocked.name}
        )
    return redirect("blocked_people")


@login_required
@require_safe
def blocked_people(request: Request) -> HttpResponse:
    """Whom I blocked, newest first; nobody else ever sees this list."""
    standing = Block.objects.made_by(request.viewer).standing().select_related("blocked")
    return render(request, "blocks/blocked_people.html", {"blocks": standing.order_by("-made_at", "-pk")})
