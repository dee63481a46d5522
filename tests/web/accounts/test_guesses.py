"""One budget per account over every door, counted over all of them together (b2, b3, G9)."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, RequestFactory
from django.urls import get_resolver

from kith.core.models import Budget
from kith.members import guesses, links
from kith.members.models import Member
from tests.web.accounts.mail import GOOD, code_for
from tests.web.test_permissions import routes

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
EMAIL = "ada@example.org"


@pytest.fixture
def guarded(ada: Member) -> Member:
    """Ada with everything that can be guessed at: a password, an app, recovery codes."""
    ada.set_password(GOOD)
    ada.save()
    return ada


def with_app(member: Member) -> Member:
    from allauth.core import context

    with context.request_context(RequestFactory().get("/")):
        TOTP.activate(member, generate_totp_secret())
        RecoveryCodes.activate(member)
    return member


def wrong_password(client: Client, member: Member) -> int:
    return client.post("/sign-in/", {"login": member.email, "password": "wrong password"}).status_code


def wrong_login_code(client: Client, member: Member) -> int:
    if "account_login" not in client.session:
        client.post("/sign-in/by-code/", {"email": member.email})
    return client.post("/sign-in/code/", {"code": "BBBB-BBBB"}).status_code


def wrong_reset_code(client: Client, member: Member) -> int:
    if "account_password_reset_verification" not in client.session:
        client.post("/sign-in/forgotten/", {"email": member.email})
    return client.post("/sign-in/forgotten/code/", {"code": "BBBB-BBBB"}).status_code


def wrong_link(client: Client, member: Member) -> int:
    links.one_time_link(member)
    return client.post(f"/link/{member.public_id}/abc-def/").status_code


def wrong_second_step(client: Client, member: Member) -> int:
    if "account_login" not in client.session:
        client.post("/sign-in/", {"login": member.email, "password": GOOD})
    return client.post("/sign-in/second-step/", {"code": "000000"}).status_code


def wrong_passkey_second_step(client: Client, member: Member) -> int:
    if "account_login" not in client.session:
        client.post("/sign-in/", {"login": member.email, "password": GOOD})
    return client.post("/sign-in/second-step/", {"credential": '{"id": "x"}'}).status_code


def wrong_again(client: Client, member: Member) -> int:
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post("/again/", {"password": "wrong password"}).status_code


def wrong_again_second_step(client: Client, member: Member) -> int:
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post("/again/second-step/", {"code": "000000"}).status_code


def wrong_again_code(client: Client, member: Member) -> int:
    Member.objects.filter(pk=member.pk).update(password="!")
    Authenticator.objects.filter(user=member).delete()
    client.force_login(Member.objects.get(pk=member.pk))
    return client.post("/again/code/", {"code": "BBBB-BBBB"}).status_code


def wrong_old_password(client: Client, member: Member) -> int:
    if "_auth_user_id" not in client.session:
        client.post("/sign-in/", {"login": member.email, "password": GOOD})
        del client.cookies["kith_device"]
    typed = {"oldpassword": "wrong password", "password1": "another quiet river"}
    return client.post("/settings/password/", typed).status_code


# Which route takes a guess, and how a wrong one is made there.
DOORS: dict[str, Callable[[Client, Member], int]] = {
    "account_login": wrong_password,
    "account_confirm_login_code": wrong_login_code,
    "account_confirm_password_reset_code": wrong_reset_code,
    "link": wrong_link,
    "mfa_authenticate": wrong_second_step,
    "account_reauthenticate": wrong_again,
    "mfa_reauthenticate": wrong_again_second_step,
    "again_by_code": wrong_again_code,
    "account_change_password": wrong_old_password,
}
NEEDS_APP = {"mfa_authenticate", "mfa_reauthenticate"}
# Doors that mail may still open from a small budget of their own when the account's is spent.
MAILED = {"account_confirm_login_code", "account_confirm_password_reset_code", "again_by_code"}
# Doors tried elsewhere: their own tests say how.
COUNTED_ELSEWHERE = {
    "account_email_verification_sent",  # test_a_code_for_a_new_address_is_counted
    "mfa_reauthenticate_webauthn",  # the same form as at mfa_authenticate
    "mfa_login_webauthn",  # test_places: names no account before it is opened
    "join",  # test_places
    "claim",  # test_places
}
# Routes of accounts that compare nothing secret; what each asks before is a door of the lists above.
NO_DOOR = {
    "front", "walk_in", "welcome", "sign_out", "styleguide", "held", "appeal", "ask_again", "settings",
    "keep_address", "account_signup", "account_request_login_code", "account_reset_password",
    "account_complete_password_reset", "account_password_reset_completed", "account_inactive",
    "account_email", "account_set_password", "usersessions_list", "socialaccount_connections",
    "socialaccount_signup", "socialaccount_login_cancelled", "socialaccount_login_error", "mfa_index",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "openid_connect_login", "openid_connect_callback",  # the provider's guesses; ours is a state of the session
}  # fmt: skip


def test_every_route_of_accounts_is_a_door_that_counts_or_none() -> None:
    from kith.web.urls import accounts

    here = {route.name for route in accounts.urlpatterns}
    assert here == DOORS.keys() | COUNTED_ELSEWHERE | NO_DOOR
    assert here <= {route.name for route in routes(get_resolver())}


@pytest.mark.parametrize(
    "door",
    [pytest.param(door, marks=pytest.mark.slow if place % 3 else ()) for place, door in enumerate(DOORS)],
)
def test_five_wrong_guesses_at_a_door_are_checked_and_no_more(guarded: Member, door: str) -> None:
    if door in NEEDS_APP:
        with_app(guarded)
    client = Client()
    answers = [DOORS[door](client, guarded) for _ in range(14)]
    checked = [answer for answer in answers if answer != 429]
    assert len(checked) == (8 if door in MAILED else 5), answers
    assert answers[-1] == 429


def test_the_doors_share_one_budget_whatever_the_spelling_of_the_address(guarded: Member) -> None:
    with_app(guarded)
    spellings = ["ada@example.org", "ADA@example.org", " ada@EXÄMPLE.org "]
    for spelling in spellings:
        Client().post("/sign-in/", {"login": spelling, "password": "wrong password"})
    assert wrong_link(Client(), guarded) == 410
    assert wrong_second_step(Client(), guarded) == 422
    answer = Client().post("/sign-in/", {"login": "ada@example.org", "password": GOOD})
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 300


def test_a_day_has_twenty_guesses(guarded: Member) -> None:
    for _window in range(4):
        for place in range(5):
            guesses.guess(EMAIL, f"198.51.100.{place}")
        Budget.objects.filter(key=f"guess:{guesses.account_key(EMAIL)}").delete()
        Budget.objects.filter(key__startswith="place:").delete()
    with pytest.raises(guesses.TooMany, match="hours"):
        guesses.guess(EMAIL, "198.51.100.9")


def test_right_guesses_cost_nothing(guarded: Member) -> None:
    for _ in range(12):
        assert Client().post("/sign-in/", {"login": EMAIL, "password": GOOD}).status_code == 302


def test_an_unknown_address_is_counted_like_a_known_one() -> None:
    answers = [
        Client().post("/sign-in/", {"login": "nobody@example.org", "password": "wrong"}).status_code
        for _ in range(6)
    ]
    assert answers == [422] * 5 + [429]


def test_the_device_that_signed_in_before_is_not_locked_out(guarded: Member) -> None:
    known = Client()
    known.post("/sign-in/", {"login": EMAIL, "password": GOOD})
    known.post("/sign-out/")
    for _ in range(6):
        wrong_password(Client(), guarded)
    assert Client().post("/sign-in/", {"login": EMAIL, "password": GOOD}).status_code == 429
    assert known.post("/sign-in/", {"login": EMAIL, "password": GOOD}).status_code == 302
    known.post("/sign-out/")
    assert [wrong_password(known, guarded) for _ in range(6)] == [422] * 5 + [
        429
    ]  # and has a budget of its own


def test_a_device_known_to_one_account_is_no_way_into_another(guarded: Member, bo: Member) -> None:
    bo.set_password(GOOD)
    bo.save()
    mine = Client()
    mine.post("/sign-in/", {"login": bo.email, "password": GOOD})
    mine.post("/sign-out/")
    assert [wrong_password(mine, guarded) for _ in range(6)] == [422] * 5 + [429]


def test_a_mailed_code_opens_a_locked_account(guarded: Member) -> None:
    for _ in range(6):
        wrong_password(Client(), guarded)
    visitor = Client()
    visitor.post("/sign-in/by-code/", {"email": EMAIL})
    assert visitor.post("/sign-in/code/", {"code": code_for(EMAIL)}).url == "/today/"


def test_a_code_for_a_new_address_is_counted(guarded: Member) -> None:
    here = Client()
    here.post("/sign-in/", {"login": EMAIL, "password": GOOD})
    here.post("/settings/address/", {"action_add": "1", "email": "new@example.org"})
    answers = [here.post("/sign-up/code/", {"code": "BBBB-BBBB"}).status_code for _ in range(4)]
    assert answers == [422, 422, 302, 302]  # the third wrong code ends the change


class TestPlaces:
    """At most ten a minute from one address or one /64."""

    def guess(self, number: int, **headers: str) -> int:
        typed = {"login": f"person{number}@example.org", "password": "wrong"}
        return Client(**headers).post("/sign-in/", typed).status_code  # type: ignore[arg-type]

    def test_ten_a_minute_from_one_address_over_all_accounts(self) -> None:
        assert [self.guess(n) for n in range(11)] == [422] * 10 + [429]

    def test_a_network_of_ipv6_is_one_place(self) -> None:
        answers = [self.guess(n, REMOTE_ADDR=f"2001:db8::{n:x}") for n in range(11)]
        assert answers == [422] * 10 + [429]
        assert self.guess(12, REMOTE_ADDR="2001:db8:0:1::1") == 422

    def test_a_forged_header_changes_nothing(self) -> None:
        answers = [self.guess(n, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}") for n in range(11)]
        assert answers == [422] * 10 + [429]

    def test_behind_a_trusted_proxy_another_member_still_signs_in(self, guarded: Member, settings) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        forged = [self.guess(n, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 192.0.2.66") for n in range(11)]
        assert forged == [422] * 10 + [429]
        typed = {"login": EMAIL, "password": GOOD}
        assert Client(HTTP_X_FORWARDED_FOR="192.0.2.7").post("/sign-in/", typed).status_code == 302

    def test_join_links_and_passkeys_are_counted_by_place(self) -> None:
        answers = [Client().get(f"/join/guess{n}/").status_code for n in range(4)]
        answers += [Client().get(f"/claim/guess{n}/").status_code for n in range(4)]
        passkeys = [
            Client().post("/sign-in/passkey/", {"credential": '{"id": "x"}'}).status_code for _ in range(3)
        ]
        assert answers == [410] * 8 and passkeys == [302, 302, 429]

    def test_sign_ups_from_one_place_are_counted(self, db: None) -> None:
        from kith.core.host import set_setting

        set_setting("sign_up", "open")
        typed = [{"name": "N", "email": f"n{n}@example.org"} for n in range(21)]
        assert [Client().post("/sign-up/", one).status_code for one in typed] == [302] * 20 + [429]


def test_the_page_says_how_long_to_wait(guarded: Member) -> None:
    for _ in range(5):
        wrong_password(Client(), guarded)
    answer = Client().post("/sign-in/", {"login": EMAIL, "password": GOOD})
    assert answer.status_code == 429 and "Retry-After" in answer
    assert GOOD not in answer.content.decode()


def test_letters_to_one_address_are_counted_known_or_not(guarded: Member) -> None:
    for email in (EMAIL, "nobody@example.org"):
        answers = [Client().post("/sign-in/by-code/", {"email": email}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]


def test_no_address_stands_in_the_budgets(guarded: Member) -> None:
    wrong_password(Client(), guarded)
    assert not Budget.objects.filter(key__contains="ada").exists()
