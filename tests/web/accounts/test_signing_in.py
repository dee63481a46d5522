"""Signing in by password, mailed code and link; what ends sessions; what a held member may open."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.utils import timezone

from kith.members import links, restrictions
from kith.members.models import Member
from tests.web.accounts.mail import GOOD, code_for, is_in, letters_to, sign_in_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def ada_with_password(ada: Member) -> Member:
    ada.set_password(GOOD)
    ada.save()
    return ada


def sign_in(client: Client, password: str = GOOD, email: str = "ada@example.org") -> int:
    return client.post("/sign-in/", {"login": email, "password": password}).status_code


def test_a_password_signs_in_whatever_the_case_of_the_address(ada_with_password: Member) -> None:
    visitor = Client()
    before = visitor.get("/").client.session.session_key
    assert sign_in(visitor, email=" ADA@Example.org") == 302
    assert is_in(visitor) and visitor.session.session_key != before
    assert identify_hasher(ada_with_password.password).algorithm == "argon2"


def test_a_wrong_password_says_so_and_keeps_the_address(ada_with_password: Member) -> None:
    answer = Client().post("/sign-in/", {"login": "ada@example.org", "password": "not this one"})
    assert answer.status_code == 422
    assert "do not match" in answer.content.decode() and 'value="ada@example.org"' in answer.content.decode()


def test_without_a_password_a_code_is_mailed(ada: Member) -> None:
    visitor = Client()
    sign_in_by_code(visitor, "ada@example.org")
    assert is_in(visitor)
    assert "is your code" in letters_to("ada@example.org")[-1].subject


def test_after_signing_in_one_is_where_one_wanted_to_go(ada_with_password: Member) -> None:
    visitor = Client()
    assert visitor.get("/contacts/").url == "/?next=/contacts/"
    assert 'name="next" value="/contacts/"' in visitor.get("/?next=/contacts/").content.decode()
    answer = visitor.post("/sign-in/", {"login": "ada@example.org", "password": GOOD, "next": "/contacts/"})
    assert answer.url == "/contacts/"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example/", "https:evil"]
)
def test_nobody_is_sent_to_another_host(ada_with_password: Member, elsewhere: str) -> None:
    typed = {"login": "ada@example.org", "password": GOOD, "next": elsewhere}
    assert Client().post("/sign-in/", typed).url == "/today/"


def test_a_new_password_by_code_signs_everything_else_out(ada_with_password: Member) -> None:
    elsewhere, visitor = Client(), Client()
    sign_in(elsewhere)
    assert visitor.post("/sign-in/forgotten/", {"email": "ada@example.org"}).url == "/sign-in/forgotten/code/"
    visitor.post("/sign-in/forgotten/code/", {"code": code_for("ada@example.org")})
    assert visitor.post("/sign-in/forgotten/new/", {"password1": "another quiet river"}).status_code == 302
    assert elsewhere.get("/today/").url.startswith("/?next=")
    assert sign_in(Client()) == 422 and sign_in(Client(), "another quiet river") == 302
    assert "was replaced" in letters_to("ada@example.org")[-1].subject


@pytest.mark.parametrize("password", ["short", "password1234", "ada lund ada", "1234567890"])
def test_a_weak_password_is_refused_with_the_reason(ada: Member, password: str) -> None:
    visitor = Client()
    sign_in_by_code(visitor, "ada@example.org")
    answer = visitor.post("/settings/password/first/", {"password1": password})
    assert answer.status_code == 422 and 'class="refusal"' in answer.content.decode()


def test_changing_the_password_keeps_this_session_and_ends_the_others(ada_with_password: Member) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    answer = here.post("/settings/password/", {"oldpassword": GOOD, "password1": "another quiet river"})
    assert answer.status_code == 302
    assert here.get("/today/").status_code == 200
    assert elsewhere.get("/today/").status_code == 302
    assert "was changed" in letters_to("ada@example.org")[-1].subject


def test_closing_an_account_ends_its_sessions_on_the_next_request(ada_with_password: Member) -> None:
    here = Client()
    sign_in(here)
    Member.objects.filter(pk=ada_with_password.pk).update(is_active=False)
    assert here.get("/today/").url.startswith("/?next=")
    assert sign_in(Client()) == 302  # to the page that says the account is closed
    assert not is_in(here) or here.get("/today/").status_code == 302


def test_the_suspended_read_why_and_appeal_once(ada_with_password: Member, hana: Member) -> None:
    here = Client()
    sign_in(here)
    restrictions.suspend(ada_with_password, hana, "Twelve unwanted offers in a day.")
    assert here.get("/contacts/").status_code == 302 and not is_in(here)
    sign_in(here)
    assert here.get("/contacts/").url == "/held/"
    assert "Twelve unwanted offers" in here.get("/held/").content.decode()
    assert here.post("/held/appeal/", {"appeal": " "}).status_code == 422
    here.post("/held/appeal/", {"appeal": "They had asked me for them."})
    assert "They had asked me" in here.get("/held/").content.decode()


def test_sessions_are_listed_and_ended_elsewhere(ada_with_password: Member) -> None:
    here, elsewhere = Client(), Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    sign_in(here)
    sign_in(elsewhere)
    assert "Firefox, Linux" in here.get("/settings/sessions/").content.decode()
    here.post("/settings/sessions/")
    assert elsewhere.get("/today/").status_code == 302 and here.get("/today/").status_code == 200


def test_whoever_is_held_back_is_offered_no_place_that_sends_them_back(
    ada_with_password: Member, hana: Member
) -> None:
    restrictions.suspend(ada_with_password, hana, "Forty identical letters.")
    here = Client()
    sign_in(here)
    page = here.get("/held/").content.decode()
    assert "Sign out" in page
    for place in ("/today/", "/people/", "/notices/", "/settings/", "/bring-in/"):
        assert f'href="{place}' not in page


def test_a_link_made_by_hand_lets_in_whoever_waits(ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(confirmed_at=None)
    visitor = Client()
    visitor.post(links.one_time_link(ada))
    assert visitor.get("/today/").status_code == 200


def test_a_newer_link_ends_the_older(ada: Member) -> None:
    older, newer = links.one_time_link(ada), links.one_time_link(ada)
    assert Client().post(older).status_code == 410
    assert Client().post(newer).status_code == 302


def test_the_known_device_is_remembered_without_the_address(ada_with_password: Member) -> None:
    visitor = Client()
    sign_in(visitor)
    cookie = visitor.cookies["kith_device"]
    assert cookie["httponly"] and "ada" not in cookie.value and timezone.now()
