"""The doors of the day: one-time links, walking in, the first host."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from kith.members import actions, links
from kith.members.models import Member
from kith.ops.logs import HideLinks, WordlessTraces

pytestmark = pytest.mark.django_db


def test_a_one_time_link_signs_in_by_a_press_and_only_once(ada: Member) -> None:
    path = links.one_time_link(ada)
    visitor = Client()
    assert visitor.get(path).status_code == 200
    assert "_auth_user_id" not in visitor.session
    assert visitor.post(path).status_code == 302
    assert visitor.session["_auth_user_id"] == str(ada.pk)
    assert Client().post(path).status_code == 410


def test_a_one_time_link_dies_after_three_days(ada: Member) -> None:
    path = links.one_time_link(ada)
    later = timezone.now().replace(tzinfo=None) + timedelta(days=3, minutes=1)
    with mock.patch.object(links._tokens, "_now", return_value=later):
        assert Client().post(path).status_code == 410


def test_a_link_made_for_one_member_opens_no_other_account(ada: Member, bo: Member) -> None:
    path = links.one_time_link(ada).replace(ada.public_id, bo.public_id)
    assert Client().post(path).status_code == 410


@pytest.mark.parametrize("email", ["", "no address", "a@", "x" * 300 + "@example.org"])
def test_an_address_that_is_none_is_refused_by_one_sentence(email: str) -> None:
    with pytest.raises(actions.CannotJoin, match="E-mail"):
        actions.join(email=email, name="Cy")


def test_an_address_is_taken_whatever_its_case(ada: Member) -> None:
    with pytest.raises(actions.CannotJoin, match="already has an account"):
        actions.join(email="ADA@example.org", name="Another Ada")


def test_the_first_real_person_becomes_the_host_and_nobody_after(
    signed_in: Callable[[Member], Client],
) -> None:
    path = actions.first_host_link()
    assert path is not None
    visitor = Client()
    assert visitor.post(path).url == "/welcome/"
    assert visitor.post("/welcome/", {"name": "Siri Haugen", "email": "siri@example.org"}).status_code == 302
    host = Member.objects.get(email="siri@example.org")
    assert host.is_host and host.demo_at is None and host.name == "Siri Haugen"
    assert actions.first_host_link() is None


def test_a_wrong_name_on_the_welcome_page_keeps_what_was_typed(
    signed_in: Callable[[Member], Client],
) -> None:
    host = actions.first_host()
    assert host is not None
    answer = signed_in(host).post("/welcome/", {"name": "", "email": "kept@example.org"})
    assert answer.status_code == 422
    assert "kept@example.org" in answer.content.decode()
    assert "Name: please give one" in answer.content.decode()


def test_walking_in_needs_the_demo_and_the_loopback(ada: Member) -> None:
    cast = actions.join(email="ingrid@demo.example", name="Ingrid", from_demo=True)
    assert Client().post("/walk-in/consultant/").status_code == 404
    actions.offer_walk_in({"consultant": cast, "new": ada})
    assert "new" not in actions.walk_in_roles()  # a member the demo did not make is nobody's door
    with override_settings(BOUND_TO_LOOPBACK=False):
        assert Client().post("/walk-in/consultant/").status_code == 404
    visitor = Client()
    assert visitor.post("/walk-in/consultant/").status_code == 302
    assert visitor.session["_auth_user_id"] == str(cast.pk)
    actions.stop_walk_in()
    assert Client().post("/walk-in/consultant/").status_code == 404


def test_every_page_carries_a_strict_policy(db: None) -> None:
    headers = Client().get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "default-src 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_nul_sign_in_an_address_is_a_clear_refusal(db: None) -> None:
    assert Client().get("/?q=%00").status_code == 400


def test_no_log_holds_a_link_that_still_signs_in(ada: Member, caplog: pytest.LogCaptureFixture) -> None:
    path = links.one_time_link(ada)
    caplog.handler.addFilter(HideLinks())
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert "/link/…/" in caplog.text
    assert path not in caplog.text and ada.public_id not in caplog.text
    assert Client(enforce_csrf_checks=True).post("/join/abc-TOKEN/").status_code == 403
    assert "/join/…/" in caplog.text and "TOKEN" not in caplog.text
    configured = settings.LOGGING["handlers"]["console"]["filters"]
    assert configured == ["hide_links"]


def test_no_log_holds_a_handle_or_what_was_typed_into_an_address(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(HideLinks())
    assert Client().get("/people/zelda-secret/").status_code == 404
    assert Client().get("/zelda/secret/").status_code == 404
    assert Client(enforce_csrf_checks=True).post("/people/zelda-secret/block/").status_code == 403
    assert caplog.text.count("Not Found: ") == 2 and "/people/<slug:handle>/block/" in caplog.text
    assert "zelda" not in caplog.text


def test_the_trace_of_a_fault_holds_no_words() -> None:
    typed = "zelda"[::-1]
    try:
        try:
            raise ValueError(typed)
        except ValueError as first:
            raise KeyError(typed) from first
    except KeyError as problem:
        told = WordlessTraces().formatException((KeyError, problem, problem.__traceback__))
    assert told.index("builtins.ValueError") < told.index("builtins.KeyError") and "test_doors.py" in told
    assert typed not in told
    assert settings.LOGGING["formatters"]["plain"]["()"] == "kith.ops.logs.WordlessTraces"


@pytest.mark.parametrize("address", ["/", "/today/", "/contacts/", "/nowhere/"])
def test_no_proxy_may_store_a_page(ada: Member, signed_in: Callable[[Member], Client], address: str) -> None:
    assert signed_in(ada).get(address)["Cache-Control"] == "private, no-cache"


def test_the_address_of_a_form_opened_by_hand_is_a_page_with_a_way_on(db: None) -> None:
    answer = Client().get("/sign-out/")
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert 'href="/"' in answer.content.decode()
