"""What the readers of single files lay together, before anybody is merged and anything is placed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from kith.archive.reading.model import (
    AddressBookEntry,
    Connection,
    Deed,
    Endorsement,
    FileReport,
    Invitation,
    Note,
    Owner,
    Recommendation,
)
from kith.archive.reading.people import Circle


class InvitationRow(NamedTuple):
    """One invitation as written; `direction` is OUTGOING, INCOMING or anything."""

    report: FileReport
    number: int
    sender: str
    recipient: str
    sent_at: datetime | None
    note: str
    direction: str
    sender_url: str
    recipient_url: str


class MessageRow(NamedTuple):
    """One message as written; `direction` only in 2018."""

    conversation: str
    title: str
    sender: str
    sender_slug: str | None
    recipients: str
    recipient_urls: str
    sent_at: datetime | None
    subject: str
    text: str
    folder: str
    has_attachment: bool
    direction: str


@dataclass(slots=True)
class Gathering:
    """All rows of all files so far."""

    owner: Owner = field(default_factory=Owner)
    circle: Circle = field(default_factory=Circle)
    connections: list[Connection] = field(default_factory=list)
    connection_urls: set[str] = field(default_factory=set)
    invitation_rows: list[InvitationRow] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    message_rows: list[MessageRow] = field(default_factory=list)
    messages_have_urls: bool = False
    endorsements: list[Endorsement] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    address_book: list[AddressBookEntry] = field(default_factory=list)
    profile: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    counted: dict[str, dict[str, Any]] = field(default_factory=dict)
    era: int = 0  # the newest layout seen
    seen: dict[str, set[object]] = field(
        default_factory=lambda: defaultdict(set)
    )  # rows of all parts of a file

    def count(self, kind: str, name: str, by: int = 1) -> None:
        """Add to a figure that only the raw rows can tell."""
        figures = self.counted.setdefault(kind, {})
        figures[name] = figures.get(name, 0) + by

    def seen_layout(self, year: int) -> None:
        self.era = max(self.era, year)
