"""Every page is the same in a world and in that world without what its viewer may not see (d6).

Not compared, because chance or the clock draws them: secrets of a second step and passkey challenges. Not compared,
because they tell by design: a member's own list of whom they blocked, and the doors of one's own blocks; the hosts' table
of organisations, which counts how often a spelling is named, on sections for nobody too, but never by whom. Hosts see
members, letters and requests in their console, whatever blocks stand; of private rows they see as little as anybody.
"""

import os
import random
from collections.abc import Iterator
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kith.contacts.models import Contact, ImportRun, MessageVersion
from kith.members.models import JoinRequest, Member, RosterEntry
from kith.notifications.models import Announcement, Notification
from kith.profiles.models import Skill
from tests.cast import BACKEND
from tests.safety.pages import chanceless
from tests.safety.world import World, make_world, without_the_unseen
from tests.web.test_permissions import routes

UNLIKE = {
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_login_webauthn", "mfa_authenticate",
    "blocked_people", "block", "unblock", "healthz", "host_health", "host_organisations", "account_signup", "account_login",
}  # fmt: skip
LISTS = {
    "people",
    "contacts",
    "notices",
    "host_members",
    "host_roster",
    "host_audit",
    "outbox",
    "organisations",
}
PAGES = int(os.environ.get("KITH_TWIN_PAGES", "24"))  # compared for each viewer of a world
QUICK = 20
BY_THE_CLOCK = {"Date", "Expires", "Content-Length"}


class Undone(Exception):
    """Takes a deletion back."""


def pool(name: str) -> list[str]:
    """Public ids a route may name, of anybody."""
    if name.startswith("import_"):
        rows = ImportRun.objects.all()
    elif "version" in name:
        rows = MessageVersion.objects.all()
    elif "notice" in name:
        rows = Notification.objects.all()
    elif "announcement" in name:
        rows = Announcement.objects.all()
    elif name == "host_request":
        rows = JoinRequest.objects.all()
    elif "roster" in name:
        rows = RosterEntry.objects.all()
    elif name.startswith("host_"):
        rows = Member.objects.all()
    elif "row" in name:
        rows = Skill.objects.all()
    else:
        rows = Contact.objects.all()
    return list(rows.order_by("pk").values_list("public_id", flat=True)) or ["2222never222"]


def addresses(world: World, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Route name and address: every route with a few of the things it may name, lists with searches."""
    handles = [member.handle for member in world.members]
    for route in routes():
        name = route.name or ""
        if name in UNLIKE or not name:
            continue
        named = {
            "handle": handles, "public_id": pool(name), "pk": [1], "token": ["x-y"], "role": ["host"], "name": ["logo-x"],
            "table": ["growth"], "figure": ["connections"], "kind": ["waiting", "announcement"], "part": ["skills"],
            "provider_id": ["none"], "size": ["small", "large"],
            "key": [key for key in Member.objects.values_list("photo_key", flat=True) if key] or ["none"],
        }  # fmt: skip
        try:
            choices = [
                dict(zip(route.pattern.converters, values, strict=True))
                for values in product(*(named[key] for key in route.pattern.converters))
            ]
        except KeyError:
            continue
        most = 8 if name in ("member", "card_file", "resume_file", "photo") else 3
        for chosen in chance.sample(choices, min(most, len(choices))):
            try:
                yield name, reverse(name, kwargs=chosen)
            except NoReverseMatch:
                continue
        if name in LISTS:
            for word in chance.sample(world.words, 6):
                yield name, f"{reverse(name)}?q={word[:4]}"


def seen(client: Client, address: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body; what looking writes, such as a line of the audit, is taken back."""
    answer: tuple[int, list[tuple[str, str]], bytes]
    try:
        with transaction.atomic():
            response = client.get(address)
            kept = [item for item in sorted(response.headers.items()) if item[0] not in BY_THE_CLOCK]
            answer = response.status_code, kept, chanceless(response)
            raise Undone
    except Undone:
        return answer


def compare(seed: int) -> int:
    """The number of pages compared; raises with the first pages that differ."""
    world = make_world(seed)
    chance = random.Random(seed)
    viewers: list[Member | None] = [
        None,
        world.host,
        *chance.sample(world.members[1:-2], 2),
        world.members[-1],
    ]
    compared, differing = 0, []
    for viewer in viewers:
        if viewer:
            viewer.refresh_from_db()
        client = Client()
        if viewer:
            client.force_login(viewer, backend=BACKEND)
        every = list(addresses(world, chance))
        lists = [found for found in every if found[0] in LISTS or found[0] in ("member", "today", "front")]
        chosen = {
            *chance.sample(every, min(PAGES, len(every))),
            *chance.sample(lists, min(PAGES // 2, len(lists))),
        }
        chosen_pages = sorted(chosen)
        before = {address: seen(client, address) for _name, address in chosen_pages}
        try:
            with transaction.atomic():
                without_the_unseen(viewer)
                after = {address: seen(client, address) for _name, address in chosen_pages}
                raise Undone
        except Undone:
            pass
        compared += len(chosen_pages)
        differing += [
            f"world {seed}, {viewer.handle if viewer else 'anybody'}: {address} {before[address][0]} {_where(before[address], after[address])}"
            for _name, address in chosen_pages
            if before[address] != after[address]
        ]
    assert differing == []
    return compared


def _where(first: tuple[int, object, bytes], second: tuple[int, object, bytes]) -> str:
    """The place where two answers part."""
    if first[:2] != second[:2]:
        return f"{first[:2]} / {second[:2]}"
    place = next((n for n, (a, b) in enumerate(zip(first[2], second[2], strict=False)) if a != b), 0)
    return f"…{first[2][max(0, place - 60) : place + 80]!r} / …{second[2][max(0, place - 60) : place + 80]!r}"


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(QUICK))
def test_a_page_is_the_same_where_what_its_viewer_may_not_see_never_was(
    seed: int, record_property: object
) -> None:
    compared = compare(seed)
    record_property("pages", compared)  # type: ignore[operator]
    print(f"twin world {seed}: 5 viewers, {compared} pages compared")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(QUICK, 200))
def test_a_page_is_the_same_in_many_more_worlds(seed: int) -> None:
    compare(seed)
