"""Contacts of mine who are members and wished to be found by the address I have: one by one, never all at once (b1)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.desk.actions import put_off_found
from kith.desk.beside import beside
from kith.desk.from_archive import offers
from kith.desk.known import A_DAY
from kith.desk.ties import ties_of
from kith.members.models import Member
from kith.web.asked import only
from kith.web.partial import is_partial
from kith.web.requests import Request

PAGE = 25


@login_required
@require_safe
@only({"show"})
def from_archive(request: Request) -> HttpResponse:
    """Each with what ties the two, and one next step."""
    offered = offers(request.viewer)
    shown = offered[: _number(request.GET.get("show", ""))]
    keys = [offer.member_id for offer in shown]
    people = Member.objects.visible_to(request.viewer).select_related("profile").in_bulk(keys)
    near = beside(request.viewer, keys)
    tied = ties_of(request.viewer, list(people.values()), near)
    context = {
        "rows": [
            (people[key], offer, tied[key]) for key, offer in zip(keys, shown, strict=True) if key in people
        ],
        "near": near,
        "count": len(offered),
        "further": len(shown) + PAGE if len(offered) > len(shown) else 0,
        "a_day": A_DAY.value,
    }
    return render(request, "network/from_archive.html", context)


@login_required
@require_POST
def put_off(request: Request, handle: str) -> HttpResponse:
    """Not now: kept for good, told to nobody, undone with one press."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    person, back = get_object_or_404(others, handle=handle), request.POST.get("back") == "yes"
    put_off_found(request.user, person, back=back)
    if is_partial(request):
        return render(request, "network/_put_off.html", {"person": person})
    if not back:
        said = _("%(name)s is not offered again. They learn nothing of it.")
        messages.success(request, said % {"name": person.name})
    return redirect("from_archive")


def _number(text: str) -> int:
    return max(PAGE, min(int(text), 1_000)) if text.isascii() and text.isdigit() and len(text) < 6 else PAGE
