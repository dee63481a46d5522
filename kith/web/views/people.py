"""People: everybody here whom the viewer may see, by name."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kith.core.text import clean_line
from kith.desk.beside import beside
from kith.members.models import Member
from kith.profiles.finding import PAGE, page_of, people_found, work_found
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.errors import bad_request
from kith.web.views.suggested import suggested

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
    last = request.GET.get("after", "")
    after = here.filter(public_id=last).first() if last else None
    already = _number(request.GET.get("show", ""))
    page = page_of(found, after, PAGE if after else max(PAGE, min(already, MOST)))
    work = work_found(request.viewer, words, page.rows) if words else {}
    query = urlencode({"q": words}) if words else ""
    near = beside(request.viewer, [row.pk for row in page.rows])
    context = {"words": words, "query": query, "page": page, "after": after, "work": work, "near": near}
    if after is not None and is_partial(request):
        drawn = already + len(page.rows)
        response = render(request, "people/_rows.html", context | {"drawn": drawn})
        return _stay(response, words, drawn if drawn <= MOST else 0)
    everybody = here.count()
    context |= {"drawn": len(page.rows), "everybody": everybody}
    context["matches"] = found.count() if words else everybody
    if not (words or last or already or is_partial(request)):
        context["suggested"] = known = suggested(request)
        near |= beside(request.viewer, [one.pk for one, _why in known if one.pk not in near])
    template = "people/_people.html" if is_partial(request) else "people/people.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return _stay(response, words) if is_partial(request) else response


def _stay(response: HttpResponse, words: str, show: int = 0) -> HttpResponse:
    """Tell htmx the address that would draw what is on the screen now."""
    kept = ({"q": words} if words else {}) | ({"show": str(show)} if show else {})
    response["HX-Replace-Url"] = reverse("people") + (f"?{urlencode(kept)}" if kept else "")
    response["Vary"] = "HX-Request"
    return response


def _number(text: str) -> int:
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() else 0
