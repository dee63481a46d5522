"""Forms with `{% once %}`, and requests with an `Idempotency-Key`, act once however often they are sent."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kith.core.once import Answer, Form, SentOtherwise, StillAnswering, claim, first_answer, free, keep
from kith.web.views.errors import bad_request, sent_otherwise, still_answering

FIELD = "once"
NONCE = re.compile(r"[\x21-\x7e]{16,200}")
OUTSIDE = {FIELD, "csrfmiddlewaretoken"}  # what may differ between two sendings of one form
KEPT_HEADERS = re.compile(r"content-type|location|hx-.*", re.IGNORECASE)


def answer_once(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The first sending is answered by its view; answers that wrote nothing (400 and above) are not kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        form: Form | None = getattr(request, "claimed_form", None)
        if form is None:
            return response
        if response.status_code >= 400:
            free(form)
        elif not response.streaming:
            keep(form, _answer(response))
        return response

    def process_view(
        request: HttpRequest, view: object, positional: object, named: object
    ) -> HttpResponse | None:
        # Not before the view is found: the forged and the held back are refused first, and claim nothing.
        nonce = _nonce(request)
        if nonce is None:
            return None
        if not NONCE.fullmatch(nonce):
            return bad_request(request)
        form = Form(_sender(request), request.get_full_path(), nonce, _content(request))
        try:
            while not claim(form):
                answer = first_answer(form)
                if answer is not None:
                    body = answer.body.encode("utf-8", "surrogateescape")
                    return HttpResponse(body, status=answer.status, headers=answer.headers)
        except SentOtherwise:
            return sent_otherwise(request)
        except StillAnswering:
            return still_answering(request)
        request.claimed_form = form  # type: ignore[attr-defined]
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _nonce(request: HttpRequest) -> str | None:
    if request.method != "POST":
        return None
    return request.headers.get("Idempotency-Key") or request.POST.get(FIELD)


def _sender(request: HttpRequest) -> str:
    """The member; of a visitor the cookies that only this browser holds."""
    member: Any = request.user
    if member.is_authenticated:
        return f"member {member.pk}"
    cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return "visitor " + " ".join(request.COOKIES.get(name, "") for name in cookies)


def _content(request: HttpRequest) -> bytes:
    is_parts = request.content_type == "multipart/form-data"  # read as a stream, also where it holds nothing
    if not is_parts and not request.POST:
        return request.body
    said = [(name, values) for name, values in sorted(request.POST.lists()) if name not in OUTSIDE]
    files = [
        (name, [(file.name, file.size) for file in found]) for name, found in sorted(request.FILES.lists())
    ]
    return hashlib.sha256(repr((said, files)).encode("utf-8", "surrogatepass")).digest()


def _answer(response: HttpResponse) -> Answer:
    headers = {name: value for name, value in response.items() if KEPT_HEADERS.fullmatch(name)}
    return Answer(response.status_code, headers, response.content.decode("utf-8", "surrogateescape"))
