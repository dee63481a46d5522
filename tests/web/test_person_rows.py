"""Whoever stands in a list stands there alike: how near, whom both know, what could come next (E-09, CON-01, S-27)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from kith.members.actions import join
from kith.members.models import Member
from kith.members.organisations import find_or_make
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.follows import follow
from kith.network.actions.invitations import invite
from kith.profiles.actions import add_skills
from kith.profiles.actions.endorsements import endorse
from kith.profiles.actions.recommendations import approve, write_recommendation
from kith.profiles.models import Position
from tests.desk.test_from_archive import contact_of, findable

SignIn = Callable[[Member], Client]
COMPANY = "the company"
LISTS = {
    "people": "/people/",
    "followers": "/network/followers/",
    "following": "/network/following/",
    "a connection's connections": "/people/bo-ferreira/connections/",
    "a company": COMPANY,
    "contacts who are here": "/network/from-archive/",
}


@pytest.fixture
def cy(ada: Member, bo: Member) -> Member:
    """Two steps from Ada, in every list of hers."""
    cy = findable(join(email="cy@example.org", name="Cy Moss"))
    choose(bo, may_browse="members")
    connect(ada, bo)
    connect(bo, cy)
    follow(cy, ada)
    follow(ada, cy)
    contact_of(ada, cy.email)
    Position.objects.create(member=cy, title="Clerk", organisation=find_or_make("Novamed"))
    return cy


@pytest.mark.parametrize("name", LISTS)
def test_every_row_says_how_near_whom_both_know_and_offers_to_connect(
    name: str, ada: Member, cy: Member, signed_in: SignIn
) -> None:
    path = LISTS[name]
    if path == COMPANY:
        path = f"/companies/{find_or_make('Novamed').public_id}/"
    words = signed_in(ada).get(path).content.decode()
    rows = [row for row in words.split('<li class="row"')[1:] if "Cy Moss" in row]
    assert rows
    for row in rows:
        assert "2nd degree" in row and "/people/cy-moss/connect/" in row and 'hx-target="#sheet"' in row
        assert "1 mutual connection" in row or "through" in row or "You both know Bo Ferreira" in row
    assert 'id="sheet"' in words and "sheet.js" in words


def test_a_suggestion_stands_like_any_other_row(ada: Member, cy: Member, signed_in: SignIn) -> None:
    words = signed_in(ada).get("/people/").content.decode()
    row = re.search(rf'<li class="row" data-row id="suggested-{cy.public_id}".*?</li>', words, re.DOTALL)
    assert row and "2nd degree" in row[0] and 'hx-target="#sheet"' in row[0]


def test_whoever_vouches_and_whoever_is_asked_stands_with_their_degree(
    ada: Member, bo: Member, cy: Member, mal: Member, signed_in: SignIn
) -> None:
    add_skills(bo, "Editing")
    endorse(cy, bo, "Editing", "We edited the safety report together")
    words = "Bo found the one wrong unit in a table of four hundred, and told me before the deadline came."
    approve(write_recommendation(cy, bo, words, "The same desk", send=True), bo, words)
    invite(ada, mal)
    client, told = signed_in(ada), ", 2nd degree"
    profile = client.get("/people/bo-ferreira/").content.decode()
    rows = [row for row in profile.split('<li class="row')[1:] if "Cy Moss" in row]
    assert len(rows) == 2 and all(told in row for row in rows)
    connect(mal, cy)
    connect(mal, bo)
    for path in ("/network/", "/network/invitations/sent/"):
        row = client.get(path).content.decode().split("Mal Grey", 1)[1][:300]
        assert told in row, path
    own = signed_in(bo)
    for path in ("/endorsements/", "/recommendations/"):
        assert ", 1st degree" in own.get(path).content.decode()
