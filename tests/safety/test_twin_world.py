"""Every page is the same in a world and in that world without what its viewer may not see (d6).

Not compared, because chance or the clock draws them: secrets of a second step and passkey challenges. Not compared,
because they tell by design: a member's own list of whom they blocked, and the doors of one's own blocks; the hosts' table
of organisations, which counts how often a spelling is named, on sections for nobody too, but never by whom. Hosts see
members, letters and requests in their console, whatever blocks stand; of private rows they see as little as anybody.

The documented exception of the network: a person one side blocked, or who is suspended, still counts inside a chain of
three steps, never named. So the signs of a third degree, and on the sheet of Connect whom to ask, are left out for a
viewer to whom somebody is three steps away by such a chain alone. The clue of few connections stands on a count that includes whom the
reader does not see; here it is never shown, because a house of under twenty is not measured.
"""

import os
import random
import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kith.contacts.models import Contact, ImportRun, MessageVersion
from kith.members.models import JoinRequest, Member, Organisation, RosterEntry
from kith.members.policy import Viewer
from kith.network.models import Invitation
from kith.notifications.models import Announcement, Notification
from kith.profiles.models import Skill
from kith.trust.models import Report
from tests.cast import BACKEND
from tests.safety.pages import chanceless
from tests.safety.ties import third_through
from tests.safety.world import World, make_world, without_the_unseen
from tests.web.permissions import MATRIX
from tests.web.test_permissions import routes

UNLIKE = {
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_login_webauthn", "mfa_authenticate",
    "blocked_people", "block", "unblock", "healthz", "host_health", "host_organisations", "account_signup", "account_login",
}  # fmt: skip
LISTS = {
    "people", "contacts", "notices", "host_members", "host_roster", "host_audit", "outbox", "organisations", "connections",
    "connections_of", "in_common", "followers", "following",
}  # fmt: skip
TIES = {
    "member", "today", "front", "network", "reach", "company", "invitations", "sent_invitations", "invitation", "connect",
    "from_archive", "reports", "endorse", "endorsements", "recommend", "recommendations", "followers_file",
    "following_file", "host_reports", "host_report", "host_member", "network_choices",
}  # fmt: skip
THIRD = re.compile(rb'<sup class="degree"[^>]*><span aria-hidden="true">3</span>.*?</sup>')
NEAR = re.compile(rb"3rd degree: [^<]*|Nobody you know is known to know them\.")
IN_FILES = re.compile(rb",3,(?=signed up|connected)")
ASKED = re.compile(rb"<li>Ask .*?</li>", re.DOTALL)
PAGES = int(os.environ.get("KITH_TWIN_PAGES", "32"))  # compared for each viewer of a world
QUICK = 2
Answer = tuple[int, list[tuple[str, str]], bytes]
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
    elif name == "host_report":
        rows = Report.objects.all()
    elif name.startswith("host_"):
        rows = Member.objects.all()
    elif name == "invitation":
        rows = Invitation.objects.all()
    elif name == "company":
        rows = Organisation.objects.all()
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
        if name in UNLIKE or not name or MATRIX[name].method != "GET":
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
        most = 8 if name in ("member", "connect", "invitation", "company") else 3
        for chosen in chance.sample(choices, min(most, len(choices))):
            try:
                yield name, reverse(name, kwargs=chosen)
            except NoReverseMatch:
                continue
        if name in LISTS:
            for word in chance.sample(world.words, 6):
                keys = {key: chance.choice(named[key]) for key in route.pattern.converters}
                yield name, f"{reverse(name, kwargs=keys)}?q={word[:4]}"
        if name == "connections":
            yield from (
                (name, f"{reverse(name)}?{asked}") for asked in ("sort=touch", "sort=name", "network=a")
            )
        elif name == "reach":
            yield name, f"{reverse(name)}?company={chance.choice(world.words)[:3]}"


def seen(client: Client, address: str, *, is_carried: bool = False) -> Answer:
    """Status, headers and body; what looking writes, such as a line of the audit, is taken back."""
    answer: Answer
    try:
        with transaction.atomic():
            response = client.get(address)
            kept = [item for item in sorted(response.headers.items()) if item[0] not in BY_THE_CLOCK]
            body = chanceless(response)
            if is_carried:
                body = IN_FILES.sub(b",,", ASKED.sub(b"", NEAR.sub(b"", THIRD.sub(b"", body))))
            answer = response.status_code, kept, body
            raise Undone
    except Undone:
        return answer


def compare(seed: int) -> int:
    """The number of pages compared; raises with the first pages that differ."""
    world = make_world(seed)
    chance = random.Random(seed)
    viewers: list[tuple[Member | None, int]] = [
        (None, PAGES // 4), (world.host, PAGES), *((one, PAGES) for one in chance.sample(world.members[1:-2], 2)),
        (world.members[-1], PAGES // 8), (world.members[-2], PAGES // 8),
    ]  # fmt: skip
    compared, differing = 0, []
    for viewer, size in viewers:
        if viewer:
            viewer.refresh_from_db()
        client = Client()
        if viewer:
            client.force_login(viewer, backend=BACKEND)
        every = list(addresses(world, chance))
        is_host = viewer is not None and viewer.is_host
        ties = [
            found for found in every if found[0] in LISTS | TIES and (is_host or not _for_hosts(found[0]))
        ]
        chosen = {
            *chance.sample(every, min(size // 3, len(every))),
            *chance.sample(ties, min(size, len(ties))),
        }
        pages = sorted(address for _name, address in chosen)
        is_carried = _is_carried(viewer)
        before = {address: seen(client, address, is_carried=is_carried) for address in pages}
        try:
            with transaction.atomic():
                without_the_unseen(viewer)
                after = {address: seen(client, address, is_carried=is_carried) for address in pages}
                raise Undone
        except Undone:
            pass
        compared += len(pages)
        differing += [
            f"world {seed}, {viewer.handle if viewer else 'anybody'}: {address} {before[address][0]} {_where(before[address], after[address])}"
            for address in pages
            if before[address] != after[address]
        ]
    assert not differing, "\n".join(differing)
    return compared


def _for_hosts(name: str) -> bool:
    return name.startswith("host_") or name == "outbox"


def _is_carried(viewer: Member | None) -> bool:
    """Whether somebody hidden from the viewer carries a chain of three that is told."""
    if viewer is None:
        return False
    away = set(Viewer(viewer).out_of_sight_ids)
    return bool(third_through(viewer.pk, away))


def _where(first: Answer, second: Answer) -> str:
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
    print(f"twin world {seed}: 6 viewers, {compared} pages compared")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(QUICK, 200))
def test_a_page_is_the_same_in_many_more_worlds(seed: int) -> None:
    compare(seed)
