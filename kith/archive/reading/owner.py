"""Whose archive it is: the name from the profile, the slug from where the owner acts (8.3.1)."""

from __future__ import annotations

from collections import Counter

from kith.archive.reading.gathering import Gathering
from kith.archive.reading.names import comparable, is_nobody, slug


def settle_owner(found: Gathering) -> None:
    """Complete the owner from invitations, else from messages; Profile.csv never holds the address."""
    owner = found.owner
    if not owner.name:
        _name_from_acts(found)
    addresses: Counter[str] = Counter()
    for row in found.invitation_rows:
        url = {"OUTGOING": row.sender_url, "INCOMING": row.recipient_url}.get(row.direction, "")
        if address := slug(url) if url else None:
            addresses[address] += 1
    if not addresses and owner.name:
        mine = comparable(owner.name)
        for message in found.message_rows:
            if message.sender_slug and comparable(message.sender) == mine:
                addresses[message.sender_slug] += 1
    if not addresses:
        addresses = _addresses_in_most_conversations(found)
    owner.slug = addresses.most_common(1)[0][0] if addresses else None
    if not owner.name and owner.slug:
        names = Counter(message.sender for message in found.message_rows if message.sender_slug == owner.slug)
        _take_name(found, names)


def _name_from_acts(found: Gathering) -> None:
    names: Counter[str] = Counter()
    for row in found.invitation_rows:
        names[{"OUTGOING": row.sender, "INCOMING": row.recipient}.get(row.direction, "")] += 1
    if not any(names):
        for message in found.message_rows:
            names[
                {"OUTGOING": message.sender, "INCOMING": message.recipients}.get(message.direction, "")
            ] += 1
    _take_name(found, names)


def _take_name(found: Gathering, names: Counter[str]) -> None:
    for name, _ in names.most_common(3):
        if not is_nobody(name):
            found.owner.first, _, found.owner.last = name.strip().partition(" ")
            return


def _addresses_in_most_conversations(found: Gathering) -> Counter[str]:
    """The owner is in all of them, everybody else in a few; with one conversation nobody can tell."""
    seen: dict[str, set[str]] = {}
    conversations: set[str] = set()
    for message in found.message_rows:
        conversations.add(message.conversation)
        here = {message.sender_slug, *(slug(url) for url in message.recipient_urls.split(","))}
        for address in here - {None}:
            seen.setdefault(address or "", set()).add(message.conversation)
    often = {address: len(those) for address, those in seen.items()}
    return Counter(
        {one: times for one, times in often.items() if times > 1 and times > len(conversations) / 2}
    )
