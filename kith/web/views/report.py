"""Your network, honestly: the report, its tables, the people behind each figure, one version's page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kith.contacts.models import MessageVersion
from kith.insights.calendar import parse_month
from kith.insights.exchange import waiting
from kith.insights.first_messages import did_well_in, one_version, recipients
from kith.insights.people import people_behind
from kith.insights.report import report as whole_report
from kith.insights.sources import sources
from kith.web.report_charts import charts, version_chart
from kith.web.report_tables import table as one_table
from kith.web.report_tables import tables, to_csv
from kith.web.requests import Request

SHOWN = 5  # people waiting, named on the report itself
PAGE = 50


@login_required
@require_safe
def report(request: Request) -> HttpResponse:
    """The whole report, computed as it stands now; without an import, what to do first."""
    found = whole_report(request.viewer)
    if found.known.is_empty:
        return render(request, "report_empty.html")
    months = [on for on, rate in found.first_messages.by_month if rate.of]
    asked = parse_month(request.GET.get("month", ""))
    month = asked if asked in months else (months[-1] if months else None)
    return render(
        request,
        "report.html",
        {
            "report": found,
            "tables": tables(found),
            "charts": charts(found),
            "waiting": waiting(request.viewer)[:SHOWN],
            "months": reversed(months),
            "month": month,
            "did_well": did_well_in(request.viewer, month) if month else (),
        },
    )


@login_required
@require_safe
def report_table(request: Request, table: str) -> HttpResponse:
    """The table behind a chart, for a spreadsheet."""
    found = one_table(whole_report(request.viewer), table)
    if found is None:
        raise Http404
    # A mark at the start, or spreadsheets take the names for another alphabet.
    return HttpResponse(
        "\ufeff" + to_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="kith-{found.slug}.csv"'},
    )


@login_required
@require_safe
def report_people(request: Request, figure: str) -> HttpResponse:
    """Who stands behind a figure, some at a time; the page's number keeps the place."""
    key = request.GET.get("of", "")
    behind = people_behind(request.viewer, sources(request.viewer), figure, key)
    if behind is None:
        raise Http404
    page = Paginator(behind.contacts, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "report_people.html", {"behind": behind, "page": page, "figure": figure, "key": key}
    )


@login_required
@require_safe
def report_version(request: Request, public_id: str) -> HttpResponse:
    """One first message: its text, its months, whom it reached."""
    kept = get_object_or_404(MessageVersion.objects.visible_to(request.viewer), public_id=public_id)
    page = Paginator(recipients(request.viewer, kept), PAGE).get_page(request.GET.get("page"))
    version = one_version(request.viewer, kept)
    return render(
        request,
        "report_version.html",
        {
            "version": version,
            "chart": version_chart(version),
            "page": page,
            "known": sources(request.viewer),
        },
    )
