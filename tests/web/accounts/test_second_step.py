"""The authenticator app, recovery codes, and what of them is stored and told."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from kith.members.models import Member
from tests.web.accounts.mail import GOOD, is_in, letters_to, sign_in_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def code_of(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def here(ada: Member) -> Client:
    ada.set_password(GOOD)
    ada.save()
    client = Client()
    client.post("/sign-in/", {"login": ada.email, "password": GOOD})
    return client


@pytest.fixture
def secret(here: Client) -> str:
    """The app's, once it is in use."""
    here.get("/settings/app/")
    secret: str = here.session["mfa.totp.secret"]
    assert here.post("/settings/app/", {"code": code_of(secret)}).url == "/settings/recovery-codes/"
    return secret


def at_second_step(email: str = "ada@example.org") -> Client:
    client = Client()
    assert client.post("/sign-in/", {"login": email, "password": GOOD}).url == "/sign-in/second-step/"
    return client


def test_signing_in_asks_for_a_code_of_the_app_also_after_a_mailed_code(secret: str, ada: Member) -> None:
    visitor = at_second_step()
    assert not is_in(visitor) and visitor.get("/today/").status_code == 302
    assert visitor.post("/sign-in/second-step/", {"code": code_of(secret, 1)}).url == "/today/"
    assert is_in(visitor)
    by_mail = Client()
    sign_in_by_code(by_mail, ada.email)
    assert not is_in(by_mail)


def test_a_code_of_the_app_opens_once(secret: str) -> None:
    code = code_of(secret, 1)
    assert at_second_step().post("/sign-in/second-step/", {"code": code}).status_code == 302
    assert (
        at_second_step().post("/sign-in/second-step/", {"code": code[:3] + " " + code[3:]}).status_code == 422
    )


def test_a_recovery_code_opens_once_in_its_place(secret: str, here: Client, ada: Member) -> None:
    page = here.get("/settings/recovery-codes/")
    code = page.context["unused_codes"][0]
    assert at_second_step().post("/sign-in/second-step/", {"code": code}).status_code == 302
    assert at_second_step().post("/sign-in/second-step/", {"code": code}).status_code == 422
    assert "9 left" in here.get("/settings/").content.decode()


def test_what_is_stored_opens_nothing_without_the_houses_key(secret: str, ada: Member) -> None:
    kept = str(list(Authenticator.objects.filter(user=ada).values_list("data", flat=True)))
    assert secret not in kept


@pytest.mark.django_db(transaction=True)  # the letter waits for the commit
def test_changes_are_told_by_mail(secret: str, here: Client, ada: Member) -> None:
    assert "app was added" in " ".join(letter.subject for letter in letters_to(ada.email))
    assert here.post("/settings/app/remove/").status_code == 302
    assert "app was removed" in letters_to(ada.email)[-1].subject
    assert Client().post("/sign-in/", {"login": ada.email, "password": GOOD}).url == "/today/"


def test_the_settings_name_what_is_in_use(secret: str, here: Client) -> None:
    page = here.get("/settings/").content.decode()
    assert "asked when you sign in" in page and "10 left" in page
    assert here.get("/settings/recovery-codes/file/")["Content-Disposition"].startswith("attachment")


def test_nobody_opens_another_members_passkey(here: Client, bo: Member) -> None:
    key = Authenticator.objects.create(user=bo, type="webauthn", data={"name": "Bo's", "credential": {}})
    assert here.get(f"/settings/passkeys/{key.pk}/remove/").status_code == 404
    assert here.post(f"/settings/passkeys/{key.pk}/", {"name": "Mine"}).status_code == 404
