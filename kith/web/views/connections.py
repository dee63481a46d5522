"""Connections: one's own list, and somebody else's as far as they let one read it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.core.text import clean_line
from kith.desk import connections as lists
from kith.desk.beside import beside
from kith.desk.connections import MOST, PAGE, Wanted
from kith.members.models import Member, MemberQuerySet
from kith.network.actions.connections import disconnect as end_connection
from kith.network.models import Side
from kith.profiles.finding import page_of as people_page
from kith.web.asked import only
from kith.web.partial import is_partial
from kith.web.requests import Request


@login_required
@require_safe
@only({*Wanted.__slots__, "after", "show"})
def connections(request: Request) -> HttpResponse:
    """My connections; the address holds the wishes and how much was drawn, so that coming back finds the row."""
    wanted = Wanted.from_query(request.GET.dict())
    after, already = request.GET.get("after", ""), _number(request.GET.get("show", ""))
    is_more = bool(after) and is_partial(request)
    is_known = wanted.network or wanted.sort == "touch"
    known = lists.known_connections(request.viewer) if is_known else {}
    found = lists.wanted_connections(request.viewer, wanted, known)
    size = PAGE if after else max(PAGE, min(already, MOST))
    page = lists.page_of(found, wanted.sort, known, after, size)
    drawn = already + len(page.rows) if is_more else len(page.rows)
    kept = wanted.query(show=str(drawn)) if PAGE < drawn <= MOST else wanted.query()
    context = {
        "wanted": wanted,
        "query": wanted.query(),
        "page": page,
        "after": after,
        "drawn": drawn,
        "near": beside(request.viewer, [side.other_id for side in page.rows]),
    }
    if not is_more:
        context["all"] = Side.objects.visible_to(request.viewer).count()
        context["fits"] = found.count() if wanted.is_narrow else None
    partial = "network/_connections_rows.html" if is_more else "network/_connections.html"
    response = render(request, partial if is_partial(request) else "network/connections.html", context)
    response["Vary"] = "HX-Request"
    if is_partial(request):
        response["HX-Replace-Url"] = reverse("connections") + (f"?{kept}" if kept else "")
    return response


@login_required
@require_safe
@only({"q", "after"})
def connections_of(request: Request, handle: str) -> HttpResponse:
    """Somebody's connections, by name; where they keep them to themselves there is no such page."""
    person = get_object_or_404(Member.objects.visible_to(request.viewer), handle=handle)
    if person == request.user:
        return redirect("connections")
    if not lists.may_browse(request.viewer, person):
        raise Http404
    words = clean_line(request.GET.get("q", ""), 200)
    found = lists.connections_of(request.viewer, person, words)
    title = _("Connections of %(name)s") % {"name": person.name}
    return _people(request, person, found, words, {"title": title, "route": "connections_of"})


@login_required
@require_safe
@only({"q", "after"})
def in_common(request: Request, handle: str) -> HttpResponse:
    """Whom the two of us know, by name."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    person = get_object_or_404(others, handle=handle)
    words = clean_line(request.GET.get("q", ""), 200)
    found = lists.in_common(request.viewer, person, words)
    title = _("Whom you and %(name)s both know") % {"name": person.name}
    return _people(request, person, found, words, {"title": title, "route": "in_common"})


def _people(
    request: Request, person: Member, found: MemberQuerySet, words: str, list_of: dict[str, str]
) -> HttpResponse:
    """A list of people around somebody, page by page."""
    here = Member.objects.visible_to(request.viewer)
    last = request.GET.get("after", "")
    after = here.filter(public_id=last).first() if last else None
    page = people_page(found, after)
    context = {
        "person": person,
        "title": list_of["title"],
        "words": words,
        "query": urlencode({"q": words}) if words else "",
        "list_url": reverse(list_of["route"], args=[person.handle]),
        "page": page,
        "after": after,
        "near": beside(request.viewer, [member.pk for member in page.rows]),
        "count": found.count(),
    }
    is_more = after is not None and is_partial(request)
    return render(request, "network/_of_rows.html" if is_more else "network/connections_of.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disconnect(request: Request, handle: str) -> HttpResponse:
    """What ending a connection means, then the act; nobody is told."""
    mine = Side.objects.visible_to(request.viewer).select_related("other")
    person = get_object_or_404(mine, other__handle=handle).other
    if request.method == "POST":
        end_connection(request.user, person)
        said = _("You and %(name)s are no longer connected. They are not told.") % {"name": person.name}
        messages.success(request, said)
        return redirect("member", person.handle)
    return render(request, "network/disconnect.html", {"person": person})


def _number(text: str) -> int:
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() else 0
