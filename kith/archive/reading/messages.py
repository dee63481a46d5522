"""messages.csv of every era: rows become conversations, with closed accounts and campaigns told apart (5.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from kith.archive.reading import campaigns, dates
from kith.archive.reading.gathering import Gathering, MessageRow
from kith.archive.reading.model import FileReport, Message, Thread
from kith.archive.reading.names import comparable, is_nobody, slug, split_names
from kith.archive.reading.tables import Table, add_notice, short, skip

COLUMNS = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
    "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "DIRECTION", "IS MESSAGE DRAFT",
)  # fmt: skip


def read_messages(table: Table, report: FileReport, found: Gathering) -> None:
    """Collect the rows, exact duplicates once; figures of the raw rows are counted here."""
    pick = table.picker(*COLUMNS)
    found.messages_have_urls |= table.has("SENDER PROFILE URL")
    found.seen_layout(_layout(table))
    counted = ["rows", "exact_duplicate_rows", "drafts", "multiline", "sender_without_url"]
    counted += ["with_attachment"] if table.has("ATTACHMENTS") else []
    for figure in counted:
        found.count("messages", figure, 0)
    seen = found.seen["messages"]
    undated = 0
    for number, row in table.rows(report, "CONTENT"):
        values = pick(row)
        (
            conversation,
            title,
            sender,
            sender_url,
            to,
            urls,
            date,
            subject,
            text,
            folder,
            files,
            direction,
            draft,
        ) = values
        found.count("messages", "rows")
        if (key := hash(values)) in seen:
            found.count("messages", "exact_duplicate_rows")
            skip(report, "the same row twice")
            continue
        seen.add(key)
        if draft.strip().casefold() == "yes":
            found.count("messages", "drafts")
            skip(report, "a draft that was never sent")
            continue
        sent_at = dates.utc_or_pacific(date)
        if sent_at is None and not text and not sender and not to:
            skip(report, "neither people nor text nor date", number)
            continue
        undated += sent_at is None
        found.count("messages", "multiline", "\n" in text)
        found.count("messages", "sender_without_url", not sender_url)
        if files:
            found.count("messages", "with_attachment")
        found.message_rows.append(
            MessageRow(
                conversation.strip(),
                short(title.strip()),
                short(sender.strip()),
                slug(sender_url) if sender_url else None,
                to,
                urls,
                sent_at,
                subject.strip(),
                text.replace("\r\n", "\n"),
                folder.strip().upper().replace("ARCHIVED", "ARCHIVE"),
                bool(files),
                direction.strip().upper(),
            )
        )
        report.taken += 1
    if undated:
        add_notice(report, f"{undated} messages have no readable date.")


def place_messages(found: Gathering) -> tuple[list[Thread], list[Message]]:
    """Conversations in the order of the file; people are nodes until everybody is merged."""
    known = {comparable(row.sender) for row in found.message_rows}
    known |= {comparable(person) for person in found.circle.names()}
    grouped: dict[str, list[MessageRow]] = {}
    for row in found.message_rows:
        grouped.setdefault(row.conversation or _conversation_of(row, found), []).append(row)
    threads: list[Thread] = []
    messages: list[Message] = []
    for key, rows in grouped.items():
        conversation = _Conversation(found, known, rows)
        thread = conversation.thread(key)
        for row, person in zip(rows, conversation.senders, strict=True):
            html = conversation.is_sponsored and person is not None
            messages.append(
                Message(
                    thread=len(threads),
                    person=person,
                    from_owner=person is None,
                    sent_at=row.sent_at,
                    subject=row.subject,
                    text=campaigns.plain(row.text) if html else row.text,
                    folder=row.folder,
                    has_attachment=row.has_attachment,
                    is_sponsored=html,
                )
            )
        threads.append(thread)
    return threads, messages


class _Conversation:
    """Who takes part in one conversation."""

    def __init__(self, found: Gathering, known: Container[str], rows: list[MessageRow]) -> None:
        self._found = found
        self._known = known
        self._rows = rows
        self._nobody: dict[str, int] = {}
        self._slugs: dict[str, str] = {}  # comparable name -> slug, inside this conversation
        for row in rows:
            if row.sender_slug:
                self._slugs.setdefault(comparable(row.sender), row.sender_slug)
        recipients = {(row.recipients, row.recipient_urls): None for row in rows}
        named = [pair for to, urls in recipients for pair in self._recipients(to, urls)]
        self.is_sponsored = self._looks_sponsored([address for _, address in named])
        self.senders = [
            None if _from_owner(row, found) else self._node(row.sender, row.sender_slug) for row in rows
        ]
        people = {node: None for node in self.senders if node is not None}
        for name, address in named:
            if not self._is_owner(name, address):
                people.setdefault(self._node(name, address), None)
        self.people = list(people)

    def thread(self, key: str) -> Thread:
        title = next((row.title for row in self._rows if row.title), "")
        return Thread(key, title, self.people, len(self.people) > 1, self.is_sponsored)

    def _recipients(self, to: str, urls: str) -> list[tuple[str, str | None]]:
        """(name, slug) of everybody in TO; paired by position only where the counts agree."""
        addresses = [slug(url) for url in urls.split(",") if url.strip()]
        names = split_names(to, self._known, len(addresses) or None)
        if len(names) == len(addresses):
            pairs = list(zip(names, addresses, strict=True))
        else:
            alive = [name for name in names if not is_nobody(name)]
            if len(alive) == len(addresses):
                pairs = [*zip(alive, addresses, strict=True)]
                pairs += [(name, None) for name in names if is_nobody(name)]
            else:
                pairs = self._by_known_names(names, addresses)
        for name, address in pairs:
            if address is not None and not is_nobody(name):
                self._slugs.setdefault(comparable(name), address)
        return pairs

    def _by_known_names(self, names: list[str], addresses: list[str | None]) -> list[tuple[str, str | None]]:
        """Fewer addresses than names: a closed account has none, so each address looks for its own name."""
        pairs: list[tuple[str, str | None]] = []
        left = list(names)
        for address in addresses:
            if address is None:
                continue
            name = self._found.circle.name_of(address) or ""
            if address == self._found.owner.slug:
                name = self._found.owner.name
            match = next((one for one in left if comparable(one) == comparable(name)), None)
            if match is None and left and len(addresses) == 1:
                match = left[0]  # the only address was measured to belong to the first
            if match is not None:
                left.remove(match)
            pairs.append((match or name, address))
        return pairs + [(name, None) for name in left]

    def _is_owner(self, name: str, address: str | None) -> bool:
        owner = self._found.owner
        if address is not None and owner.slug is not None:
            return address == owner.slug
        return bool(owner.name) and comparable(name) == comparable(owner.name)

    def _node(self, name: str, address: str | None) -> int:
        address = address or self._slugs.get(comparable(name) if not is_nobody(name) else "")
        if address is not None:
            return self._found.circle.mention(name, address)
        if is_nobody(name) or self.is_sponsored:
            known = "" if is_nobody(name) else comparable(name)
            if known not in self._nobody:
                self._nobody[known] = self._found.circle.placeholder(name)
            return self._nobody[known]
        return self._found.circle.mention(name)

    def _looks_sponsored(self, recipients: list[str | None]) -> bool:
        """Campaigns have a sender without an address, and a campaign's marks: title, tags, unfilled fields."""
        rows, owner = self._rows, self._found.owner
        if any(_from_owner(row, self._found) or row.sender_slug for row in rows):
            return False
        if any(address is not None and address != owner.slug for address in recipients):
            return False
        if len({row.sender for row in rows}) > 1:
            return False
        if any(row.title or campaigns.is_campaign(row.text) for row in rows):
            return True
        return self._found.messages_have_urls and not is_nobody(rows[0].sender)


def _from_owner(row: MessageRow, found: Gathering) -> bool:
    owner = found.owner
    if row.direction in ("OUTGOING", "INCOMING"):
        return row.direction == "OUTGOING"
    if row.sender_slug is not None and owner.slug is not None:
        return row.sender_slug == owner.slug
    return bool(owner.name) and comparable(row.sender) == comparable(owner.name)


def _conversation_of(row: MessageRow, found: Gathering) -> str:
    """2018 had no conversation ids: the people are the conversation; campaigns and spam stand alone."""
    if not _from_owner(row, found) and (campaigns.is_campaign(row.text) or row.folder == "SPAM"):
        parts = ["alone", row.sender, str(row.sent_at), row.text]
    else:
        names = {
            comparable(row.sender),
            *(comparable(name) for name in row.recipients.split(",") if name.strip()),
        }
        parts = ["people", *sorted(names)]
    return "-" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _layout(table: Table) -> int:
    if table.has("ATTACHMENTS"):
        return 2025
    if table.has("RECIPIENT PROFILE URLS"):
        return 2024
    return 2021 if table.has("CONVERSATION ID") else 2018
