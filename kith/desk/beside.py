"""What stands beside a person's name on any page: degree, mutual connections, A or B, and who asked whom to connect."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import timezone

from kith.contacts.models import Contact
from kith.desk.known import known_contacts
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.following import followed_among
from kith.network.models import Invitation
from kith.network.reach import Reach, Tie


class Step(StrEnum):
    """What the two could do next; none with oneself."""

    NONE = "none"
    CONNECT = "connect"
    WAITING = "waiting"
    ANSWER = "answer"
    CONNECTED = "connected"


@dataclass(frozen=True)
class Beside:
    """One person as the viewer stands to them; the invitation is the one that waits, with its age in days."""

    tie: Tie
    step: Step
    invitation: Invitation | None = None
    days: int = 0
    contact: Contact | None = None
    is_followed: bool = False


def beside(viewer: Viewer, member_ids: Iterable[int]) -> dict[int, Beside]:
    """Everybody of a page, in a handful of questions however long it is."""
    me = viewer.member
    if me is None:
        return {}
    page = list(member_ids)
    ties = Reach(me.pk, viewer.out_of_sight_ids).ties(page)
    invitations = _waiting(viewer, me, page)
    contacts, followed = known_contacts(viewer, ties), followed_among(viewer, page)
    found = {
        person: replace(
            _one(tie, invitations.get(person), me.pk, contacts.get(person)), is_followed=person in followed
        )
        for person, tie in ties.items()
    }
    return found | {person: Beside(Tie(None), Step.NONE) for person in page if person not in found}


def degrees_beside(viewer: Viewer, member_ids: Iterable[int]) -> dict[int, Beside]:
    """How near people are and nothing else, for names that stand for what somebody said or was asked (CON-01)."""
    if viewer.member is None:
        return {}
    degrees = Reach(viewer.member.pk, viewer.out_of_sight_ids).degrees(list(member_ids))
    return {person: Beside(Tie(degree), Step.NONE) for person, degree in degrees.items()}


def _one(tie: Tie, invitation: Invitation | None, me: int, contact: Contact | None) -> Beside:
    if tie.degree == 1:
        return Beside(tie, Step.CONNECTED, contact=contact)
    if invitation is None:
        return Beside(tie, Step.CONNECT, contact=contact)
    step = Step.WAITING if invitation.sender_id == me else Step.ANSWER
    return Beside(tie, step, invitation, (timezone.now() - invitation.sent_at).days, contact)


def _waiting(viewer: Viewer, me: Member, page: list[int]) -> dict[int, Invitation]:
    """The invitation between the viewer and each, as far as the viewer may know of it."""
    seen = Invitation.objects.visible_to(viewer)
    # Whoever was asked by an address is not known by it here.
    mine = seen.asks_still().filter(sender=me, recipient__in=page, email_hash="")
    theirs = seen.open().filter(recipient=me, sender__in=page)
    rows = list(mine | theirs)
    found = {row.recipient_id: row for row in rows if row.sender_id == me.pk}
    found |= {row.sender_id: row for row in rows if row.recipient_id == me.pk}
    return {person: row for person, row in found.items() if person is not None}
