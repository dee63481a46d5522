"""Pages for what went wrong: what, and how to go on."""

import logging
import math
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from kith.core.ids import public_id

log = logging.getLogger("kith.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what is hidden and what never was (b14)."""
    return render(request, "404.html", status=404)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """An address that only takes a form, opened or reloaded: a page instead of an empty answer."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allowed
    return response


def sent_otherwise(request: HttpRequest) -> HttpResponse:
    """The same form came before with other content."""
    return render(request, "409.html", {"otherwise": True, "back": _page_of_form(request)}, status=409)


def still_answering(request: HttpRequest) -> HttpResponse:
    """The same form came before and has no answer yet."""
    return render(request, "409.html", {"back": _page_of_form(request)}, status=409)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """More than this address takes; nothing of it was read."""
    return render(request, "413.html", {"most": most // 1_000_000}, status=413)


def too_often(request: HttpRequest, seconds: float, sentence: str = "") -> HttpResponse:
    """Until when this cannot be done again, and, where there is more to say, why."""
    wait = max(1, math.ceil(seconds))
    until = timezone.localtime(timezone.now() + timedelta(seconds=wait))
    context = {"until": until, "today": until.date() == timezone.localdate(), "sentence": sentence}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A page without any detail; its number is in the log beside the trace (b59)."""
    number = public_id()
    log.error("error %s at %s", number, request.resolver_match and request.resolver_match.route)
    return render(request, "500.html", {"number": number}, status=500)


def _page_of_form(request: HttpRequest) -> str:
    """The path of the page a form was sent from, if it is one of ours."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}):
        return ""
    parts = urlsplit(said)
    path = "/" + parts.path.lstrip("/")  # two slashes would lead to another host
    return path + (f"?{parts.query}" if parts.query else "")
