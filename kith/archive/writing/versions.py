"""The owner's first message of each conversation, grouped into versions whose text is kept once."""

from dataclasses import dataclass

from kith.archive.reading.model import Archive
from kith.archive.writing.prints import fingerprint
from kith.contacts.models import ImportRun, MessageVersion, Thread
from kith.contacts.versions import FirstMessage, group_versions, representative
from kith.core.text import clean_text


@dataclass(slots=True)
class _First:
    thread: int
    text: str
    names: tuple[str, ...]
    mark: str


def write_versions(run: ImportRun, archive: Archive, threads: dict[int, int]) -> None:
    """Give each thread its version; near-identical texts join a version an earlier import made."""
    firsts = _first_messages(archive, threads)
    versions = list(MessageVersion.objects.owned_by(run.owner).order_by("pk"))
    by_mark = {mark: version for version in versions for mark in version.hashes}
    chosen: dict[int, MessageVersion] = {
        first.thread: by_mark[first.mark] for first in firsts if first.mark in by_mark
    }
    new = [first for first in firsts if first.thread not in chosen]
    items = [FirstMessage(index, version.text, ()) for index, version in enumerate(versions)]
    items += [FirstMessage(len(versions) + index, first.text, first.names) for index, first in enumerate(new)]
    grown: set[int] = set()
    for group in group_versions(items):
        members = [new[index - len(versions)] for index in group if index >= len(versions)]
        if not members:
            continue
        old = next((versions[index] for index in group if index < len(versions)), None)
        version = old or MessageVersion(
            owner_id=run.owner_id, text=representative([FirstMessage(0, m.text, m.names) for m in members])
        )
        version.hashes = sorted({*version.hashes, *(member.mark for member in members)})
        version.save()
        grown.add(version.pk)
        chosen |= {member.thread: version for member in members}
    rows = [Thread(pk=thread, version=version) for thread, version in chosen.items()]
    Thread.objects.bulk_update(rows, ["version"], batch_size=2_000)


def _first_messages(archive: Archive, threads: dict[int, int]) -> list[_First]:
    """The earliest message the owner wrote in each conversation that is no campaign."""
    earliest: dict[int, int] = {}
    for index, message in enumerate(archive.messages):
        if not message.from_owner or message.sent_at is None or archive.threads[message.thread].is_sponsored:
            continue
        known = earliest.get(message.thread)
        if known is None or message.sent_at < archive.messages[known].sent_at:  # type: ignore[operator]
            earliest[message.thread] = index
    found = []
    for thread, index in sorted(earliest.items()):
        message = archive.messages[index]
        text = clean_text(message.text)
        if text:
            names = tuple(archive.people[person].name for person in archive.threads[thread].people)
            found.append(_First(threads[thread], text, names, fingerprint(message.subject, message.text)))
    return found
