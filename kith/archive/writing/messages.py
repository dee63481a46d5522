"""Conversations: directions and dates always, texts only if ticked, a keyed hash of each text."""

from collections.abc import Iterable

from kith.archive.reading.model import Archive, Message
from kith.archive.reading.model import Thread as ReadThread
from kith.archive.writing.keep import BATCH, Key, keep
from kith.archive.writing.people import Contacts
from kith.archive.writing.prints import fingerprint
from kith.archive.writing.versions import write_versions
from kith.contacts.models import ImportRun, PastMessage, Thread, ThreadPerson
from kith.contacts.models.owned import Imported
from kith.core.text import clean_line, clean_text


def write(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    threads = _threads(run, archive.threads)
    _thread_people(run, archive.threads, threads, contacts)
    _messages(run, archive.messages, threads, contacts)
    write_versions(run, archive, threads)


def _threads(run: ImportRun, found: list[ReadThread]) -> dict[int, int]:
    """Thread index in the archive to primary key."""
    rows: dict[Key, Imported] = {
        (thread.key[:200],): Thread(
            key=thread.key[:200],
            title=clean_line(thread.title),
            is_group=thread.is_group,
            is_sponsored=thread.is_sponsored,
        )
        for thread in found
    }
    keep(run, Thread, rows, _thread_keys(run))
    stored = _thread_keys(run)
    return {index: stored[(thread.key[:200],)] for index, thread in enumerate(found)}


def _thread_keys(run: ImportRun) -> dict[Key, int]:
    return {(key,): pk for pk, key in Thread.objects.owned_by(run.owner).values_list("pk", "key")}


def _thread_people(
    run: ImportRun, found: list[ReadThread], threads: dict[int, int], contacts: Contacts
) -> None:
    pairs = {
        (threads[index], contacts[person])
        for index, thread in enumerate(found)
        for person in thread.people
        if person in contacts
    }
    stored = set(ThreadPerson.objects.filter(thread__owner=run.owner).values_list("thread_id", "contact_id"))
    ThreadPerson.objects.bulk_create(
        (ThreadPerson(thread_id=thread, contact_id=contact) for thread, contact in sorted(pairs - stored)),
        batch_size=BATCH,
    )


def _messages(run: ImportRun, found: Iterable[Message], threads: dict[int, int], contacts: Contacts) -> None:
    bodies = bool(run.choices.get("bodies"))
    rows: dict[Key, Imported] = {}
    for message in found:
        if message.sent_at is None:
            continue
        sender = contacts.get(message.person) if message.person is not None else None
        mark = fingerprint(message.subject, message.text)
        rows[threads[message.thread], message.sent_at, sender, mark] = PastMessage(
            thread_id=threads[message.thread],
            sender_id=sender,
            outgoing=message.from_owner,
            sent_at=message.sent_at,
            text_hash=mark,
            text=clean_text(message.text) if bodies else "",
            subject=clean_line(message.subject) if bodies else "",
            folder=message.folder[:20],
            has_attachment=message.has_attachment,
        )
    fields = ("thread_id", "sent_at", "sender_id", "text_hash")
    rows_stored = PastMessage.objects.owned_by(run.owner).values_list("pk", *fields)
    stored = {tuple(key): pk for pk, *key in rows_stored}
    keep(run, PastMessage, rows, stored)
    if bodies:
        _add_texts(run, [row for key, row in rows.items() if key in stored], rows, stored)


def _add_texts(
    run: ImportRun, known: list[Imported], rows: dict[Key, Imported], stored: dict[Key, int]
) -> None:
    """Bodies ticked this time fill the messages an earlier run kept without them."""
    empty = set(PastMessage.objects.owned_by(run.owner).filter(text="").values_list("pk", flat=True))
    changed = []
    for key, row in rows.items():
        if stored.get(key) in empty and isinstance(row, PastMessage) and row.text:
            row.pk = stored[key]
            changed.append(row)
    PastMessage.objects.bulk_update(changed, ["text", "subject"], batch_size=BATCH)
