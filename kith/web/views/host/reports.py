"""Reports as hosts read them: the longest wait first, each with what was seen."""

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.core.refusal import Refused
from kith.members.audit import record
from kith.trust import actions
from kith.trust.models import Report
from kith.web.requests import Request
from kith.web.views.host.gate import host_only

MOST = 100


@host_only
@require_safe
def host_reports(request: Request) -> HttpResponse:
    """Those about the host themselves are for other hosts."""
    rows = _for_host(request)
    several = Count("about__reports_met", filter=Q(about__reports_met__decided_at__isnull=True))
    waiting = rows.filter(decided_at__isnull=True).annotate(about_them=several).order_by("made_at", "pk")
    decided = rows.filter(decided_at__isnull=False).order_by(F("decided_at").desc(), "-pk")
    queue, past = list(waiting[:MOST]), list(decided[:50])
    record("reports_listed", actor=request.user, shown=len(queue) + len(past))
    in_all = rows.filter(decided_at__isnull=True).count()
    context = {"waiting": queue, "in_all": in_all, "decided": past}
    return render(request, "host/reports.html", context)


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_report(request: Request, public_id: str) -> HttpResponse:
    """One case, and the decision."""
    report, refusal = get_object_or_404(_for_host(request), public_id=public_id), None
    if request.method == "POST":
        uphold = request.POST.get("decision") == "uphold"
        try:
            actions.decide(report, request.user, request.POST.get("words", ""), uphold=uphold)
        except Refused as problem:
            refusal = problem
        else:
            messages.success(
                request, _("Decided. %(name)s reads your words.") % {"name": report.reporter.name}
            )
            return redirect("host_reports")
    else:
        record("report_looked_at", actor=request.user, subject=report.about, report=report.public_id)
    context = {
        "report": report,
        "others": Report.objects.filter(about=report.about).exclude(pk=report.pk)[:20],
        "costs": report.reason in Report.COSTS_STANDING,
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "host/report.html", context, status=422 if refusal else 200)


def _for_host(request: Request) -> QuerySet[Report]:
    rows = Report.objects.exclude(about=request.user)
    return rows.select_related("about", "reporter", "decided_by")
