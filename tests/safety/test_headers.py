"""What every answer carries, whoever asks and whatever comes of it (b11, d25)."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, override_settings
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from kith.members.models import Member
from kith.urls import handler400, handler403, handler404, handler500
from kith.urls import urlpatterns as pages
from tests.safety.pages import walk

pytestmark = pytest.mark.thorough

Addresses = Callable[[URLPattern], str]
FOR_ALL = {"brand_css", "brand_logo"}  # the same for everybody, so proxies may keep them
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@require_safe
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of the inside")


urlpatterns = [*pages, path("broken/", broken)]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


def missing(response: HttpResponseBase, *, signed_in: bool) -> Iterator[str]:
    """What is wrong with an answer's headers."""
    for name, value in ALWAYS.items():
        if response.get(name) != value:
            yield f"{name}: {response.get(name)}"
    policy = response.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        yield f"Content-Security-Policy: {policy}"
    if "camera=()" not in response.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    kept = response.get("Cache-Control", "")
    if signed_in and ("private" not in kept and "no-store" not in kept):
        yield f"Cache-Control: {kept}"
    for cookie in getattr(response, "cookies", {}).values():
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict")):
            yield f"cookie {cookie.key} without flags"


@pytest.mark.parametrize(
    "method", ["get", *(pytest.param(way, marks=pytest.mark.slow) for way in ("post", "head", "options"))]
)
def test_every_route_answers_every_role_with_all_headers_and_without_a_fault(
    method: str, browsers: dict[str, Client], addresses: Addresses
) -> None:
    wrong = []
    asked = 0
    for route, row, address in walk(addresses):
        if route.name == "healthz" or (method == "post" and route.name == "sign_out"):
            continue  # no worker runs in tests, and healthz says so by 503
        for role, client in browsers.items():
            response = getattr(client, method)(address)
            asked += 1
            if response.status_code >= 500:
                wrong.append(f"{method} {route.name} as {role}: {response.status_code}")
            # Doors of accounts take GET and POST alone; a refused HEAD tells nothing.
            if (
                method == "head"
                and row.method == "GET"
                and response.status_code not in (405, row.answer(role))
            ):
                wrong.append(f"head {route.name} as {role}: {response.status_code}, not {row.answer(role)}")
            # A photo of nobody's in particular may be kept by the browser; never by others.
            wrong += [
                f"{method} {route.name} as {role}: {what}"
                for what in missing(response, signed_in=role != "anonymous" and route.name not in FOR_ALL)
            ]
    assert wrong == []
    assert asked >= 7 * 100
    print(f"{method}: {asked} answers of {asked // len(browsers)} routes to {len(browsers)} roles")


def test_reading_is_refused_where_writing_happens_and_says_what_is_allowed(
    browsers: dict[str, Client], addresses: Addresses
) -> None:
    for route, _row, address in walk(addresses):
        response = browsers["owner"].get(address)
        if response.status_code == 405:
            assert "GET" not in response["Allow"], route.name
            assert b"Only a form leads here" in response.content, route.name


@override_settings(ROOT_URLCONF=__name__)
def test_faults_and_refusals_carry_them_too(ada: Member, signed_in: Callable[[Member], Client]) -> None:
    client = signed_in(ada)
    client.raise_request_exception = False
    strict = Client(enforce_csrf_checks=True)
    answers = {
        404: client.get("/nothing/here/"),
        500: client.get("/broken/"),
        400: client.get("/contacts/?q=%00"),
        405: client.get("/sign-out/"),
        403: strict.post("/sign-out/"),
        301: client.get("/contacts"),
    }
    for status, response in answers.items():
        assert response.status_code == status
        assert list(missing(response, signed_in=status != 403)) == []
    foreign = Client().get("/", headers={"host": "evil.example"})
    assert foreign.status_code == 400
    assert list(missing(foreign, signed_in=False)) == []


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_shows_a_number_that_is_in_the_log_and_nothing_of_the_inside(
    ada: Member, signed_in: Callable[[Member], Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(ada)
    client.raise_request_exception = False
    page = client.get("/broken/").content.decode()
    number = page.split("The number to name: ")[1][:12]
    assert number in caplog.text
    assert all(
        word not in page for word in ("secret of the inside", "Traceback", "RuntimeError", "/kith/web")
    )


def test_static_files_carry_them_too(client: Client) -> None:
    from django.contrib.staticfiles import finders

    from kith.web.middleware import harden

    assert finders.find("kith/css/base.css")
    answer = harden(lambda request: HttpResponse(b"", content_type="text/css"))(HttpRequest())
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_the_middleware_that_adds_headers_stands_outside_the_one_that_serves_static_files() -> None:
    from django.conf import settings

    order = settings.MIDDLEWARE
    served = order.index("whitenoise.middleware.WhiteNoiseMiddleware")
    for name in (
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "kith.web.middleware.harden",
    ):
        assert order.index(name) < served


@pytest.mark.django_db
def test_https_adds_hsts() -> None:
    with override_settings(SECURE_HSTS_SECONDS=365 * 24 * 3600):
        response = Client().get("/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("headers", "body", "kind"),
    [
        ({"Origin": "https://evil.example"}, b"", "application/x-www-form-urlencoded"),
        ({}, b'{"text": "x"}', "text/plain"),
        *(
            pytest.param(*sent, marks=pytest.mark.slow)
            for sent in (
                ({"Origin": "null"}, b"", "application/x-www-form-urlencoded"),
                ({}, b"", "application/x-www-form-urlencoded"),
                ({"Origin": "https://evil.example"}, b'{"text": "x"}', "text/plain"),
            )
        ),
    ],
)
def test_what_another_site_sends_is_refused_on_every_route(
    headers: dict[str, str], body: bytes, kind: str, ada: Member, addresses: Addresses
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, backend="kith.members.links.OneTimeLinkBackend")
    token = client.get("/today/").cookies.get("csrftoken")
    sent = {**headers, "X-CSRFToken": token.value} if token and "Origin" in headers else headers
    taken = []
    for route, _row, address in walk(addresses):
        response = client.post(address, body, content_type=kind, headers=sent)
        if response.status_code not in (403, 405):
            taken.append(f"{route.name}: {response.status_code}")
    assert taken == []
