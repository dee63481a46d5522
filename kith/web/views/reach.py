"""My reach: how far connections carry, where these people are, and who opens the door to a company."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kith.core.text import clean_line
from kith.desk.beside import beside
from kith.desk.company import company_reach
from kith.members.models import Member, Organisation
from kith.network.adjacency import as_rows
from kith.network.models import Neighbours
from kith.network.reach import Reach
from kith.profiles.finding import page_of
from kith.profiles.within_reach import companies_named, groups, is_known, people_at, seen_among
from kith.web.asked import only
from kith.web.partial import is_partial
from kith.web.requests import Request

AT_ONCE = 60_000  # second-degree people, counted twice and more: what is counted before the page is drawn
FOUND = 20


@login_required
@require_safe
@only({"company", "count"})
def reach(request: Request) -> HttpResponse:
    """First degree and the arithmetic at once; a wide second degree is counted after the page stands."""
    mine = Reach(request.user.pk, request.viewer.out_of_sight_ids)
    up_to = _up_to(mine)
    if is_counted := up_to <= AT_ONCE or "count" in request.GET:
        up_to = mine.up_to()
    words = clean_line(request.GET.get("company", ""), 200)
    context: dict[str, Any] = {
        "first": seen_among(request.viewer, mine.mine),
        "up_to": up_to,
        "stones": len(mine.stones),
        "each": up_to / len(mine.stones) if mine.stones else 0,
        "is_counted": is_counted,
        "words": words,
        "companies": companies_named(request.viewer, words)[:FOUND] if words else (),
    }
    if is_counted:
        second = mine.second_degree()
        context |= {
            "second": seen_among(request.viewer, second),
            "groups": groups(request.viewer, mine.mine, second),
        }
    template = "network/_reach.html" if is_partial(request) and is_counted else "network/reach.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@login_required
@require_safe
@only({"after"})
def company(request: Request, public_id: str) -> HttpResponse:
    """One company: my people there, who connects me to others there, and everybody I see there by name."""
    found = get_object_or_404(Organisation.objects.select_related("merged_into"), public_id=public_id)
    if found.merged_into:
        return redirect("company", found.merged_into.public_id)
    if not is_known(request.viewer, found):
        raise Http404
    here = Member.objects.visible_to(request.viewer)
    last = request.GET.get("after", "")
    after = here.filter(public_id=last).first() if last else None
    page = page_of(people_at(request.viewer, found), after)
    context: dict[str, Any] = {"company": found, "page": page, "after": after}
    if after is not None and is_partial(request):
        context["near"] = beside(request.viewer, [member.pk for member in page.rows])
        return render(request, "network/_company_rows.html", context)
    reached = company_reach(request.viewer, found)
    ways, connectors = (one.member for one in reached.ways), (one.member for one in reached.connectors)
    rows = (*page.rows, *reached.others, *ways, *connectors)
    context |= {"reached": reached, "near": beside(request.viewer, {member.pk for member in rows})}
    return render(request, "network/company.html", context)


def _up_to(mine: Reach) -> int:
    """What the arithmetic promises: everybody's connections added up, whoever they share counted again (CON-02).

    Asked of the database at once it counts those too who may not be told, so a wide one is rounded, which hides them.
    """
    known = Neighbours.objects.filter(member__in=as_rows(mine.stones))
    promised = int(known.aggregate(all=Sum("degree"))["all"] or 0)
    return promised if promised <= AT_ONCE else round(promised, 2 - len(str(promised)))
