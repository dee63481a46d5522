"""What every request passes: a size we take, text the database can hold, and who is looking."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from kith.core.host import read_once
from kith.members.policy import Viewer
from kith.web.views.errors import bad_request, too_large, wrong_method

Respond = Callable[[HttpRequest], HttpResponse]


# What the browser may do for a page of ours: nothing with the machine around it.
CLOSED = [
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
]
PERMISSIONS = ", ".join(f"{feature}=()" for feature in CLOSED)
# A photo, a table or an archive opened by itself is data: no scripts, no forms, no frames, nothing to load.
DATA_ONLY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def harden(respond: Respond) -> Respond:
    """Headers that every answer carries, static files, errors and downloads too (b11, d25)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        kind = response.get("Content-Type", "")
        if kind and not kind.startswith("text/html"):
            response.headers.setdefault("Content-Security-Policy", DATA_ONLY)
        return response

    return middleware


# Bytes a form may have, sent to where a file is chosen; each page refuses less in its own words.
A_FORM, A_PICTURE, AROUND_A_FILE = 3_000_000, 25_000_000, 1_000_000
TAKES_FILES = {
    "bring_in": settings.UPLOAD_MAX_BYTES + AROUND_A_FILE,
    "profile_photo": A_PICTURE,
    "profile_banner": A_PICTURE,
    "host_brand": A_PICTURE,
    "host_roster_import": A_PICTURE,
}


def refuse_huge(respond: Respond) -> Respond:
    """What is too large is a 413 before a byte of it is read; nobody sends files without being signed in (b46)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        most = A_FORM
        if _length(request) > A_FORM and request.user.is_authenticated and not request.user.is_held:
            most = TAKES_FILES.get(_place(request), A_FORM)
        if _length(request) > most:
            return too_large(request, most)
        return respond(request)

    return middleware


def _length(request: HttpRequest) -> int:
    """As the head of the request says; the server hands over no more than that."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdecimal() else 0


def _place(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def refuse_unreadable(respond: Respond) -> Respond:
    """What no page can have typed (NUL, half a surrogate pair, bytes that are no UTF-8) is a 400, not a fault."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not all(_is_readable(part) for part in _parts(request)):
            return bad_request(request)
        return respond(request)

    return middleware


def _is_readable(text: str) -> bool:
    if text.isascii():
        return "\x00" not in text
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _parts(request: HttpRequest) -> list[str]:
    parts = [request.path, *_flat(request.GET)]
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        parts += _flat(request.POST)
        try:
            unquote_to_bytes(request.body).decode(request.encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            parts.append("\x00")
    return parts


def _flat(said: QueryDict) -> list[str]:
    return [text for name, values in said.lists() for text in (name, *values)]


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


def read_settings_once(respond: Respond) -> Respond:
    """A page that is only looked at asks what the host chose once; what writes asks anew each time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return respond(request)
        with read_once():
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
OPEN_TO_HELD = {
    "front",
    "walk_in",
    "link",
    "sign_out",
    "styleguide",
    "security_txt",
    "held",
    "appeal",
    "ask_again",
    "join",
    "claim",
    "leave",
    "take_out",
    "export",
    "export_file",
    "came_along",
    "leave_for_good",
    "account_email_verification_sent",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "again_by_code",
    "brand_css",
    "brand_logo",
    "healthz",
    "no_more_letters",
    "invited",
    "no_invitations",
}


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
