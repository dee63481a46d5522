"""Coming in by a link or a roster entry, and the page of whoever is not let in yet or suspended."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kith.core.refusal import Refused
from kith.members import joining, restrictions, roster
from kith.members.addresses import is_verified
from kith.members.models import JoinRequest, Member
from kith.notifications import hosting
from kith.web.accounts import coming_in, doors
from kith.web.requests import Request


@require_http_methods(["GET", "POST"])
def join(request: Request, token: str) -> HttpResponse:
    """A join link: who asks you in; a press goes on to sign up."""
    return _invited(request, "join", token)


@require_http_methods(["GET", "POST"])
def claim(request: Request, token: str) -> HttpResponse:
    """A claim link of the roster: the host knows you already."""
    return _invited(request, "claim", token)


def _invited(request: Request, way: str, token: str) -> HttpResponse:
    try:
        with doors.checked_place(request):
            found = joining.find_join_link(token) if way == "join" else roster.find_roster_entry(token)
            if found is None:
                raise ValidationError("spent")
    except ValidationError:
        return render(request, "account/join_spent.html", status=410)
    visitor: Any = request.user  # somebody, or nobody yet
    member: Member | None = visitor if visitor.is_authenticated else None
    if request.method == "GET":
        return render(
            request,
            "account/invited.html",
            {"found": found, "way": way, "let_in": member is not None and member.confirmed_at is not None},
        )
    coming_in.came_by(request, way, token)
    if member is None:
        return redirect("account_signup")
    coming_in.settle(request, member)
    return redirect("today")


@login_required
def held(request: Request) -> HttpResponse:
    """Not let in yet, or suspended: why, since when, until when, and what can be done."""
    if not request.user.is_held:
        return redirect("today")
    return _held(request)


@require_POST
@login_required
def appeal(request: Request) -> HttpResponse:
    """The member's answer to a suspension."""
    restriction = restrictions.standing(request.user)
    if restriction is None:
        return redirect("held")
    try:
        with transaction.atomic():
            restrictions.appeal(restriction, request.POST.get("appeal", ""))
            hosting.tell_hosts_of_appeal(restriction)
    except Refused as refusal:
        return _held(request, refusal=str(refusal), typed=request.POST.get("appeal", ""))
    return redirect("held")


@require_POST
@login_required
def ask_again(request: Request) -> HttpResponse:
    """Say, or say anew, why one would like to join, while nobody has decided."""
    if request.user.confirmed_at is not None or joining.SIGN_UP.value != "approval":
        return redirect("held")
    try:
        with transaction.atomic():
            asked = joining.ask_to_join(request.user, request.POST.get("reason", ""))
            hosting.tell_hosts_of_request(asked)
    except Refused as refusal:
        return _held(request, refusal=str(refusal), typed=request.POST.get("reason", ""))
    return redirect("held")


def _held(request: Request, refusal: str = "", typed: str = "") -> HttpResponse:
    member = request.user
    context = {
        "member": member,
        "verified": is_verified(member),
        "asked": JoinRequest.objects.filter(member=member).first(),
        "sign_up": joining.SIGN_UP.value,
        "restriction": restrictions.standing(member),
        "refusal": refusal,
        "typed": typed,
    }
    return render(request, "held.html", context, status=422 if refusal else 200)
