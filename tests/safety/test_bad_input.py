"""Every form with too much, with what is no text, and with fields nobody offered (b9, b44, b45, b46, G27)."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from kith.core.mail import send_letter
from kith.members.actions import CannotJoin, join
from kith.members.models import Member
from tests.safety.pages import Form, forms_of, tables_holding, walk

pytestmark = pytest.mark.thorough

Addresses = Callable[[URLPattern], str]
MARK = "zqxmark"
HTMX = {"HX-Request": "true"}
FORBIDDEN = {
    "is_staff": "1", "is_superuser": "1", "is_host": "1", "host_since": "2020-01-01", "role": "host", "owner": "1",
    "member": "1", "user_id": "1", "pk": "1", "id": "1", "email_verified": "1", "confirmed_at": "2020-01-01",
    "created_at": "2020-01-01", "view_count": "99", "credits": "99", "suspended_at": "", "is_active": "0", "public_id": "x",
}  # fmt: skip
SENSITIVE = (
    "host_since",
    "confirmed_at",
    "suspended_at",
    "is_active",
    "public_id",
    "joined_at",
    "demo_at",
    "password",
)


class Undone(Exception):
    """Takes back what a request wrote."""


def undone(ask: Callable[[], HttpResponse]) -> tuple[HttpResponse, list[str], object]:
    """An answer, the tables that hold the mark after it, and the accounts as they are then."""
    try:
        with transaction.atomic():
            response = ask()
            held, accounts = tables_holding(MARK), list(Member.objects.order_by("pk").values(*SENSITIVE))
            raise Undone
    except Undone:
        return response, held, accounts


def forms(browsers: dict[str, Client], addresses: Addresses) -> Iterator[tuple[str, Client, Form]]:
    """Each form once, as its owner and the host meet it."""
    met: set[tuple[str, tuple[str, ...]]] = set()
    for role in ("owner", "host", "anonymous"):
        for route, _row, address in walk(addresses):
            if route.name in ("sign_out",):
                continue
            for form in forms_of(browsers[role].get(address), address):
                key = (form.action, tuple(sorted(form.fields)))
                if key not in met and "sign-out" not in form.action:
                    met.add(key)
                    yield role, browsers[role], form


def send(client: Client, form: Form, **typed: str) -> HttpResponse:
    fields = {name: value for name, value in form.fields.items() if name != "once"} | typed
    return client.get(form.action, fields) if form.method == "get" else client.post(form.action, fields)


HUGE = {
    "a megabyte": MARK + "x" * 1_000_000,
    "a million digits": "9" * 1_000_000,
    "a tower of marks": MARK + "e" + "\u0301\u0316" * 100_000,
    "nothing but joiners": "\u200d" * 100_000,
}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=() if what == "a megabyte" else pytest.mark.slow) for what in HUGE]
)
def test_too_much_in_any_field_is_refused_quickly_and_leaves_nothing(
    what: str, browsers: dict[str, Client], addresses: Addresses
) -> None:
    wrong, sent = [], 0
    for role, client, form in forms(browsers, addresses):
        if form.method == "get" or form.has_files:
            continue
        for name in form.typed:
            began = time.process_time()
            response, held, _accounts = undone(lambda: send(client, form, **{name: HUGE[what]}))  # noqa: B023
            took = time.process_time() - began
            sent += 1
            kept = held and what != "a tower of marks"  # which is cleaned to a letter with a few, and kept
            if response.status_code >= 500 or kept or took > 2:
                wrong.append(f"{role} {form.action} {name}: {response.status_code}, {held}, {took:.1f} s")
    assert wrong == []
    assert sent >= 30
    print(f"{what}: {sent} fields")


@pytest.mark.thorough
def test_searching_for_too_much_finds_nothing_quickly(
    browsers: dict[str, Client], addresses: Addresses
) -> None:
    searches = [found for found in forms(browsers, addresses) if found[2].method == "get"]
    assert searches
    for typed in ("x" * 100_000, "9" * 100_000, "\u0301" * 10_000, "%" * 5_000, "(" * 5_000, "a " * 5_000):
        for _role, client, form in searches:
            for name in form.typed:
                began = time.process_time()
                response = send(client, form, **{name: typed})
                assert response.status_code < 500, form.action
                assert time.process_time() - began < 1, form.action


@pytest.mark.parametrize(
    "absurd",
    [
        ["-1", "x", "9" * 5_000],
        pytest.param(["1000000000000", "0", "1.5", "０", "\u0661", "1e9", ""], marks=pytest.mark.slow),
    ],
)
def test_absurd_pages_are_pages(absurd: list[str], browsers: dict[str, Client], addresses: Addresses) -> None:
    pages = [
        (route.name, address)
        for route, row, address in walk(addresses)
        if row.method == "GET" and route.name != "healthz"  # no worker runs in tests, and it says so
    ]
    assert len(pages) > 40
    wrong = [
        f"{name} {asked[:20]}: {response.status_code}"
        for name, address in pages
        for asked in absurd
        if (
            response := browsers["owner"].get(
                address, dict.fromkeys(("page", "show", "after", "before"), asked)
            )
        ).status_code
        >= 500
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "body",
    [
        b"text=%ff%fe&name=%ff", b"name=%ED%A0%80", b"text=\xff", b"name=a%00b", b"&".join(b"k%d=v" % n for n in range(5_000)),
        b"x" * 3_000_000, b"name=" + b"%" * 1_000,
    ],
    ids=["not utf-8", "half a pair", "raw bytes", "nul", "5,000 keys", "3 MB", "percents"],
)  # fmt: skip
def test_a_body_no_page_can_send_is_a_400_on_every_route(
    body: bytes, browsers: dict[str, Client], addresses: Addresses
) -> None:
    wrong = []
    for route, _row, address in walk(addresses):
        if route.name == "sign_out":
            continue
        began = time.process_time()
        try:
            with transaction.atomic():
                response = browsers["owner"].post(
                    address, body, content_type="application/x-www-form-urlencoded"
                )
                raise Undone
        except Undone:
            pass
        took = time.process_time() - began
        if response.status_code >= 500 or took > 1:
            wrong.append(f"{route.name}: {response.status_code}, {took:.1f} s")
        if body[:4] in (b"text", b"name") and b"%" * 9 not in body and response.status_code != 400:
            wrong.append(f"{route.name}: {response.status_code}")
    assert wrong == []


@pytest.mark.thorough
def test_fields_nobody_offered_change_nothing(browsers: dict[str, Client], addresses: Addresses) -> None:
    """A form with forbidden fields beside its own does what it does without them (b9)."""
    wrong, sent = [], 0
    for role, client, form in forms(browsers, addresses):
        if form.method == "get" or form.has_files:
            continue
        plain, _held, before = undone(lambda: send(client, form))  # noqa: B023
        extra = {name: value for name, value in FORBIDDEN.items() if name not in form.fields}
        more, _held, after = undone(lambda: send(client, form, **extra))  # noqa: B023
        sent += 1
        if more.status_code != 400 and (plain.status_code, _plain(before)) != (
            more.status_code,
            _plain(after),
        ):
            wrong.append(f"{role} {form.action}: {plain.status_code} / {more.status_code}")
    assert wrong == []
    assert sent >= 20


def _plain(accounts: object) -> object:
    """Accounts without times, which differ between two sendings by a moment."""
    assert isinstance(accounts, list)
    return [
        {name: bool(value) if name.endswith(("_at", "_since")) else value for name, value in account.items()}
        for account in accounts
    ]


def test_line_ends_in_a_name_start_no_header(ada: Member, browsers: dict[str, Client]) -> None:
    with pytest.raises(CannotJoin, match="E-mail"):
        join(email="a@example.org\r\nBcc: evil@example.org", name="Ada")
    assert join(email="b@example.org", name="Ada\r\nBcc: x").name == "Ada Bcc: x"
    assert (
        send_letter("b@example.org", "Hello\r\nBcc: evil@example.org", "").subject
        == "Hello Bcc: evil@example.org"
    )
    for value in ("/today/\r\nSet-Cookie: a=b", "x\r\n\r\n<script>"):
        answer = browsers["owner"].get("/contacts/", {"q": value})
        assert "Set-Cookie: a" not in str(answer.headers)
