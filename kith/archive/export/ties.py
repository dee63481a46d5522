"""What ties a member to others and to this house: it goes out, and comes in elsewhere as private history only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Model

from kith.archive.export import network, profiles
from kith.archive.export.rows import BATCH
from kith.archive.models import KeptTie
from kith.contacts.models import ImportRun
from kith.desk.models import FoundHere
from kith.members.models import (
    AuditEntry,
    Block,
    JoinLink,
    JoinRequest,
    Member,
    MemberField,
    Restriction,
    RosterEntry,
)
from kith.members.policy import Viewer
from kith.network.models import AddressTry, Connection, Figures, Follow, Invitation, InvitationWord, TopUp
from kith.notifications.models import Notification
from kith.profiles.models import DismissedSuggestion, Endorsement, EndorsementRequest, Recommendation
from kith.trust.models import Report


@dataclass(frozen=True)
class Tie:
    """One file `ties/<name>.jsonl`; `columns` maps what a line says to where it is read, `lines` reads otherwise."""

    name: str
    model: type[Model]
    owner: str
    columns: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)
    lines: Callable[[Member], Iterator[dict[str, Any]]] | None = None

    @property
    def path(self) -> str:
        return f"ties/{self.name}.jsonl"


TIES: tuple[Tie, ...] = (
    Tie("addresses", EmailAddress, "user", {"email": "email", "verified": "verified", "primary": "primary"}),
    Tie("keys", Authenticator, "user", {"at": "created_at", "type": "type", "last_used_at": "last_used_at"}),
    Tie("browsers", UserSession, "user",
        {"at": "created_at", "last_seen_at": "last_seen_at", "ip": "ip", "browser": "user_agent"}),
    Tie("sign_in_elsewhere", SocialAccount, "user",
        {"at": "date_joined", "provider": "provider", "uid": "uid", "last_login": "last_login"}),
    Tie("blocks", Block, "blocker",
        {"at": "made_at", "ended_at": "ended_at", "name": "blocked__name", "handle": "blocked__handle"}),
    Tie("join_links", JoinLink, "made_by",
        {"at": "made_at", "until": "until", "email": "email", "note": "note", "uses_left": "uses_left",
         "revoked_at": "revoked_at"}),
    Tie("join_request", JoinRequest, "member",
        {"at": "asked_at", "reason": "reason", "decided_at": "decided_at", "declined_at": "declined_at",
         "words": "words"}),
    Tie("restrictions", Restriction, "member",
        {"at": "made_at", "kind": "kind", "reason": "reason", "ends_at": "ends_at", "lifted_at": "lifted_at",
         "appeal": "appeal", "appealed_at": "appealed_at", "answer": "answer", "answered_at": "answered_at"}),
    Tie("roster", RosterEntry, "claimed_by",
        {"at": "made_at", "email": "email", "name": "name", "fields": "fields", "mailed_at": "mailed_at",
         "reminders_sent": "reminders_sent", "claimed_at": "claimed_at"}),
    Tie("host_fields", MemberField, "member", {"label": "field__label", "value": "value"}),
    Tie("notices", Notification, "recipient",
        {"at": "at", "kind": "kind", "read_at": "read_at", "name": "actor__name", "handle": "actor__handle",
         "facts": "facts"}),
    Tie("audit", AuditEntry, "subject", {"at": "at", "verb": "verb", "detail": "detail"}),
    Tie("exports_brought_in", ImportRun, "owner",
        {"at": "uploaded_at", "file_name": "file_name", "finished_at": "finished_at", "report": "report"},
        {"kind": ImportRun.Kind.KITH, "finished_at__isnull": False}),
    Tie("connections", Connection, "low", lines=network.connections),
    Tie("invitations_sent", Invitation, "sender", lines=network.invitations_sent),
    Tie("invitations_received", Invitation, "recipient", lines=network.invitations_received),
    Tie("invitation_words", InvitationWord, "author", lines=network.invitation_words),
    Tie("following", Follow, "follower", {"at": "made_at", "name": "followed__name", "handle": "followed__handle"}),
    Tie("followers", Follow, "followed", {"at": "made_at", "name": "follower__name", "handle": "follower__handle"}),
    Tie("invitation_figures", Figures, "member",
        {"at": "closed_at", "sent": "sent", "accepted": "accepted", "answered": "answered",
         "unknown_from": "unknown"}),
    Tie("invitation_top_ups", TopUp, "member", {"at": "made_at", "amount": "amount"}),
    Tie("invitation_addresses_tried", AddressTry, "member", {"at": "tried_at", "was_right": "was_right"}),
    Tie("endorsements_received", Endorsement, "member", lines=profiles.endorsements_received),
    Tie("endorsements_made", Endorsement, "endorser", lines=profiles.endorsements_made),
    Tie("endorsements_asked", EndorsementRequest, "asker",
        {"at": "made_at", "skill": "name", "name": "asked__name", "handle": "asked__handle"}),
    Tie("recommendations_received", Recommendation, "subject", lines=profiles.recommendations_received),
    Tie("recommendations_written", Recommendation, "author", lines=profiles.recommendations_written),
    Tie("suggestions_dismissed", DismissedSuggestion, "member",
        {"at": "made_at", "name": "suggested__name", "handle": "suggested__handle"}),
    Tie("found_in_contacts", FoundHere, "owner",
        {"at": "told_at", "put_off_at": "put_off_at", "name": "member__name", "handle": "member__handle"}),
    Tie("reports_made", Report, "reporter", lines=network.reports_made),
    Tie("kept", KeptTie, "owner", {"at": "at", "kind": "kind", "host": "host", "line": "line"}),
)  # fmt: skip

NAMED = {
    Notification: "actor",
    EndorsementRequest: "asked",
    DismissedSuggestion: "suggested",
    FoundHere: "member",
}
UNTOLD = ("report_looked_at", "report_decided")  # whoever is reported never learns of it


def tie_lines(tie: Tie, member: Member) -> Iterator[dict[str, Any]]:
    """A member's lines of one file, oldest first; lines that name whom a block hides from them stay out."""
    if tie.lines:
        for line in tie.lines(member):
            yield {name: _plain(value) for name, value in line.items()}
        return
    rows = tie.model._default_manager.filter(**{tie.owner: member}, **tie.only).order_by("pk")
    if tie.model in NAMED:
        rows = rows.exclude(**{f"{NAMED[tie.model]}__in": Viewer(member).hidden_ids})
    if tie.model is AuditEntry:
        rows = rows.exclude(verb__in=UNTOLD)
    read = tuple(dict.fromkeys(tie.columns.values()))
    for row in rows.values_list(*read).iterator(chunk_size=BATCH):
        values = dict(zip(read, row, strict=True))
        yield {name: _plain(values[source]) for name, source in tie.columns.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
