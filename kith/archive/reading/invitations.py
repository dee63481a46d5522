"""Invitations.csv: the last months of invitations, answered and waiting ones alike (5.2)."""

from __future__ import annotations

from kith.archive.reading import dates
from kith.archive.reading.gathering import Gathering, InvitationRow
from kith.archive.reading.model import FileReport, Invitation
from kith.archive.reading.names import comparable, is_nobody, slug
from kith.archive.reading.tables import Table, short, skip


def read_invitations(table: Table, report: FileReport, found: Gathering) -> None:
    """Collect the rows; who is the other side is known only once the owner is."""
    pick = table.picker(
        "From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"
    )
    if table.has("inviterProfileUrl"):
        found.seen_layout(2024)
    seen = found.seen["invitations"]
    for number, row in table.rows(report, "Message"):
        sender, recipient, sent_at, note, direction, sender_url, recipient_url = values = pick(row)
        found.count("invitations", "rows")
        if values in seen:
            skip(report, "the same row twice", number)
            continue
        seen.add(values)
        found.invitation_rows.append(
            InvitationRow(
                report,
                number,
                short(sender.strip()),
                short(recipient.strip()),
                dates.pacific(sent_at),
                note.replace("\r\n", "\n"),
                direction.strip().upper(),
                sender_url.strip(),
                recipient_url.strip(),
            )
        )


def place_invitations(found: Gathering) -> list[tuple[Invitation, str]]:
    """Invitations with the address as it was written; `person` is a node until everybody is merged."""
    placed: list[tuple[Invitation, str]] = []
    for row in found.invitation_rows:
        outgoing = _is_outgoing(row, found)
        if outgoing is None:
            skip(row.report, "no direction", row.number)
            continue
        name, url = (row.recipient, row.recipient_url) if outgoing else (row.sender, row.sender_url)
        address = slug(url) if url else None
        if address is None and is_nobody(name):
            skip(row.report, "nobody named", row.number)
            continue
        on = row.sent_at.date() if row.sent_at else None
        node = found.circle.invited(name, address, on)
        placed.append((Invitation(node, outgoing, row.sent_at, row.note), url))
        row.report.taken += 1
    return placed


def _is_outgoing(row: InvitationRow, found: Gathering) -> bool | None:
    if row.direction in ("OUTGOING", "INCOMING"):
        return row.direction == "OUTGOING"
    owner = found.owner
    if owner.slug and row.sender_url and row.recipient_url:
        sides = slug(row.sender_url) == owner.slug, slug(row.recipient_url) == owner.slug
    else:
        mine = comparable(owner.name)
        sides = comparable(row.sender) == mine, comparable(row.recipient) == mine
    return sides[0] if sides[0] != sides[1] else None
