"""People: everybody here whom the viewer may see, by name."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kith.core.text import clean_line
from kith.members.models import Member
from kith.profiles.finding import PAGE, page_of, people_found, work_found
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.errors import bad_request

MOST = 1_000  # rows drawn at once; further ones start a page of their own
KEYS = {"q", "after", "show"}


@login_required
@require_safe
def people(request: Request) -> HttpResponse:
    """The list; the address holds the words and how much was drawn, so that coming back finds the same row."""
    if set(request.GET) - KEYS:
        return bad_request(request)  # only what is listed reaches the database (b17)
    words = clean_line(request.GET.get("q", ""), 200)
    found = people_found(request.viewer, words)
    here = Member.objects.visible_to(request.viewer)
    after = here.filter(public_id=request.GET.get("after", "")).first()
    is_more = after is not None and is_partial(request)
    already = _number(request.GET.get("show", ""))
    page = page_of(found, after, PAGE if after else max(PAGE, min(already, MOST)))
    drawn = already + len(page.rows) if is_more else len(page.rows)
    query = urlencode({"q": words}) if words else ""
    work = work_found(request.viewer, words, page.rows) if words else {}
    context = {"words": words, "query": query, "page": page, "after": after, "drawn": drawn, "work": work}
    if is_more:
        response = render(request, "people/_rows.html", context)
    else:
        context["everybody"] = here.count()
        context["matches"] = found.count() if words else context["everybody"]
        template = "people/_people.html" if is_partial(request) else "people/people.html"
        response = render(request, template, context)
    if is_partial(request):
        shown = {"show": str(drawn)} if is_more and drawn <= MOST else {}
        stay = urlencode(({"q": words} if words else {}) | shown)
        response["HX-Replace-Url"] = reverse("people") + (f"?{stay}" if stay else "")
    response["Vary"] = "HX-Request"
    return response


def _number(text: str) -> int:
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() else 0
