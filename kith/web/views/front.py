"""The first screen, and the doors of the day: walking in, one-time links, leaving."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kith.members import actions, links
from kith.members.actions import CannotJoin
from kith.members.models import Member
from kith.web.requests import Request

BACKEND = "kith.members.links.OneTimeLinkBackend"


def front(request: Request) -> HttpResponse:
    """What Kith is in two sentences, and the ways in."""
    if request.user.is_authenticated:
        return redirect("today")
    roles = actions.walk_in_roles()
    return render(
        request,
        "front.html",
        {"roles": roles, "may_be_host": bool(roles) and actions.host_is_awaited()},
    )


@require_POST
def walk_in(request: Request, role: str) -> HttpResponse:
    """Sign in as somebody of the demo, or as the first real person, who becomes the host."""
    roles = actions.walk_in_roles()
    member = actions.first_host() if roles and role == "yourself" else roles.get(role)
    if member is None:
        raise Http404
    login(request, member, backend=BACKEND)
    return redirect("welcome" if role == "yourself" else "today")


@require_http_methods(["GET", "POST"])
def link(request: Request, public_id: str, token: str) -> HttpResponse:
    """A one-time link: a press signs in, so that a mail scanner's visit does not use it up."""
    if request.method == "GET":
        return render(request, "link.html", {"public_id": public_id, "token": token})
    member = Member.objects.filter(public_id=public_id, is_active=True).first()
    if member is None or not links.use_link(member, token):
        return render(request, "link_spent.html", status=410)
    login(request, member, backend=BACKEND)
    return redirect("welcome" if member.email == actions.UNNAMED_HOST else "today")


@login_required
def welcome(request: Request) -> HttpResponse:
    """The host's first form: their name and address."""
    member = request.user
    typed = {"name": "" if member.email == actions.UNNAMED_HOST else member.name, "email": ""}
    typed["email"] = "" if member.email == actions.UNNAMED_HOST else member.email
    refusal = ""
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


@login_required
def held(request: Request) -> HttpResponse:
    """Not let in yet, or suspended: why, since when, until when, and what can be done."""
    if not request.user.is_held:
        return redirect("today")
    return render(request, "held.html", {"member": request.user})


@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("front")
