"""A change of address: asked again, confirmed at the new one, told to the old one, dropped by a press (b8)."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from kith.members import actions
from kith.members.models import Member
from tests.web.accounts.mail import GOOD, code_for, letters_to, sign_in_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
OLD, NEW = "ada@example.org", "new@example.org"


@pytest.fixture
def here(ada: Member) -> Client:
    ada.set_password(GOOD)
    ada.save()
    client = Client()
    client.post("/sign-in/", {"login": OLD, "password": GOOD})
    return client


def ask(client: Client, email: str = NEW) -> int:
    return client.post("/settings/address/", {"action_add": "1", "email": email}).status_code


def addresses(member: Member) -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.filter(user=member).values_list("email", "primary", "verified"))


def test_the_new_address_counts_from_its_code_on_and_the_old_one_is_told(here: Client, ada: Member) -> None:
    assert ask(here) == 302
    assert addresses(ada) == [(OLD, True, True)]  # until then the old one works
    sign_in_by_code(Client(), OLD)
    here.post("/sign-up/code/", {"code": code_for(NEW)})
    ada.refresh_from_db()
    assert ada.email == NEW and addresses(ada) == [(NEW, True, True)]
    told = letters_to(OLD)[-1]
    assert "was changed" in told.subject and NEW in told.text
    assert Client().post("/sign-in/", {"login": NEW, "password": GOOD}).status_code == 302
    assert Client().post("/sign-in/", {"login": OLD, "password": GOOD}).status_code == 422


def test_a_dropped_change_leaves_a_dead_code(here: Client, ada: Member) -> None:
    ask(here)
    code = code_for(NEW)
    assert "Changing to new@example.org" in here.get("/settings/").content.decode()
    here.post("/settings/address/keep/")
    assert here.post("/sign-up/code/", {"code": code}).url == "/settings/address/"
    ada.refresh_from_db()
    assert ada.email == OLD


def test_a_newer_code_ends_the_older(here: Client, ada: Member) -> None:
    ask(here)
    older = code_for(NEW)
    ask(here, "newer@example.org")
    assert here.post("/sign-up/code/", {"code": older}).status_code == 422
    ada.refresh_from_db()
    assert ada.email == OLD


def test_whoever_has_been_signed_in_for_long_is_asked_again(here: Client, settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert here.get("/settings/address/").url.startswith("/again/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    assert here.get("/settings/address/").status_code == 200


def test_without_a_password_a_mailed_code_asks_again(bo: Member) -> None:
    client = Client()
    client.force_login(bo, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/settings/address/").url == "/again/code/?next=%2Fsettings%2Faddress%2F"
    client.post("/again/code/?next=/settings/address/", {"send": "1"})
    assert client.post("/again/code/?next=/settings/address/", {"code": "BBBB-BBBB"}).status_code == 422
    answer = client.post("/again/code/?next=/settings/address/", {"code": code_for(bo.email)})
    assert answer.url == "/settings/address/"
    assert client.get("/settings/address/").status_code == 200


def test_somebody_elses_address_is_not_given_away_and_not_taken(
    here: Client, ada: Member, bo: Member
) -> None:
    assert ask(here, "free@example.org") == ask(here, bo.email) == 302
    here.post("/sign-up/code/", {"code": code_for(bo.email)})
    ada.refresh_from_db()
    assert ada.email == OLD


def test_the_first_hosts_own_address_takes_the_place_of_the_nameless_one() -> None:
    host = actions.first_host()
    assert host is not None
    actions.rename(host, name="Siri Haugen", email="Siri@example.org")
    assert addresses(host) == [("siri@example.org", True, True)]


def test_each_account_has_one_verified_primary_address(ada: Member, bo: Member, hana: Member) -> None:
    for member in Member.objects.all():
        assert addresses(member) == [(member.email, True, True)]
    waiting = actions.join(email="Wait@example.org", name="Wait", confirmed=False)
    assert addresses(waiting) == [("wait@example.org", True, False)]
