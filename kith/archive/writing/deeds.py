"""What the owner did elsewhere, and the connections that hide behind their dates."""

from collections import Counter
from datetime import UTC, datetime, time

from kith.archive.reading.model import Archive
from kith.archive.writing.keep import Key, keep
from kith.archive.writing.people import Contacts
from kith.archive.writing.prints import fingerprint
from kith.contacts.models import Deed, ImportRun
from kith.contacts.models.owned import Imported
from kith.core.text import clean_text


def write(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    rows: dict[Key, Imported] = {}
    nth: Counter[tuple[str, str]] = Counter()
    for deed in archive.deeds:
        detail = dict(deed.detail)
        if (person := detail.pop("person", None)) is not None and person in contacts:
            detail["contact"] = contacts[person]
        at = deed.at.isoformat() if deed.at else ""
        shape = fingerprint(
            deed.urn, at, deed.text, str(detail.get("name") or detail.get("type") or detail.get("tag") or "")
        )
        nth[deed.kind, shape] += 1  # equal rows of one file are different deeds
        mark = fingerprint(shape, str(nth[deed.kind, shape]))
        rows[deed.kind, mark] = Deed(
            kind=deed.kind,
            done_at=deed.at,
            urn=deed.urn[:300],
            text=clean_text(deed.text),
            detail=detail,
            fingerprint=mark,
        )
    rows |= _hidden_connections(archive)
    stored = Deed.objects.owned_by(run.owner).values_list("pk", "kind", "fingerprint")
    keep(run, Deed, rows, {(kind, mark): pk for pk, kind, mark in stored})


def _hidden_connections(archive: Archive) -> dict[Key, Imported]:
    """Rows that hold only a date: counted, never people (5.1); the same date twice is two of them."""
    rows: dict[Key, Imported] = {}
    nth: Counter[str] = Counter()
    for connection in archive.connections:
        if connection.person is not None or connection.connected_on is None:
            continue
        day = connection.connected_on.isoformat()
        nth[day] += 1
        mark = fingerprint(day, str(nth[day]))
        moment = datetime.combine(connection.connected_on, time(), UTC)
        rows["hidden_connection", mark] = Deed(kind="hidden_connection", done_at=moment, fingerprint=mark)
    return rows
