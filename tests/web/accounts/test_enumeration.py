"""Nobody learns from an answer, or from how long it takes, whether an address has an account (b1, G10)."""

import random
import re
import statistics
import time
from collections.abc import Callable

import pytest
from django.test import Client

from kith.core.host import set_setting
from kith.core.models import Budget, Letter
from kith.members.actions import join
from tests.web.accounts.mail import GOOD

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
KNOWN, UNKNOWN = "known@example.org", "other@example.org"


@pytest.fixture(autouse=True)
def somebody(db: None) -> None:
    set_setting("sign_up", "open")
    member = join(email=KNOWN, name="Known Person")
    member.set_password(GOOD)
    member.save()
    join(email="here@example.org", name="Here")


def signed_in() -> Client:
    client = Client()
    client.post("/sign-in/by-code/", {"email": "here@example.org"})
    from tests.web.accounts.mail import code_for

    client.post("/sign-in/code/", {"code": code_for("here@example.org")})
    return client


# What is typed at each door that takes an address, by somebody who is not signed in, or is.
DOORS: dict[str, Callable[[Client, str], object]] = {
    "sign up": lambda client, email: client.post("/sign-up/", {"name": "New Person", "email": email}),
    "wrong password": lambda client, email: client.post(
        "/sign-in/", {"login": email, "password": "wrong one"}
    ),
    "code at sign-in": lambda client, email: client.post("/sign-in/", {"login": email}),
    "code by mail": lambda client, email: client.post("/sign-in/by-code/", {"email": email}),
    "forgotten": lambda client, email: client.post("/sign-in/forgotten/", {"email": email}),
    "new address": lambda client, email: client.post(
        "/settings/address/", {"action_add": "1", "email": email}
    ),
}
MAILS = set(DOORS) - {"wrong password"}


def bare(answer: object, email: str) -> tuple[object, ...]:
    """An answer without what differs from one request to the next anyhow."""
    body = answer.content.decode().replace(email, "ADDRESS")  # type: ignore[attr-defined]
    body = re.sub(r'(csrfmiddlewaretoken" value="|CSRFToken": ")[^"]+', r"\1", body)
    body = re.sub(r'name="once" value="[^"]+"', "", body)
    headers = {name: value for name, value in answer.headers.items() if name != "Expires"}  # type: ignore[attr-defined]
    cookies = sorted(answer.cookies)  # type: ignore[attr-defined]
    return answer.status_code, headers.get("Location"), sorted(headers), cookies, body  # type: ignore[attr-defined]


@pytest.mark.parametrize("door", DOORS)
def test_a_known_and_an_unknown_address_are_answered_alike(door: str) -> None:
    seen = []
    for email in (KNOWN, UNKNOWN):
        client = signed_in() if door == "new address" else Client()
        before = Letter.objects.filter(to=email).count()
        answer = DOORS[door](client, email)
        after = client.get(answer["Location"]) if answer.status_code == 302 else answer  # type: ignore[index, attr-defined]
        seen.append((bare(answer, email), bare(after, email)))
        assert Letter.objects.filter(to=email).count() - before == (1 if door in MAILS else 0)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("door", ["code by mail", "forgotten", "sign up"])
def test_a_wrong_code_is_answered_alike(door: str) -> None:
    seen = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        where = DOORS[door](client, email)["Location"]  # type: ignore[index]
        seen.append([bare(client.post(where, {"code": "BBBB-BBBB"}), email) for _ in range(4)])
    assert seen[0] == seen[1]


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS)
def test_a_known_and_an_unknown_address_take_the_same_time(door: str) -> None:
    """Interleaved, 200 each: medians within 3 % or 10 ms on an idle machine."""
    rounds, spent = 200, {KNOWN: [], UNKNOWN: []}  # type: dict[str, list[float]]
    client_of: Callable[[], Client] = signed_in if door == "new address" else Client
    for number in range(rounds):
        for email in random.sample([KNOWN, UNKNOWN], 2):
            Budget.objects.all().delete()
            client = client_of()
            address = f"{number}.{email}" if door == "sign up" and email == UNKNOWN else email
            begun = time.perf_counter()
            DOORS[door](client, address)
            spent[email].append(time.perf_counter() - begun)
    known, unknown = statistics.median(spent[KNOWN]), statistics.median(spent[UNKNOWN])
    print(f"{door}: known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms")
    assert abs(known - unknown) <= max(0.03 * unknown, 0.010)
