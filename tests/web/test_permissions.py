from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from kith.archive.models import Export
from kith.contacts.models import Contact, ImportProgress, ImportRun, MessageVersion
from kith.members.actions import join
from kith.members.models import Block, Member
from kith.network.actions.invitations import invite
from kith.network.models import Invitation
from kith.notifications.models import Announcement, Notification
from kith.profiles.actions import add_row
from kith.profiles.photos import set_photo
from tests.profiles.test_photos import picture
from tests.web.permissions import MATRIX, ROLES
from tests.web.permissions.accounts import LEADS_ON
from tests.web.permissions.host import HOST, named_by
from tests.web.permissions.profiles import said_of


def routes(resolver: Any = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern)
        else:
            yield pattern


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    assert {route.name for route in routes()} == set(MATRIX)
    print(
        f"permission matrix: {len(MATRIX)} routes x {len(ROLES)} roles = {len(MATRIX) * len(ROLES)} answers"
    )


@pytest.fixture
def addresses(ada: Member) -> Callable[[URLPattern], str]:
    """An address of each route that names something of Ada's."""
    run = ImportRun.objects.create(
        owner=ada, file_name="archive.zip", previewed_at=timezone.now(), preview={}
    )
    ImportProgress.objects.create(run=run)
    contact = Contact.objects.create(owner=ada, name="Bea Quist", sort_name="bea quist", slug="bea-quist")
    version = MessageVersion.objects.create(owner=ada, text="Hello")
    announcement = Announcement.objects.create(title="Summer fair", text="Come all")
    notice = Notification.objects.create(
        recipient=ada, kind="announcement", event="a", subject_id=announcement.pk
    )
    skill = cache(lambda: add_row(ada, "skills", {"name": "Editing"}))
    named = {
        "public_id": contact.public_id,
        "token": "x-y",
        "provider_id": "provider",
        "pk": 1,
        "role": "consultant",
        "table": "growth",
        "figure": "connections",
        "kind": "waiting",
        "handle": ada.handle,
        "part": "skills",
        "size": "small",
    }

    @cache
    def address(route: URLPattern) -> str:
        name = route.name or ""
        own = dict(named)
        if name.startswith("import_"):
            own["public_id"] = run.public_id
        elif name in ("open_notice", "mark_notice"):
            own["public_id"] = notice.public_id
        elif name == "announcement":
            own["public_id"] = announcement.public_id
        elif name == "switch_kind":
            own["kind"] = notice.kind
        elif name in ("profile_row", "move_row", "remove_row"):
            own["public_id"] = skill().public_id
        elif name == "photo":
            set_photo(ada, picture())
            own["key"] = ada.photo_key
        elif name in ("export", "export_file"):
            own["public_id"] = Export.objects.create(owner=ada).public_id
        elif name in HOST:
            own |= {"public_id": named_by(name, ada), "name": "logo-x"}
        elif name in ("invitation", "answer_invitation", "withdraw_invitation", "say_to_invitation"):
            asked = Invitation.objects.filter(sender=ada).first()
            own["public_id"] = (asked or invite(ada, join(email="dee@example.org", name="Dee"))).public_id
        elif name == "company":
            position = add_row(
                ada, "positions", {"title": "Buyer", "organisation": "Corvane", "current": "on"}
            )
            own["public_id"] = position.organisation.public_id
        elif name in ("endorsement", "recommendation"):
            own["public_id"] = said_of(ada, name)
        elif "version" in name:
            own["public_id"] = version.public_id
        return reverse(name, kwargs={key: own[key] for key in route.pattern.converters})

    return address


@pytest.mark.thorough
@pytest.mark.parametrize(
    "route", sorted(routes(), key=lambda route: route.name or ""), ids=lambda route: route.name
)
def test_a_route_answers_each_role_as_the_matrix_says(
    route: URLPattern,
    ada: Member,
    bo: Member,
    mal: Member,
    hana: Member,
    addresses: Callable[[URLPattern], str],
    signed_in: Callable[[Member], Client],
) -> None:
    row, address, name = MATRIX[route.name or ""], addresses(route), route.name
    people = {"anonymous": None, "member": bo, "owner": ada, "host": hana}
    answers: dict[str, int] = {}
    for role in ROLES:
        with transaction.atomic():  # each role meets the house as it was
            if role == "blocked":
                Block.objects.create(blocker=ada, blocked=mal)
            elif role == "waiting":
                Member.objects.filter(pk=mal.pk).update(confirmed_at=None)
            elif role == "suspended":
                Member.objects.filter(pk=mal.pk).update(suspended_at=timezone.now())
            member = people.get(role, mal)
            client = signed_in(member) if member else Client()
            response = getattr(client, row.method.lower())(address)
            transaction.set_rollback(True)
        answers[role] = response.status_code
        if role == "anonymous" and response.status_code == 302 and name not in LEADS_ON:
            assert response.url.startswith("/?next=")
    assert answers == {role: row.answer(role) for role in ROLES}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "route", sorted(routes(), key=lambda route: route.name or ""), ids=lambda route: route.name
)
def test_what_acts_on_the_world_is_never_a_get(
    route: URLPattern, addresses: Callable[[URLPattern], str]
) -> None:
    method = MATRIX[route.name or ""].method
    if method == "POST" and route.name != "link":
        response = Client().get(addresses(route))
        assert response.status_code in (302, 405)
