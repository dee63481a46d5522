"""Whoever is suspended, and a draft nobody was shown, change nothing on the pages of others (d6)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.models import Member
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.invitations import invite
from kith.network.asking import needs_address
from kith.network.reach import Reach
from kith.profiles.actions.recommendations import ask_for_recommendation, write_recommendation
from tests.safety.pages import chanceless

pytestmark = pytest.mark.thorough

SignIn = Callable[[Member], Client]


def suspend(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(suspended_at=timezone.now())


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_suspended_recipient_is_named_nowhere_while_it_lasts(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    asked = invite(ada, bo, "Hello")
    suspend(bo)
    client = signed_in(ada)
    assert bo.name not in read(client, "/network/") + read(client, "/network/invitations/sent/")
    assert client.get(f"/network/invitations/{asked.public_id}/").status_code == 404
    Member.objects.filter(pk=bo.pk).update(suspended_at=None)
    assert bo.name in read(client, "/network/invitations/sent/")


def test_the_count_of_connections_is_that_of_their_list(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    connect(ada, bo)
    connect(ada, mal)
    suspend(mal)
    assert signed_in(ada).get("/network/").context["connections"] == 1


def test_only_a_suspended_common_connection_is_none(ada: Member, bo: Member, mal: Member) -> None:
    connect(ada, mal)
    connect(bo, mal)
    choose(bo, may_invite="mutual")
    assert needs_address(ada, bo, restricted=False) == ""
    suspend(mal)
    with pytest.raises(Refused, match="somebody they know"):
        needs_address(ada, bo, restricted=False)


def test_the_arithmetic_of_reach_counts_nobody_who_may_not_be_told(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    connect(ada, bo)
    for number, hide in enumerate((lambda one: choose(one, in_paths=False), suspend, lambda one: None)):
        far = join(email=f"far{number}@example.org", name=f"Far {number}")
        connect(bo, far)
        hide(far)
    assert "1 connection with 2 of their own: up to 2 people" in read(signed_in(ada), "/network/reach/")


def test_who_may_not_be_named_chooses_no_way_of_three_steps(ada: Member, bo: Member, mal: Member) -> None:
    via, last, far = (join(email=f"{name}@example.org", name=name) for name in ("Via", "Last", "Far"))
    for one, other in ((ada, via), (ada, bo), (via, last), (bo, last), (last, far)):
        connect(one, other)
    way = Reach(ada.pk, {mal.pk}).path(far.pk)
    connect(mal, far)
    connect(mal, via)
    assert Reach(ada.pk, {mal.pk}).path(far.pk) == way


def test_a_draft_shows_in_nothing_that_its_subject_reads(ada: Member, bo: Member, signed_in: SignIn) -> None:
    connect(ada, bo)
    ask_for_recommendation(ada, bo, "We ran the harbour")
    client = signed_in(ada)
    pages = ("/recommendations/", f"/people/{bo.handle}/recommend/")
    before = [chanceless(client.get(page)) for page in pages]
    write_recommendation(bo, ada, "A first sentence", "Harbour works, as I remember", send=False)
    assert [chanceless(client.get(page)) for page in pages] == before
