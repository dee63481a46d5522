"""The first screen, and the doors without a password: walking in, one-time links, leaving."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kith.members import actions, joining, links
from kith.members.actions import CannotJoin
from kith.members.addresses import confirm
from kith.members.models import Member
from kith.members.models.member import UNNAMED_HOST
from kith.network.actions.outside import connect_invited
from kith.web.accounts import doors
from kith.web.accounts.forms import SignInForm
from kith.web.requests import Request


def front(request: Request) -> HttpResponse:
    """What Kith is in two sentences, and the ways in."""
    if request.user.is_authenticated:
        return redirect("today")
    roles = actions.walk_in_roles()
    return render(
        request,
        "front.html",
        {
            "roles": roles,
            "may_be_host": bool(roles) and actions.host_is_awaited(),
            "form": SignInForm(request=request),
            "next": request.GET.get("next", ""),
            "sign_up": joining.SIGN_UP.value,
            "providers": provider_adapter().list_providers(request),
        },
    )


@require_POST
def walk_in(request: Request, role: str) -> HttpResponse:
    """Sign in as somebody of the demo, or as the first real person, who becomes the host."""
    roles = actions.walk_in_roles()
    member = actions.first_host() if roles and role == "yourself" else roles.get(role)
    if member is None:
        raise Http404
    return _come_in(request, member, "walk_in", "welcome" if role == "yourself" else "today")


@require_http_methods(["GET", "POST"])
def link(request: Request, public_id: str, token: str) -> HttpResponse:
    """A one-time link: a press signs in, so that a mail scanner's visit does not use it up."""
    if request.method == "GET":
        return render(request, "link.html", {"public_id": public_id, "token": token})
    member = Member.objects.filter(public_id=public_id, is_active=True).first()
    try:
        with doors.checked(request, member.email if member else public_id):
            if member is None or not links.use_link(member, token):
                raise ValidationError("spent")
    except ValidationError:
        return render(request, "link_spent.html", status=410)
    if member.confirmed_at is None:
        with transaction.atomic():
            confirm(member)  # whoever makes such a link by hand vouches for its owner
            connect_invited(member)
    return _come_in(request, member, "link", "welcome" if member.email == UNNAMED_HOST else "today")


def _come_in(request: Request, member: Member, method: str, to: str) -> HttpResponse:
    """Into the same sign-in as by password: second step, session list, known device."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, member, method=method)
    return perform_login(request, Login(user=member, email_verification="none", redirect_url=reverse(to)))


@login_required
def welcome(request: Request) -> HttpResponse:
    """The first host's form: their name and address."""
    member, typed, refusal = request.user, {"name": "", "email": ""}, ""
    if member.email != UNNAMED_HOST:
        return redirect("settings")
    if request.method == "POST":
        typed = {"name": request.POST.get("name", ""), "email": request.POST.get("email", "")}
        try:
            actions.rename(member, **typed)
            return redirect("today")
        except CannotJoin as problem:
            refusal = str(problem)
    return render(
        request, "welcome.html", {"typed": typed, "refusal": refusal}, status=422 if refusal else 200
    )


@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("front")
