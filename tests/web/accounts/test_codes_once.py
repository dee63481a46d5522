"""A code, link or token used by twenty at the same moment opens once (b4)."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from kith.core.host import set_setting
from kith.members import joining, links
from kith.members.actions import join
from kith.members.models import Member
from tests.web.accounts.mail import GOOD, code_for, is_in
from tests.web.accounts.test_second_step import code_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
TWENTY = 20


@pytest.fixture(autouse=True)
def generous(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty tries at one moment are more than the budget lets through; here the code itself must hold."""
    from kith.members import guesses

    monkeypatch.setattr(guesses, "_account_limits", lambda key: [(key, 1000, guesses.DAY)])
    monkeypatch.setattr(guesses, "MINUTE", guesses.DAY / 100_000)


def at_once(act: Callable[[], bool]) -> int:
    """How many of twenty succeed."""
    barrier, won = threading.Barrier(TWENTY), []

    def one() -> None:
        try:
            barrier.wait(20)
            won.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(TWENTY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(won) == TWENTY
    return sum(won)


def twin(client: Client) -> Client:
    """The same browser in another thread."""
    other = Client()
    for name, morsel in client.cookies.items():
        other.cookies[name] = morsel.value
    return other


@pytest.fixture
def somebody(db: None) -> Member:
    member = join(email="race@example.org", name="Race Runner")
    member.set_password(GOOD)
    member.save()
    return member


def test_a_mailed_code_signs_one_in(somebody: Member) -> None:
    here = Client()
    here.post("/sign-in/by-code/", {"email": somebody.email})
    code = code_for(somebody.email)

    def use() -> bool:
        client = twin(here)
        client.post("/sign-in/code/", {"code": code})
        return is_in(client)

    assert at_once(use) == 1


def test_a_reset_code_sets_one_password(somebody: Member) -> None:
    here = Client()
    here.post("/sign-in/forgotten/", {"email": somebody.email})
    here.post("/sign-in/forgotten/code/", {"code": code_for(somebody.email)})

    def use() -> bool:
        typed = {"password1": f"{threading.get_ident()} quiet rivers"}
        answer = twin(here).post("/sign-in/forgotten/new/", typed)
        return answer.status_code == 302 and answer["Location"].endswith("/done/")

    assert at_once(use) == 1


def test_a_one_time_link_signs_one_in(somebody: Member) -> None:
    path = links.one_time_link(somebody)
    assert at_once(lambda: Client().post(path).status_code == 302) == 1


def test_a_code_of_the_app_opens_one_second_step(somebody: Member) -> None:
    here = Client()
    here.post("/sign-in/", {"login": somebody.email, "password": GOOD})
    here.get("/settings/app/")
    secret = here.session["mfa.totp.secret"]
    here.post("/settings/app/", {"code": code_of(secret)})
    there = Client()
    there.post("/sign-in/", {"login": somebody.email, "password": GOOD})
    code = code_of(secret, 1)

    def use() -> bool:
        client = twin(there)
        client.post("/sign-in/second-step/", {"code": code})
        return is_in(client)

    assert at_once(use) == 1
    recovery = here.get("/settings/recovery-codes/").context["unused_codes"][0]
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"login": somebody.email, "password": GOOD})

    def recover() -> bool:
        client = twin(elsewhere)
        client.post("/sign-in/second-step/", {"code": recovery})
        return is_in(client)

    assert at_once(recover) == 1


def test_a_join_link_with_one_use_lets_one_of_twenty_in(somebody: Member) -> None:
    set_setting("sign_up", "link")
    _link, token = joining.make_join_link(somebody)
    visitors = []
    for number in range(TWENTY):
        visitor, email = Client(REMOTE_ADDR=f"192.0.2.{number}"), f"v{number}@example.org"
        visitor.post(f"/join/{token}/")
        visitor.post("/sign-up/", {"name": f"Visitor {number}", "email": email})
        visitors.append((visitor, code_for(email)))

    def confirm() -> bool:
        visitor, code = visitors.pop()
        visitor.post("/sign-up/code/", {"code": code})
        return bool(visitor.get("/today/").status_code == 200)

    assert at_once(confirm) == 1
    assert Member.objects.filter(confirmed_at__isnull=False).count() == 2


def test_a_code_is_dead_once_the_address_is_another(somebody: Member) -> None:
    visitor = Client()
    visitor.post("/sign-in/by-code/", {"email": somebody.email})
    code = code_for(somebody.email)
    Member.objects.filter(pk=somebody.pk).update(email="moved@example.org")
    assert visitor.post("/sign-in/code/", {"code": code}).status_code == 422
    assert not is_in(visitor)


def test_a_newer_code_in_the_same_window_ends_the_older(somebody: Member) -> None:
    visitor = Client()
    visitor.post("/sign-in/by-code/", {"email": somebody.email})
    older = code_for(somebody.email)
    visitor.post("/sign-in/code/", {"action": "resend"})
    assert visitor.post("/sign-in/code/", {"code": older}).status_code == 422
    assert visitor.post("/sign-in/code/", {"code": code_for(somebody.email)}).status_code == 302


def test_guesses_of_twenty_at_one_moment_are_counted_exactly(somebody: Member, monkeypatch) -> None:
    monkeypatch.undo()
    typed = {"login": somebody.email, "password": "wrong password"}
    assert at_once(lambda: Client().post("/sign-in/", typed).status_code == 422) == 5
