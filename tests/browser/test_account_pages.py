"""Accounts in a real browser: by link and code, password, app, passkey, sessions, on a phone and a desk."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import CDPSession, Page, expect

from kith.core.host import forget_setting, set_setting
from kith.core.models import Budget
from kith.members import joining, restrictions
from kith.members.actions import join
from kith.members.models import Member
from tests.browser.checks import WIDTHS, is_sound
from tests.web.accounts.mail import GOOD, code_for
from tests.web.accounts.test_second_step import code_of


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch, stored: None) -> Iterator[None]:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "kith.core.mail.OutboxBackend")
    Budget.objects.all().delete()
    yield
    forget_setting("sign_up")


def authenticator(page: Page) -> CDPSession:
    """A phone's own passkeys, as Chromium plays them."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def sign_out(page: Page) -> None:
    page.locator("details.me > summary").click()
    page.get_by_role("button", name="Sign out").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_join_link_to_password_app_and_passkey(
    page: Page, stored: None, complaints: list[str], width: int
):
    host = join(email=f"host{width}@example.org", name="Hana Okafor", as_host=True)
    _link, token = joining.make_join_link(host)
    email = f"cy{width}@example.org"
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"/join/{token}/")
    expect(page.get_by_role("heading", name="Hana Okafor asks you into Kith")).to_be_visible()
    is_sound(page, width)
    page.get_by_role("button", name="Sign up").click()
    is_sound(page, width)
    page.get_by_label("Name").fill("Cy Novak")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Mail me the code").click()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("this is not the code")
    is_sound(page, width)
    page.get_by_label("Code").fill(code_for(email))
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/today/")

    page.goto("/settings/")
    is_sound(page, width)
    page.get_by_role("link", name="Set a password").click()
    is_sound(page, width)
    page.get_by_label("New password").fill(GOOD)
    page.get_by_role("button", name="Save the password").click()

    page.goto("/settings/app/")
    is_sound(page, width)
    secret = page.locator("code.key").inner_text()
    page.get_by_label("Code of the app").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    is_sound(page, width)

    authenticator(page)
    page.goto("/settings/passkeys/add/")
    page.get_by_label("Name of the passkey").fill("My phone")
    is_sound(page, width)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/settings/")
    page.goto("/settings/passkeys/")
    expect(page.locator(".who", has_text="My phone")).to_be_visible()
    is_sound(page, width)

    page.goto("/today/")
    sign_out(page)
    is_sound(page, width)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/today/")

    sign_out(page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    is_sound(page, width)
    page.get_by_label("Code").fill(code_of(secret, 1))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page.goto("/settings/sessions/")
    expect(page.get_by_text("this one")).to_be_visible()
    is_sound(page, width)
    # 422 answers are told by the browser's console as failed loads; nothing else may be.
    assert [said for said in complaints if "422" not in said] == []


VISITORS = {
    "front": "/",
    "sign in": "/sign-in/",
    "by code": "/sign-in/by-code/",
    "forgotten": "/sign-in/forgotten/",
    "closed": "/sign-in/closed/",
    "spent": "/join/nothing/",
    "how to join": "/sign-up/",
    "link spent": "/link/abc/abc-def/",
    "cancelled": "/sign-in/cancelled/",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", VISITORS)
def test_pages_of_visitors_are_sound(page: Page, stored: None, name: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(VISITORS[name])
    is_sound(page, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_held_are_sound(page: Page, as_member: Callable[[Member], None], width: int):
    set_setting("sign_up", "approval")
    host = join(email=f"h{width}@example.org", name="Hana", as_host=True)
    waiting = join(email=f"w{width}@example.org", name="Wim", confirmed=False)
    joining.ask_to_join(waiting, "I teach chemistry at the school next door.")
    suspended = join(email=f"s{width}@example.org", name="Sal")
    restrictions.suspend(suspended, host, "Twelve unwanted offers in one day, after two warnings.")
    page.set_viewport_size({"width": width, "height": 900})
    for member in (waiting, suspended):
        as_member(member)
        page.goto("/today/")
        expect(page).to_have_url("/held/")
        is_sound(page, width)
    page.get_by_label("Is this wrong? Say why").fill("They had asked me for them.")
    page.get_by_role("button", name="Appeal").click()
    expect(page.get_by_text("The host has not answered yet.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_saying_once_more_who_one_is(page: Page, as_member: Callable[[Member], None], width: int):
    plain = join(email=f"p{width}@example.org", name="Pia")
    keeper = join(email=f"k{width}@example.org", name="Kai")
    keeper.set_password(GOOD)
    keeper.save()
    page.set_viewport_size({"width": width, "height": 900})
    as_member(plain)
    page.goto("/settings/address/")
    is_sound(page, width)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").fill(code_for(plain.email))
    is_sound(page, width)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("New address")).to_be_visible()
    is_sound(page, width)
    as_member(keeper)
    page.goto("/settings/address/")
    is_sound(page, width)
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("New address").fill(f"kk{width}@example.org")
    page.get_by_role("button", name="Mail a code there").click()
    is_sound(page, width)
    page.goto("/settings/")
    expect(page.get_by_text("we wait for the code")).to_be_visible()
    is_sound(page, width)
    page.get_by_role("button", name="Keep the old one").click()
    expect(page.get_by_text("we wait for the code")).to_have_count(0)
