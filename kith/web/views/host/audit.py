"""The audit log as a page: who did what, to whom, when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.members.audit import VERBS
from kith.members.models import AuditEntry
from kith.web.requests import Request
from kith.web.views.host.gate import host_only, page_of


@host_only
@require_safe
def host_audit(request: Request) -> HttpResponse:
    """Newest first; found by verb, actor and subject (their public ids)."""
    rows = AuditEntry.objects.select_related("actor", "subject")
    verb, about = request.GET.get("verb", ""), request.GET.get("about", "")[:16].replace("\x00", "")
    if verb in VERBS:
        rows = rows.filter(verb=verb)
    if about:
        rows = rows.filter(subject__public_id=about)
    page, more = page_of(rows, ("-at", "-id"), request.GET.get("after", ""), "pk")
    used = set(AuditEntry.objects.order_by().values_list("verb", flat=True).distinct())
    context = {
        "page": [
            (
                row,
                VERBS.get(row.verb, row.verb),
                {key: value for key, value in row.detail.items() if value not in ("", [], None)}.items(),
            )
            for row in page
        ],
        "more": more,
        "after": request.GET.get("after", ""),
        "verb": verb,
        "about": about,
        "verbs": [(key, words) for key, words in VERBS.items() if key in used],
    }
    return render(request, "host/audit.html", context)
