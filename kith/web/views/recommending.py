"""Recommendations: ask, write, send, approve, hide, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core.refusal import Refused
from kith.desk.beside import degrees_beside
from kith.members.models import Member
from kith.profiles.actions import recommendations as acts
from kith.profiles.models import Recommendation
from kith.profiles.overlap import worked_together
from kith.web.requests import Request
from kith.web.views.vouching import connection_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: Request, handle: str) -> HttpResponse:
    """Write about a connection one worked with: a draft, or sent."""
    member, refusal = connection_or_404(request, handle), None
    if request.method == "POST":
        send = request.POST.get("act") == "send"
        text, relation = request.POST.get("text", ""), request.POST.get("relation", "")
        try:
            acts.write_recommendation(request.user, member, text, relation, send=send)
        except Refused as problem:
            refusal = problem
        else:
            said = _("Sent: %(name)s decides whether it shows.") if send else _("Kept as a draft.")
            messages.success(request, said % {"name": member.name} if send else said)
            return redirect("recommendations")
    return _page(request, member, refusal, "write")


@login_required
@require_POST
def ask_recommendation(request: Request, handle: str) -> HttpResponse:
    member = connection_or_404(request, handle)
    try:
        acts.ask_for_recommendation(request.user, member, request.POST.get("relation", ""))
    except Refused as problem:
        return _page(request, member, problem, "ask")
    messages.success(request, _("%(name)s is asked.") % {"name": member.name})
    return redirect("recommendations")


@login_required
@require_safe
def recommendations(request: Request) -> HttpResponse:
    """What waits for the viewer, what stands on their profile, and what they wrote."""
    return _mine(request)


@login_required
@require_POST
def recommendation(request: Request, public_id: str) -> HttpResponse:
    """The subject approves, hides or shows; the author withdraws."""
    row = get_object_or_404(Recommendation.objects.visible_to(request.viewer), public_id=public_id)
    act = request.POST.get("act")
    if request.user.pk not in (row.author_id, row.subject_id):
        raise Http404
    try:
        if act == "approve":
            acts.approve(row, request.user, request.POST.get("text", ""))
        elif act in ("hide", "show"):
            acts.hide_recommendation(row, request.user, hidden=act == "hide")
        elif act == "withdraw":
            acts.withdraw_recommendation(row, request.user)
    except Refused as problem:
        return _mine(request, problem)
    return redirect("recommendations")


def _page(request: Request, member: Member, refusal: Refused | None, form: str) -> HttpResponse:
    row = acts.standing(request.user, member)
    context = {
        "member": member,
        "row": row,
        "asked": acts.asked_or_sent(member, request.user),
        "together": worked_together(request.viewer, member),
        "refusal": refusal,
        "refused_form": form if refusal else "",
        "text": request.POST.get("text", "") if refusal else row.text if row else "",
        "relation": request.POST.get("relation", "") if refusal else row.relation if row else "",
    }
    return render(request, "vouching/recommend.html", context, status=422 if refusal else 200)


def _mine(request: Request, refusal: Refused | None = None) -> HttpResponse:
    mine = Q(author=request.user) | Q(subject=request.user)
    seen = Recommendation.objects.visible_to(request.viewer).filter(mine)
    rows = seen.filter(withdrawn_at__isnull=True)
    about = rows.filter(subject=request.user).select_related("author__profile")
    written = rows.filter(author=request.user).select_related("subject__profile")
    asked = seen.filter(subject=request.user, sent_at__isnull=True).select_related("author__profile")
    people = {key for pair in seen.values_list("author_id", "subject_id") for key in pair} - {request.user.pk}
    context = {
        "near": degrees_beside(request.viewer, people) if people else {},
        "to_approve": about.filter(sent_at__isnull=False, approved_at__isnull=True, hidden_at__isnull=True),
        "to_write": written.filter(drafted_at__isnull=True),
        "approved": about.filter(approved_at__isnull=False),
        "put_away": about.filter(sent_at__isnull=False, approved_at__isnull=True, hidden_at__isnull=False),
        "written": written.filter(drafted_at__isnull=False),
        "asked": asked,
        "refusal": refusal,
    }
    return render(request, "vouching/recommendations.html", context, status=422 if refusal else 200)
