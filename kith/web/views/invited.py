"""What the letter to somebody outside opens: who asks, and no more letters."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kith.members.joining import SIGN_UP
from kith.members.models import QuietAddress
from kith.network.actions.outside import find_by_stop_token, find_by_token, never_again
from kith.web.accounts import coming_in, doors
from kith.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: Request, token: str) -> HttpResponse:
    """Who would like to connect; a press goes on to sign up, or connects whoever is here already."""
    try:
        with doors.checked_place(request):
            found = find_by_token(token)
            if found is None:
                raise ValidationError("spent")
    except ValidationError:
        return render(request, "network/invited_spent.html", status=410)
    visitor: Any = request.user  # somebody, or nobody yet
    let_in = visitor.is_authenticated and visitor.confirmed_at is not None
    if request.method != "POST":
        context = {
            "invitation": found,
            "let_in": let_in,
            "opens": coming_in.letters_let_in() or SIGN_UP.value != "link",
        }
        return render(request, "network/invited.html", context)
    coming_in.came_by(request, "invited", token)
    if not visitor.is_authenticated:
        return redirect("account_signup")
    coming_in.settle(request, visitor)
    return redirect("today")


@require_http_methods(["GET", "HEAD", "POST"])
def no_invitations(request: Request, token: str) -> HttpResponse:
    """The reader's own word, without an account: asks on GET, acts on POST, the same answer ever after (b34)."""
    found = find_by_stop_token(token)
    if found and request.method == "POST":
        never_again(found)
    stopped = bool(found and QuietAddress.objects.filter(email_hash=found).exists())
    context = {"is_whole": bool(found), "stopped": stopped}
    return render(request, "network/no_invitations.html", context, status=200 if found else 404)
