"""Signing in by an identity provider, against one that runs in its own process."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from kith.members.models import Member
from tests.web.accounts.mail import GOOD, is_in
from tests.web.accounts.provider_site import CLIENT, PASSWORD, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
BACK = "http://testserver/sign-in/with/provider/back/"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider's address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("provider")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.accounts.provider_site", str(folder), str(port), BACK], cwd=ROOT
    )
    url = f"http://localhost:{port}"
    try:
        for _ in range(200):
            try:
                requests.get(f"{url}/.well-known/openid-configuration", timeout=2).raise_for_status()
                break
            except requests.RequestException:
                assert process.poll() is None
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def provider(running: str, settings: Any) -> str:
    app = {"provider_id": "provider", "name": "Campus", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": running}  # type: ignore[assignment]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return running


def go_through(client: Client, provider: str, email: str, *, connect: bool = False) -> Any:
    """Our button, their sign-in, back to us."""
    there = client.post("/sign-in/with/provider/" + ("?process=connect" if connect else ""))
    assert there.status_code == 302 and there["Location"].startswith(provider)
    with requests.Session() as browser:
        browser.post(f"{provider}/accounts/login/", {"login": email, "password": PASSWORD}, timeout=20)
        answer = browser.get(there["Location"], allow_redirects=False, timeout=20)
    assert answer.status_code == 302, answer.text[:500]
    assert answer.headers["Location"].startswith(BACK)
    return client.get(answer.headers["Location"].removeprefix("http://testserver"))


def test_somebody_new_comes_in_by_the_provider_and_comes_again(provider: str) -> None:
    assert "Sign in with Campus" in Client().get("/").content.decode()
    visitor = Client()
    go_through(visitor, provider, "dee@example.org")
    member = Member.objects.get(email="dee@example.org")
    assert is_in(visitor) and member.confirmed_at and member.name == "Dee Marsh"
    assert EmailAddress.objects.get(user=member).verified
    again = Client()
    assert go_through(again, provider, "dee@example.org").url == "/today/"
    assert Member.objects.count() == 1


def test_an_address_that_is_known_here_opens_no_account(provider: str, ada: Member) -> None:
    visitor = Client()
    answer = go_through(visitor, provider, "ada@example.org")
    assert answer.status_code == 409 and "Sign in to it first" in answer.content.decode()
    assert not is_in(visitor) and not SocialAccount.objects.exists()


def test_signed_in_one_connects_and_is_told(provider: str, ada: Member) -> None:
    ada.set_password(GOOD)
    ada.save()
    here = Client()
    here.post("/sign-in/", {"login": ada.email, "password": GOOD})
    go_through(here, provider, "ada@example.org", connect=True)
    assert SocialAccount.objects.get().user == ada
    assert "connected: it can sign you in" in here.get("/settings/").content.decode()
    elsewhere = Client()
    assert go_through(elsewhere, provider, "ada@example.org").url == "/today/"
    here.post("/settings/provider/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_an_address_the_provider_has_not_verified_must_be_confirmed_here(provider: str) -> None:
    visitor = Client()
    assert go_through(visitor, provider, "eve@example.org").url == "/sign-up/code/"
    assert not is_in(visitor)
    assert Member.objects.get(email="eve@example.org").confirmed_at is None


def test_a_callback_nobody_asked_for_signs_nobody_in(provider: str) -> None:
    visitor = Client()
    answer = visitor.get("/sign-in/with/provider/back/?code=x&state=y")
    assert answer.status_code in (200, 401) and not is_in(visitor)


def test_the_environment_names_the_provider(tmp_path: Path) -> None:
    ask = (
        "from kith import settings as s; print(s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['name'], "
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env={
            "KITH_DATA": str(tmp_path),
            "PATH": "/usr/bin",
            "KITH_OIDC_URL": "https://id.example.org/realm",
            "KITH_OIDC_NAME": "Campus",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "Campus [\"'self'\", 'https://id.example.org']"
