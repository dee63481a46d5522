"""Following: one button, and the two lists of who follows whom."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.archive.export.readable import guarded
from kith.core.refusal import Refused
from kith.desk.beside import beside
from kith.members.models import Member
from kith.network import following as lists
from kith.network.actions import follows
from kith.network.following import MOST, PAGE, Row, Wanted, Way
from kith.network.models import Follow
from kith.network.reach import Reach
from kith.web.asked import only
from kith.web.partial import is_partial
from kith.web.requests import Request

KEYS = {*Wanted.__slots__, "after", "show"}


@login_required
@require_POST
def follow(request: Request, handle: str) -> HttpResponse:
    """Begin to follow; pressing twice changes nothing."""
    person = _person(request, handle)
    try:
        follows.follow(request.user, person)
    except Refused as problem:
        if is_partial(request):
            context = {"member": person, "is_followed": False, "said": str(problem)}
            return render(request, "network/_follow.html", context, status=422)
        messages.error(request, str(problem))
        return redirect("member", person.handle)
    said = _(
        "You follow %(name)s: they are on your list, and they see it. Nothing can be published here yet."
    ) % {"name": person.name}
    return _pressed(request, person, said, is_followed=True)


@login_required
@require_POST
def unfollow(request: Request, handle: str) -> HttpResponse:
    person = _person(request, handle)
    follows.unfollow(request.user, person)
    said = _("You no longer follow %(name)s. They are not told; your name leaves their list.") % {
        "name": person.name
    }
    return _pressed(request, person, said, is_followed=False)


@login_required
@require_POST
def remove_follower(request: Request, handle: str) -> HttpResponse:
    """End somebody's following of oneself; they are told nothing."""
    mine = Follow.objects.visible_to(request.viewer).of(request.user).filter(follower__handle=handle)
    person = get_object_or_404(mine.select_related("follower")).follower
    follows.unfollow(person, request.user)
    if is_partial(request):
        counts = lists.counts(request.viewer, Way.FOLLOWERS)
        return render(request, "network/_removed.html", {"person": person, "counts": counts})
    said = _("%(name)s no longer follows you. They are not told, and may follow you again.")
    messages.success(request, said % {"name": person.name})
    return redirect(_back(request, reverse("followers")))


@login_required
@require_safe
@only(KEYS)
def followers(request: Request) -> HttpResponse:
    """Who follows me; the address holds the wishes and how much was drawn, so that coming back finds the row."""
    return _list(request, Way.FOLLOWERS)


@login_required
@require_safe
@only(KEYS)
def following(request: Request) -> HttpResponse:
    """Whom I follow."""
    return _list(request, Way.FOLLOWING)


@login_required
@require_safe
@only(Wanted.__slots__)
def followers_file(request: Request) -> HttpResponse:
    return _file(request, Way.FOLLOWERS)


@login_required
@require_safe
@only(Wanted.__slots__)
def following_file(request: Request) -> HttpResponse:
    return _file(request, Way.FOLLOWING)


def _list(request: Request, way: Way) -> HttpResponse:
    wanted = Wanted.from_query(request.GET.dict())
    after, already = request.GET.get("after", ""), _number(request.GET.get("show", ""))
    is_more = bool(after) and is_partial(request)
    page = lists.page_of(request.viewer, way, wanted, after, PAGE if after else max(PAGE, min(already, MOST)))
    drawn = already + len(page.rows) if is_more else len(page.rows)
    kept = wanted.query(show=str(drawn)) if PAGE < drawn <= MOST else wanted.query()
    context: dict[str, Any] = {
        "way": way.value,
        "list_url": reverse(way.value),
        "wanted": wanted,
        "query": wanted.query(),
        "stay": reverse(way.value) + (f"?{kept}" if kept else ""),
        "page": page,
        "after": after,
        "drawn": drawn,
        "near": beside(request.viewer, [row.person.pk for row in page.rows]),
        "counts": None if is_more else lists.counts(request.viewer, way),
        "fits": lists.counts(request.viewer, way, wanted) if wanted.is_narrow and not is_more else None,
    }
    partial = "network/_circle_rows.html" if is_more else "network/_circle.html"
    template = partial if is_partial(request) else "network/circle.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    if is_partial(request):
        response["HX-Replace-Url"] = context["stay"]
    return response


def _file(request: Request, way: Way) -> HttpResponse:
    """The list as a table for a spreadsheet; cells that would run as formulas are led by an apostrophe (b54)."""
    wanted = Wanted.from_query(request.GET.dict())
    response = HttpResponse(_lines(request, way, wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{way.value}-{localdate():%Y-%m-%d}.csv"'
    return response


def _lines(request: Request, way: Way, wanted: Wanted) -> Iterator[str]:
    heads = [_("Name"), _("Profile"), _("Headline"), _("Degree"), _("How"), _("Since"), _("From"), _("Last engagement")]  # fmt: skip
    yield "\ufeff" + _line(heads)
    reach = Reach(request.user.pk, request.viewer.out_of_sight_ids)
    for rows in lists.everybody(request.viewer, way, wanted):
        degrees = reach.degrees([row.person.pk for row in rows if not row.is_connected])
        yield "".join(
            _line(_cells(request, row, 1 if row.is_connected else degrees[row.person.pk])) for row in rows
        )


def _cells(request: Request, row: Row, degree: int | None) -> list[str]:
    engaged = row.follow.engaged_at if row.follow else None
    return [
        row.person.name,
        request.build_absolute_uri(reverse("member", args=[row.person.handle])),
        row.person.headline,
        str(degree or ""),
        _("connected") if row.is_connected else _("signed up"),
        localdate(row.since).isoformat(),
        (row.follow.item_type or _("profile")) if row.follow else "",
        localdate(engaged).isoformat() if engaged else "",
    ]


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(guarded, cells))
    return out.getvalue()


def _pressed(request: Request, person: Member, said: str, *, is_followed: bool) -> HttpResponse:
    if is_partial(request):
        context = {"member": person, "is_followed": is_followed, "said": said}
        template = "_follow_first" if request.POST.get("from") == "sheet" and is_followed else "_follow"
        return render(request, f"network/{template}.html", context)
    messages.success(request, said)
    return redirect(_back(request, reverse("member", args=[person.handle])))


def _back(request: Request, otherwise: str) -> str:
    """Where the button was pressed, as far as that is a page of this house."""
    wanted = request.POST.get("back", "")
    here = {request.get_host()}
    fits = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, here, request.is_secure())
    return wanted if fits else otherwise


def _person(request: Request, handle: str) -> Member:
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    return get_object_or_404(others, handle=handle)


def _number(text: str) -> int:
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() else 0
