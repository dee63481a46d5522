"""Where a guess meets the budget: who guesses, from where, on which device; and the page that says wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from kith.core.ids import public_id
from kith.members import guesses
from kith.web.limited import address_of, network_of
from kith.web.views.errors import too_often

DEVICE_COOKIE, DEVICE_SALT, DEVICE_AGE = "kith_device", "kith.web.accounts.device", 365 * 24 * 3600
PEOPLE_ON_A_DEVICE = 3


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, as the budget counts it: an IPv4 address, or an IPv6 /64."""
    return network_of(address_of(request))


def take(request: HttpRequest, email: str, *, mailed: bool = False) -> guesses.Taken:
    """Take a guess at an account, or answer 429 and until when."""
    try:
        return guesses.guess(email, place_of(request), device=known_device(request, email), mailed=mailed)
    except guesses.TooMany as refusal:
        raise ImmediateHttpResponse(too_often(request, refusal.seconds)) from None


@contextmanager
def checked(request: HttpRequest, email: str, *, mailed: bool = False) -> Iterator[None]:
    """Around a comparison: what refuses it raises, and the guess stays taken."""
    taken = take(request, email, mailed=mailed)
    yield
    taken.give_back()


@contextmanager
def checked_place(request: HttpRequest) -> Iterator[None]:
    """As `checked`, where nothing says which account is meant."""
    try:
        taken = guesses.guess_from(place_of(request))
    except guesses.TooMany as refusal:
        raise ImmediateHttpResponse(too_often(request, refusal.seconds)) from None
    yield
    taken.give_back()


def count_letter(request: HttpRequest, email: str) -> None:
    """Before a mail is written because somebody asked for it."""
    try:
        guesses.ask_for_letter(email, place_of(request))
    except guesses.TooMany as refusal:
        raise ImmediateHttpResponse(too_often(request, refusal.seconds)) from None


def count_sign_up(request: HttpRequest) -> None:
    try:
        guesses.sign_up_from(place_of(request))
    except guesses.TooMany as refusal:
        raise ImmediateHttpResponse(too_often(request, refusal.seconds)) from None


def known_device(request: HttpRequest, email: str) -> str:
    """The device's own id, if this account signed in on it before."""
    device, keys = _read(request)
    return device if guesses.account_key(email) in keys else ""


def know_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Remember on the device itself that this account signed in there; it holds no address."""
    device, keys = _read(request)
    key = guesses.account_key(email)
    keys = [key, *(other for other in keys if other != key)][:PEOPLE_ON_A_DEVICE]
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps([device or public_id(), keys], salt=DEVICE_SALT),
        max_age=DEVICE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, keys = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT, max_age=DEVICE_AGE
        )
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(device), list(keys)
