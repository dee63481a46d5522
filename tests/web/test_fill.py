from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kith.contacts.models import ImportRun
from kith.members.models import Member
from kith.profiles.models import Position
from tests.profiles.test_fill import SAID

SignIn = Callable[[Member], Client]


@pytest.fixture
def run(ada: Member) -> ImportRun:
    return ImportRun.objects.create(
        owner=ada, file_name="a.zip", finished_at=timezone.now(), report={"profile": SAID}, as_of="2026-05-01"
    )


def test_the_page_shows_both_sides_and_takes_only_ticks(
    ada: Member, run: ImportRun, signed_in: SignIn
) -> None:
    Member.objects.filter(pk=ada.pk).update(headline="My own words", place="Oslo, Norway")
    client = signed_in(ada)
    words = client.get("/profile/fill/").content.decode()
    assert "My own words" in words and "Plans less, delivers more" in words
    assert "The same in both: <bdi>Oslo, Norway</bdi>" in words
    assert "checked" not in words
    response = client.post("/profile/fill/", {"take": ["positions-1"]}, follow=True)
    assert "1 thing is on your profile now." in response.content.decode()
    assert Position.objects.get().title == "Analyst"
    ada.refresh_from_db()
    assert ada.headline == "My own words"


def test_a_refusal_keeps_the_ticks(ada: Member, run: ImportRun, signed_in: SignIn) -> None:
    run.report = {"profile": {**SAID, "headline": "x" * 300}}
    run.save()
    response = signed_in(ada).post("/profile/fill/", {"take": ["headline", "positions-0"]})
    words = response.content.decode()
    assert response.status_code == 422
    assert "at most 220 characters" in words and words.count("checked") == 2
    assert not Position.objects.exists()


def test_without_an_archive_the_page_says_where_to_begin(
    ada: Member, bo: Member, run: ImportRun, signed_in: SignIn
) -> None:
    assert "No archive says anything" in signed_in(bo).get("/profile/fill/").content.decode()
    run.taken_back_at = timezone.now()
    run.save()
    assert "No archive says anything" in signed_in(ada).get("/profile/fill/").content.decode()


@pytest.mark.parametrize("tick", ["email", "positions-99", "name", "__class__", "x" * 9_999])
def test_a_tick_for_nothing_takes_nothing(tick: str, ada: Member, run: ImportRun, signed_in: SignIn) -> None:
    response = signed_in(ada).post("/profile/fill/", {"take": tick}, follow=True)
    assert "Nothing was ticked." in response.content.decode()
