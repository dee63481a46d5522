"""What every request passes: text the database can hold, and who is looking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from kith.members.policy import Viewer
from kith.web.views.errors import bad_request, wrong_method

Respond = Callable[[HttpRequest], HttpResponse]


def refuse_nul(respond: Respond) -> Respond:
    """A NUL sign cannot be stored by PostgreSQL: say so instead of failing later."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any("\x00" in part for part in _parts(request)):
            return bad_request(request)
        return respond(request)

    return middleware


def _parts(request: HttpRequest) -> list[str]:
    parts = [text for values in request.GET.lists() for text in (values[0], *values[1])]
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        parts += [text for values in request.POST.lists() for text in (values[0], *values[1])]
    return parts


def keep_it_private(respond: Respond) -> Respond:
    """No proxy may store what one member saw; a browser asks again before it shows a page anew."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response

    return middleware


def know_the_viewer(respond: Respond) -> Respond:
    """`request.viewer`: made once, asked by every list."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: Viewer(request.user if request.user.is_authenticated else None)
        )
        return respond(request)

    return middleware


def explain_wrong_methods(respond: Respond) -> Respond:
    """Whoever reloads the address of a form gets a page and a way on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if response.status_code == 405 and request.method == "GET":
            return wrong_method(request, response["Allow"])
        return response

    return middleware


# Where somebody who is signed in but not let in, or suspended, may still go (b6).
OPEN_TO_HELD = {"front", "walk_in", "link", "sign_out", "styleguide", "held"}


def hold_back(respond: Respond) -> Respond:
    """Whoever is not let in yet, or suspended, is kept at the page that says why and until when."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return respond(request)

    def process_view(
        request: HttpRequest, view: object, positional: object, named: object
    ) -> HttpResponse | None:
        member = request.user
        place = request.resolver_match.url_name if request.resolver_match else ""
        if member.is_authenticated and member.is_held and place not in OPEN_TO_HELD:
            return redirect("held")
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
