"""Hidden and never existing look the same, byte for byte (b13, b14, b15, b43)."""

import re
from collections.abc import Callable
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.html import escape

from kith.contacts.models import Contact, Note, Talk
from kith.members.actions import join
from kith.members.models import Member
from tests.safety.pages import chanceless, walk

pytestmark = pytest.mark.thorough

SLOW = pytest.mark.slow
Addresses = Callable[[URLPattern], str]
NEVER = {
    "public_id": "2222never222", "handle": "never-was-anybody", "key": "2222never222", "pk": "987654321",
    "token": "never-was", "role": "never", "table": "never", "figure": "never", "kind": "never",
    "provider_id": "never", "size": "small", "part": "skills",
}  # fmt: skip
VARIANTS = [
    {},
    {"HX-Request": "true"},
    {"Accept-Language": "de"},
    {"Accept-Language": "ar, en;q=0.5"},
    {"Accept": "application/json"},
]


def never_was(route: URLPattern) -> str:
    """The same route naming nothing that ever was."""
    return reverse(route.name, kwargs={name: NEVER[name] for name in route.pattern.converters})


@pytest.mark.parametrize(
    ("method", "variants"),
    [
        ("get", VARIANTS[:2]),
        pytest.param("get", VARIANTS[2:], marks=SLOW),
        *(pytest.param(way, VARIANTS[:1], marks=SLOW) for way in ("head", "options", "post")),
    ],
)
def test_what_is_hidden_and_what_never_was_are_the_same_bytes_for_every_role(
    method: str, variants: list[dict[str, str]], browsers: dict[str, Client], addresses: Addresses
) -> None:
    told_apart, compared = [], 0
    for route, row, real in walk(addresses):
        if not {"public_id", "handle", "key"} & set(route.pattern.converters):
            continue
        never = never_was(route)
        for role, client in browsers.items():
            if row.answer(role) != 404:
                continue
            for headers in variants:
                answers = [getattr(client, method)(address, headers=headers) for address in (real, never)]
                first, second = (
                    (answer.status_code, sorted(answer.headers.items()), chanceless(answer))
                    for answer in answers
                )
                compared += 1
                if first != second:
                    told_apart.append(
                        f"{method} {route.name} as {role}, {headers}: {first[:2]} / {second[:2]}"
                    )
    assert told_apart == []
    assert compared > 100


def test_a_child_of_anothers_parent_is_not_there(ada: Member, signed_in: Callable[[Member], Client]) -> None:
    mine = Contact.objects.create(owner=ada, name="Bea", sort_name="bea", slug="bea")
    bo = join(email="bo@example.org", name="Bo Ferreira")
    theirs = Contact.objects.create(owner=bo, name="Cy", sort_name="cy", slug="cy")
    note = Note.objects.create(owner=bo, contact=theirs, text="Private")
    talk = Talk.objects.create(owner=bo, contact=theirs, held_on="2024-05-01")
    client = signed_in(ada)
    for what, row in (("notes", note), ("talks", talk)):
        address = f"/contacts/{mine.public_id}/{what}/erase/"
        assert client.post(address, {what[:-1]: str(row.pk)}).status_code == 404
    assert Note.objects.count() == Talk.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["owner", *(pytest.param(name, marks=SLOW) for name in ("user_id", "member"))]
)
def test_who_acts_comes_from_the_session_alone(
    name: str, ada: Member, bo: Member, browsers: dict[str, Client], addresses: Addresses
) -> None:
    """Every page of Bo's is the same when the address claims that Ada asks."""
    client = browsers["member"]
    differing = []
    for route, _row, address in walk(addresses):
        plain = client.get(address)
        claimed = client.get(address, {name: str(ada.pk)})
        if claimed.status_code == 400 and (plain.status_code == 200 or hasattr(route.callback, "query_keys")):
            continue  # a list refuses what it does not know, before it looks whether there is one
        if claimed.status_code != plain.status_code or chanceless(plain) != chanceless(claimed):
            differing.append(f"{route.name}?{name}")
    assert differing == []


@pytest.mark.parametrize(
    "query",
    [
        "owner__email__icontains=a",
        *(
            pytest.param(q, marks=SLOW)
            for q in ("order=email", "_connector=OR", "filter[notes__icontains]=a")
        ),
    ],
)
def test_no_address_names_a_column_or_a_lookup(
    query: str, browsers: dict[str, Client], addresses: Addresses
) -> None:
    """A list refuses a key it does not know; every other page draws the same page (b17)."""
    differing, refusing = [], 0
    for route, _row, address in walk(addresses):
        plain, asked = browsers["owner"].get(address), browsers["owner"].get(f"{address}?{query}")
        refuses = hasattr(route.callback, "query_keys") or route.name == "people"
        refusing += refuses
        if refuses:
            same = asked.status_code == 400
        else:
            here = (f"?{query}".encode(), escape(f"?{query}").encode(), f"?{quote(query, safe='=')}".encode())
            drawn = chanceless(asked)
            for said in here:  # some pages say where they are, so that a button comes back to it
                drawn = drawn.replace(said, b"")
            same = plain.status_code == asked.status_code and chanceless(plain) == drawn
        if not same:
            differing.append(f"{route.name}: {plain.status_code} / {asked.status_code}")
    assert differing == []
    assert refusing >= 2


ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example", "///evil.example",
    "/%2Fevil.example", "javascript:alert(1)", "http:///evil.example", "//evil.example\\@localhost", "/\t/evil.example",
    "https:/evil.example", "data:text/html,x", "/today/\r\nSet-Cookie: x=y",
]  # fmt: skip


def test_nobody_is_sent_to_another_host(browsers: dict[str, Client], addresses: Addresses) -> None:
    sent, following = [], []
    for role, method in product(("anonymous", "owner"), ("get", "post")):
        for route, _row, address in walk(addresses):
            if route.name == "sign_out":
                continue
            ask = getattr(browsers[role], method)
            if "/today/" in ask(address, {"next": "/today/?there"}).headers.get("Location", ""):
                following.append((route.name, role, method, address))
            sent.append(
                (route.name, role, method, "//evil.example", ask(address, {"next": "//evil.example"}))
            )
    for name, role, method, address in following:
        for target in ELSEWHERE:
            answer = getattr(browsers[role], method)(address, {"next": target}, headers={"Referer": target})
            sent.append((name, role, method, target, answer))
    gone = [
        f"{name} by {method} as {role}, {target}: {there}"
        for name, role, method, target, answer in sent
        if (there := answer.headers.get("Location", ""))
        and (not re.match(r"/(?![/\\])", there) or re.search(r"[\r\n\t]", there))
    ]
    assert gone == []


@pytest.mark.parametrize("language", ["de", "ar", "zh-Hans", "*", "x" * 500, "\xff"])
def test_any_language_asked_for_gets_the_same_page(language: str, client: Client, db: None) -> None:
    asked = client.get("/nothing/", headers={"Accept-Language": language})
    assert chanceless(asked) == chanceless(client.get("/nothing/"))
