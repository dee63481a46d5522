"""The file: lines of each table, pictures, the readable part, and a manifest with a hash of each (docs/export.md)."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from kith.archive.export import readable
from kith.archive.export.pictures import pictures_of
from kith.archive.export.rows import Numbers, lines_of
from kith.archive.export.tables import MINE
from kith.archive.export.ties import TIES, tie_lines
from kith.members.models import Member

FORMAT = "kith-export"
VERSION = 1
MANIFEST = "manifest.json"
LARGEST = 80_000_000  # bytes of one file inside; what is longer goes on in a second one
Progress = Callable[[str, float], None]


def write_zip(member: Member, target: Path, host: str, progress: Progress) -> dict[str, int]:
    """Write everything of a member into a new file, as of one moment; returns file to number of lines."""
    with one_snapshot(), zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        pack = Pack(archive)
        for done, (path, lines) in enumerate(_files(member)):
            progress(path, done / (len(MINE) + len(TIES) + 1))
            pack.add_lines(path, lines)
        for path, content in pictures_of(member):
            pack.add(path, [content])
        progress("readable", 0.9)
        made_at = timezone.now()
        for path, pieces in _readable(member, host, f"{made_at:%-d %B %Y, %H:%M} UTC"):
            pack.add(path, pieces)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": made_at.isoformat(),
            "host": host,
            "of": {
                "name": member.name,
                "handle": member.handle,
                "email": member.email,
                "joined_at": member.joined_at.isoformat(),
            },
            "counts": pack.counts,
            "sha256": pack.hashes,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return pack.counts


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything read inside is as of one moment, whatever is written meanwhile (b38)."""
    if connection.in_atomic_block:  # the caller's transaction decides
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Pack:
    """A zip being written, with its counts and hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.counts: dict[str, int] = {}
        self.hashes: dict[str, str] = {}

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        with self.archive.open(path, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self.hashes[path] = digest.hexdigest()

    def add_lines(self, path: str, lines: Iterable[dict[str, Any]]) -> None:
        """One JSON object a line; a part of at most LARGEST bytes a file."""
        pending = _Lines(lines)
        part = 1
        while part == 1 or not pending.is_over:
            name = path if part == 1 else path.replace(".jsonl", f".{part}.jsonl")
            before = pending.count
            self.add(name, pending.up_to(LARGEST))
            self.counts[name] = pending.count - before
            part += 1


class _Lines:
    def __init__(self, lines: Iterable[dict[str, Any]]) -> None:
        self._lines = iter(lines)
        self._next = next(self._lines, None)
        self.count = 0

    @property
    def is_over(self) -> bool:
        return self._next is None

    def up_to(self, most: int) -> Iterator[bytes]:
        written = 0
        while self._next is not None and written < most:
            line = (json.dumps(self._next, ensure_ascii=False) + "\n").encode()
            written += len(line)
            self.count += 1
            self._next = next(self._lines, None)
            yield line


def _files(member: Member) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    numbers: Numbers = {}
    for table in MINE:
        yield table.path, lines_of(table, member, numbers)
    for tie in TIES:
        yield tie.path, tie_lines(tie, member)


def _readable(member: Member, host: str, made_at: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "readable/contacts.csv", readable.contacts_csv(member)
    yield "readable/talks.csv", readable.talks_csv(member)
    yield "readable/notes.csv", readable.notes_csv(member)
    yield "readable/contacts.vcf", readable.contacts_vcf(member)
    yield "readable/resume.json", readable.resume(member)
    said = readable.README.format(host=host, made_at=made_at)
    yield "README.txt", [said.encode()]
