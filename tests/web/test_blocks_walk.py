"""No page says anything of somebody hidden by a block, whichever side made it (b28, d5): every GET route, random graphs.

Left out by design: the blocker's own list of whom they blocked, and the console, which lists everybody to its hosts.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import URLPattern, reverse

from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.models import Block, JoinRequest, Member
from kith.members.policy import Viewer
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect
from kith.network.actions.follows import follow
from kith.network.actions.invitations import accept, decline, invite, say, set_aside
from kith.network.models import Invitation
from kith.notifications.announcements import announce, tell_some
from kith.notifications.hosting import tell_hosts_of_request
from kith.notifications.models import Notification
from kith.profiles.actions import add_row
from kith.profiles.actions.endorsements import endorse
from kith.profiles.actions.recommendations import approve, write_recommendation
from kith.profiles.models import Position
from kith.trust.actions import report
from tests.cast import BACKEND
from tests.notifications.likes import like
from tests.web.permissions import MATRIX
from tests.web.permissions.host import HOST
from tests.web.test_permissions import routes

pytestmark = pytest.mark.thorough

MEMBERS = 4
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))]


def token(member: Member) -> str:
    return member.handle.split("-")[0]


def graph(chance: random.Random) -> list[Member]:
    """Members full of words of their own, everybody's notices of everybody, and blocks here and there."""
    members = []
    for number in range(MEMBERS):
        mark = f"canary{number}x{chance.randrange(10**6)}"
        member = join(email=f"{mark}@example.org", name=f"{mark.capitalize()} Lund")
        member.headline, member.place = f"{mark} at work", f"{mark}ville"
        member.save()
        add_row(member, "skills", {"name": f"{mark} skill"})
        add_row(member, "positions", {"title": "Buyer", "organisation": f"{mark} Works", "current": "on"})
        members.append(member)
    for actor in members:
        for other in members:
            if actor != other:
                like(actor, other, post=chance.randrange(2))
        tell_hosts_of_request(JoinRequest.objects.create(member=actor, reason="Please"))
    tell_some(announce(members[0], "Fair", "Come"), 0)
    tie(chance, members)
    for blocker in members:
        for other in members:
            if blocker != other and chance.random() < 0.3:
                block(blocker, other)
    return members


def tie(chance: random.Random, members: list[Member]) -> None:
    """What the network and the profiles know of any two, by their own acts; everybody knows one bystander."""
    bystander = join(email="by@example.org", name="By Stander")
    how, words = "We planned the harbour together", "A sentence of praise, and then another one. " * 3
    for one in members:
        connect(one, bystander)
        for other in members:
            if one == other:
                continue
            if chance.random() < 0.5:
                follow(one, other)
            if chance.random() < 0.4:
                with suppress(Refused):
                    asked = invite(one, other, f"{token(one)} asks")
                    say(asked, other, "Where did we meet?")
                    answers: list[Callable[[Invitation, Member], object]] = [accept, decline, set_aside]
                    chance.choice(answers)(asked, other)
            elif chance.random() < 0.5:
                connect(one, other)
                endorse(one, other, f"{token(chance.choice([one, other]))} skill", how)
                written = write_recommendation(one, other, words, "A team", send=chance.random() < 0.8)
                if written.sent_at and chance.random() < 0.7:
                    approve(written, other, words)
            if chance.random() < 0.3:
                report(Viewer(one), other, "fake", "")


def get_routes() -> Iterator[URLPattern]:
    left_out = {"blocked_people", *HOST}
    yield from (
        route
        for route in routes()
        if route.name and MATRIX[route.name].method == "GET" and route.name not in left_out
    )


def address(route: URLPattern, other: Member) -> str:
    """An address that names something of the other's, as far as the route names anything."""
    mine = Notification.objects.filter(recipient=other).first()
    known = {"handle": other.handle, "key": other.photo_key or "x", "pk": other.pk}
    known |= {"public_id": mine.public_id if mine else other.public_id, "size": "small", "part": "skills"}
    if route.name == "invitation" and (asked := Invitation.objects.filter(between(other)).last()):
        known["public_id"] = asked.public_id
    elif route.name == "company":
        known["public_id"] = Position.objects.get(member=other).organisation.public_id
    known |= {"table": "growth", "figure": "connections", "role": "consultant", "kind": "likes"}
    return reverse(route.name or "", kwargs={key: known.get(key, "x") for key in route.pattern.converters})


def between(other: Member) -> Q:
    """What the other sent or got."""
    return Q(sender=other) | Q(recipient=other)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_a_hidden_person_is_on_any_page(seed: int) -> None:
    members, asked = graph(random.Random(seed)), 0
    for viewer in members:
        hidden = [one for one in members if one.pk in Viewer(viewer).hidden_ids]
        client = Client()
        client.force_login(viewer, backend=BACKEND)
        for route in get_routes():
            named = hidden if route.pattern.converters else hidden[:1]
            for other in named:
                response = client.get(address(route, other))
                body = b"".join(response.streaming_content) if response.streaming else response.content
                seen = [one.handle for one in hidden if token(one) in body.decode(errors="replace").lower()]
                assert seen == [], f"{viewer.handle} sees them at {route.name}"
                asked += 1
    assert asked > 100


@pytest.mark.django_db
def test_without_a_block_the_same_pages_do_name_them() -> None:
    members = graph(random.Random(0))
    Block.objects.all().delete()
    client = Client()
    client.force_login(members[0], backend=BACKEND)
    for page in ("/people/", "/notices/", f"/people/{members[1].handle}/"):
        assert token(members[1]) in client.get(page).content.decode().lower(), page
