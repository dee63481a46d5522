"""The console's first page: who waits for the host, how many are here, whether all is well."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.core.branding import brand
from kith.core.models import Letter
from kith.members import overview
from kith.members.audit import record
from kith.members.models import JoinLink, RosterEntry
from kith.trust.models import Report
from kith.web.requests import Request
from kith.web.views.host import health
from kith.web.views.host.gate import host_only


@host_only
@require_safe
def host(request: Request) -> HttpResponse:
    counts = overview.counts()
    requests, appeals = overview.waiting_requests(), overview.waiting_appeals()
    if shown := requests.count() + appeals.count():
        record("waiting_listed", actor=request.user, shown=shown)
    return render(
        request,
        "host/front.html",
        {
            "requests": requests[:20],
            "requests_in_all": requests.count(),
            "appeals": appeals,
            "failed": Letter.objects.filter(state=Letter.State.FAILED).count(),
            "reports": Report.objects.waiting().exclude(about=request.user).count(),
            "counts": counts,
            "states": [(state, words, counts[state]) for state, words in overview.STATES.items()],
            "parts": health.parts(),
            "mail_server": bool(settings.MAIL_SERVER),
            "unnamed": brand().name == "Kith",
            "alone": not JoinLink.objects.exists() and not RosterEntry.objects.exists(),
        },
    )
