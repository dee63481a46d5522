"""A press that arrives twice acts once, and the second answer is the first (c14): connect, accept, follow, endorse."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from kith.members.actions import join
from kith.members.models import Member
from kith.network import adjacency
from kith.network.actions import invitations as acts
from kith.network.actions.connections import connect
from kith.network.models import Connection, Follow, Invitation
from kith.notifications.models import Notification
from kith.profiles.models import Endorsement
from tests.cast import BACKEND
from tests.network.racing import AT_ONCE, race

pytestmark = pytest.mark.thorough

NONCE = "pressed-once-by-ada"
HOW = "We edited the safety report of 2021 together"
CASES = ("connect", "accept", "follow", "endorse")
WAYS = ("key", "nonce")


def prepared(case: str) -> tuple[Member, str, dict[str, str], type[Model]]:
    """Who presses, where, with which words, and what is made by it."""
    ada, bo = join(email="ada@example.org", name="Ada Lund"), join(email="bo@example.org", name="Bo Ferreira")
    at = f"/people/{bo.handle}/"
    if case == "accept":
        asked = acts.invite(bo, ada)
        return ada, f"/network/invitations/{asked.public_id}/answer/", {"answer": "accept"}, Connection
    if case == "endorse":
        connect(ada, bo)
        return ada, f"{at}endorse/", {"name": "Editing", "how": HOW}, Endorsement
    if case == "follow":
        return ada, f"{at}follow/", {}, Follow
    return ada, f"{at}connect/", {"note": "We met in Porto."}, Invitation


def press(member: Member, path: str, typed: dict[str, str], way: str) -> HttpResponse:
    """One sending, from a browser of its own as a proxy's retry would be."""
    client = Client()
    client.force_login(member, backend=BACKEND)
    if way == "key":
        return client.post(path, typed, headers={"Idempotency-Key": NONCE})
    return client.post(path, {**typed, "once": NONCE} if way == "nonce" else typed)


def is_once(case: str, made: type[Model], answers: list[Any]) -> None:
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert made._default_manager.count() == 1
    kind = {
        "connect": "invited",
        "accept": "invitation_accepted",
        "follow": "followed",
        "endorse": "endorsed",
    }
    assert Notification.objects.filter(kind=kind[case]).count() == 1
    assert adjacency.differences() == []


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES)
def test_one_after_the_other(case: str, way: str) -> None:
    member, path, typed, made = prepared(case)
    is_once(case, made, [press(member, path, typed, way) for _time in range(3)])


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES)
def test_twenty_at_once(case: str, way: str) -> None:
    member, path, typed, made = prepared(case)
    [answers] = race([[partial(press, member, path, typed, way)] * AT_ONCE])
    is_once(case, made, answers)


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_without_any_name_of_the_form_it_is_one_row_too(case: str) -> None:
    """A browser's reload: refused or the same, but never two rows and never a fault."""
    member, path, typed, made = prepared(case)
    answers = [press(member, path, typed, "plain") for _time in range(2)]
    assert answers[0].status_code == 302 and answers[1].status_code in (302, 422)
    assert made._default_manager.count() == 1


@pytest.mark.django_db
def test_the_same_name_with_other_words_is_refused(signed_in: Callable[[Member], Client]) -> None:
    member, path, typed, _made = prepared("connect")
    assert press(member, path, typed, "key").status_code == 302
    assert press(member, path, {"note": "Something else"}, "key").status_code == 409
    assert Invitation.objects.get().note == "We met in Porto."
