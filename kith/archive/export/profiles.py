"""What others said of a member and what they said of others, as both see it; nothing between a blocked pair."""

from collections.abc import Iterator
from typing import Any

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.models import Endorsement, Recommendation

Lines = Iterator[dict[str, Any]]


def endorsements_received(member: Member) -> Lines:
    for row in _endorsements(member).filter(member=member):
        yield _endorsement(row, row.endorser) | {"accepted_at": row.accepted_at, "hidden_at": row.hidden_at}


def endorsements_made(member: Member) -> Lines:
    """Without what the other made of it."""
    for row in _endorsements(member).filter(endorser=member):
        yield _endorsement(row, row.member)


def recommendations_received(member: Member) -> Lines:
    """Those that were sent, and those still asked for; a draft is its author's."""
    for row in _recommendations(member).filter(subject=member):
        line = _recommendation(row, row.author)
        sent = row.sent_at is not None
        yield line | {"text": row.text if sent else "", "hidden_at": row.hidden_at}


def recommendations_written(member: Member) -> Lines:
    for row in _recommendations(member).filter(author=member):
        yield _recommendation(row, row.subject) | {"text": row.text, "withdrawn_at": row.withdrawn_at}


def _endorsements(member: Member) -> Any:
    rows = Endorsement.objects.visible_to(Viewer(member))
    return rows.select_related("member", "endorser").order_by("pk")


def _endorsement(row: Endorsement, other: Member) -> dict[str, Any]:
    said = {"at": row.made_at, "skill": row.name, "how": row.how, "role": row.role}
    return said | {"name": other.name, "handle": other.handle}


def _recommendations(member: Member) -> Any:
    rows = Recommendation.objects.visible_to(Viewer(member))
    return rows.select_related("author", "subject").order_by("pk")


def _recommendation(row: Recommendation, other: Member) -> dict[str, Any]:
    return {
        "at": row.made_at,
        "name": other.name,
        "handle": other.handle,
        "together": row.together,
        "relation": row.relation,
        "asked_at": row.asked_at,
        "sent_at": row.sent_at,
        "approved_at": row.approved_at,
    }
