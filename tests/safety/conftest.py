"""One browser for each role of the permission matrix, over the world its addresses name."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kith.members.models import Block, Member
from tests.web.permissions import ROLES
from tests.web.test_permissions import addresses

__all__ = ["addresses", "browsers"]


@pytest.fixture
def browsers(
    ada: Member, bo: Member, mal: Member, hana: Member, signed_in: Callable[[Member], Client]
) -> dict[str, Client]:
    """Role to a browser, as the matrix has them; Cy waits, Sue is suspended, Ada blocks Mal."""
    from kith.members.actions import join

    cy = join(email="cy@example.org", name="Cy Waits")
    sue = join(email="sue@example.org", name="Sue Held")
    Member.objects.filter(pk=cy.pk).update(confirmed_at=None)
    Member.objects.filter(pk=sue.pk).update(suspended_at=timezone.now())
    Block.objects.create(blocker=ada, blocked=mal)
    people = {"waiting": cy, "suspended": sue, "blocked": mal, "member": bo, "owner": ada, "host": hana}
    found = {role: signed_in(member) for role, member in people.items()}
    found["anonymous"] = Client()
    for client in found.values():
        client.raise_request_exception = False
    return {role: found[role] for role in ROLES}
