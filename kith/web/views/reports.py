"""Report somebody, and see what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.network.models import Invitation
from kith.trust import actions
from kith.trust.models import Report
from kith.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, handle: str) -> HttpResponse:
    """What a report does, then the act; `invitation` names one of theirs to the viewer, to be declined with it."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    member, refusal = get_object_or_404(others, handle=handle), None
    asked = request.GET.get("invitation", "")[:16].replace("\x00", "")
    received = Invitation.objects.visible_to(request.viewer).filter(sender=member, recipient=request.user)
    invitation = get_object_or_404(received, public_id=asked) if asked else None
    if request.method == "POST":
        try:
            messages.success(request, _report(request, member, invitation))
            return redirect("reports")
        except Refused as problem:
            refusal = problem
    context = {
        "member": member,
        "invitation": invitation,
        "reasons": Report.Reason.choices,
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "trust/report.html", context, status=422 if refusal else 200)


@login_required
@require_safe
def reports(request: Request) -> HttpResponse:
    """One's own, with state, and how long the decision took (S-38); nobody is named here whom they do not see."""
    rows = Report.objects.visible_to(request.viewer).select_related("about")
    context = {"rows": rows[:200], "hidden": request.viewer.out_of_sight_ids}
    return render(request, "trust/reports.html", context)


def _report(request: Request, member: Member, invitation: Invitation | None) -> str:
    """Report, and decline with it where that button was pressed; what to say about it."""
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "")
    answer = request.POST.get("answer", "")
    if invitation is None or not invitation.is_open or answer not in ("decline", "unknown"):
        actions.report(request.viewer, member, reason, text, invitation)
        return _("The hosts will read it. You see here what becomes of it.")
    actions.report_and_decline(request.viewer, invitation, reason, text, as_unknown=answer == "unknown")
    said = _("Declined and reported. %(name)s is told of neither; you see here what becomes of it.")
    return said % {"name": member.name}
