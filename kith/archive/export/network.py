"""Ties in the network as its member sees them: what an invitation came to is told as its page tells it."""

from collections.abc import Iterator
from typing import Any

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Connection, Invitation, InvitationWord
from kith.network.sent import sent
from kith.trust.models import Report

BATCH = 2_000
Lines = Iterator[dict[str, Any]]
OWN_ANSWERS = (
    Invitation.State.SET_ASIDE,
    Invitation.State.ACCEPTED,
    Invitation.State.DECLINED,
    Invitation.State.UNKNOWN,
)


def connections(member: Member) -> Lines:
    """Each with whom and since when, from whichever side the row was written."""
    rows = Connection.objects.of(member).select_related("low", "high").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        other = row.high if row.low_id == member.pk else row.low
        yield {"at": row.made_at, "name": other.name, "handle": other.handle}


def invitations_sent(member: Member) -> Lines:
    """State and since when in the words of `network.sent`: never who declined, never when."""
    mine = Invitation.objects.visible_to(Viewer(member)).sent_by(member)
    for row in sent(member, mine.select_related("recipient").order_by("pk").iterator(chunk_size=BATCH)):
        yield {
            "at": row.invitation.sent_at,
            "name": row.recipient.name if row.recipient else "",
            "handle": row.recipient.handle if row.recipient else "",
            "email": row.address,
            "note": row.invitation.note,
            "state": str(row.state),
            "since": row.since,
        }


def invitations_received(member: Member) -> Lines:
    """Who asked, when, with which words, and what the member answered if they did."""
    mine = Invitation.objects.visible_to(Viewer(member)).received_by(member)
    for row in mine.select_related("sender").order_by("pk").iterator(chunk_size=BATCH):
        yield {
            "at": row.sent_at,
            "name": row.sender.name,
            "handle": row.sender.handle,
            "note": row.note,
            "answer": row.state if row.state in OWN_ANSWERS else "",
        }


def invitation_words(member: Member) -> Lines:
    """What was said before deciding, by both, in the invitations the member still sees."""
    seen = Invitation.objects.visible_to(Viewer(member))
    rows = InvitationWord.objects.filter(invitation__in=seen).select_related("invitation").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        yield {
            "at": row.said_at,
            "text": row.text,
            "mine": row.author_id == member.pk,
            "invited_by_me": row.invitation.sender_id == member.pk,
        }


def reports_made(member: Member) -> Lines:
    """As the page of them: with whom the reporter does not see any more, nobody is named."""
    hidden = Viewer(member).out_of_sight_ids
    rows = Report.objects.filter(reporter=member).select_related("about").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        seen = row.about_id not in hidden
        yield {
            "at": row.made_at,
            "name": row.about.name if seen else "",
            "handle": row.about.handle if seen else "",
            "reason": row.reason,
            "text": row.text,
            "evidence": row.evidence if seen else {},
            "decided_at": row.decided_at,
            "words": row.words,
        }
