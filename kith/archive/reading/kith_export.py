"""The export of another Kith: its manifest, its hashes, its lines (docs/export.md)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from kith.archive.reading import limits
from kith.archive.reading.container import Container, Damaged, Entry, open_container
from kith.archive.reading.model import Refused
from kith.archive.reading.storable import clean

FORMAT = "kith-export"
VERSION = 1
MANIFEST = "manifest.json"
MANIFEST_BYTES = limits.MB
LINE_BYTES = 20 * limits.MB
DEPTH = 40
_PART = re.compile(r"(\.\d+)?\.jsonl$")


def is_kith_export(container: Container) -> bool:
    """Told by the manifest's own word."""
    entry = _entry(container, MANIFEST)
    if entry is None or entry.size > MANIFEST_BYTES:
        return False
    try:
        return FORMAT.encode() in b"".join(container.chunks(entry, counted=False))
    except Damaged:
        return False


@contextmanager
def open_export(path: Path, name: str = "") -> Iterator[KithExport]:
    """An export whose manifest can be read; Refused for any other file."""
    with open_container(path, name) as container:
        yield KithExport(container)


@dataclass(frozen=True)
class Line:
    """One row as it was written: where it stands, for a refusal, and what it says."""

    path: str
    number: int
    says: dict[str, Any]

    @property
    def where(self) -> str:
        return f"“{self.path}”, line {self.number}"


class KithExport:
    """The manifest, and the lines behind it."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.name = container.name
        self.manifest = self._manifest()
        self.hashes: dict[str, str] = self.manifest["sha256"]

    @property
    def host(self) -> str:
        return clean(str(self.manifest.get("host", "")))[:300]

    @property
    def made_at(self) -> str:
        return clean(str(self.manifest.get("made_at", "")))[:40]

    @property
    def made_on(self) -> date | None:
        try:
            return datetime.fromisoformat(self.made_at).date()
        except ValueError:
            return None

    @property
    def owner(self) -> str:
        of = self.manifest.get("of")
        return clean(str(of.get("name", "")))[:120] if isinstance(of, dict) else ""

    def counts(self) -> dict[str, int]:
        """Lines by file, parts of one file added up, as the manifest says."""
        found: dict[str, int] = {}
        counts = self.manifest.get("counts")
        for path, count in counts.items() if isinstance(counts, dict) else ():
            if isinstance(count, int) and path in self.hashes:
                whole = _PART.sub(".jsonl", path)
                found[whole] = found.get(whole, 0) + count
        return found

    def verify(self, progress: Callable[[str, float], None]) -> None:
        """Compare every file with its hash; Refused for one that is missing, changed, or not in the manifest."""
        there = {entry.name: entry for entry in self._container.entries if entry.name != MANIFEST}
        for path in sorted({*there, *self.hashes}):
            if path not in there:
                raise Refused(f"“{self.name}” is not whole: “{path[:100]}” is missing.")
            if path not in self.hashes:
                raise Refused(f"“{self.name}” holds “{path[:100]}”, which its manifest does not name.")
        for done, (path, entry) in enumerate(there.items()):
            progress(path, done / len(there))
            digest = hashlib.sha256()
            for chunk in self._chunks(entry):
                digest.update(chunk)
            if digest.hexdigest() != self.hashes[path]:
                raise Refused(f"“{path[:100]}” in “{self.name}” is not what it was when it was made.")

    def read(self, path: str, most: int) -> bytes | None:
        """One small file whole; None where there is none."""
        entry = _entry(self._container, path)
        if entry is None:
            return None
        if entry.size > most:
            raise Refused(f"“{path}” in “{self.name}” is larger than {most // limits.MB} MB.")
        return b"".join(self._chunks(entry, counted=False))

    def lines(self, path: str) -> Iterator[Line]:
        """The lines of a file and of the parts it goes on in."""
        number, part = 0, 1
        while entry := _entry(self._container, _part(path, part)):
            for raw in self._raw_lines(entry):
                number += 1
                if number > limits.ROWS:
                    raise Refused(f"“{path}” has more than {limits.ROWS:,} lines.")
                yield Line(path, number, self._parsed(path, number, raw))
            part += 1

    def _manifest(self) -> dict[str, Any]:
        entry = _entry(self._container, MANIFEST)
        if entry is None:
            self._foreign()
        if entry.size > MANIFEST_BYTES:
            raise Refused(f"The manifest of “{self.name}” is larger than {MANIFEST_BYTES // limits.MB} MB.")
        manifest = _json(b"".join(self._chunks(entry, counted=False)))
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            self._foreign()
        if manifest.get("version") != VERSION:
            raise Refused(
                f"“{self.name}” is an export of version {str(manifest.get('version'))[:10]}; "
                f"this Kith reads version {VERSION}."
            )
        hashes = manifest.get("sha256")
        if not isinstance(hashes, dict) or not all(isinstance(value, str) for value in hashes.values()):
            raise Refused(f"The manifest of “{self.name}” names no hashes.")
        return manifest

    def _foreign(self) -> NoReturn:
        raise Refused(f"“{self.name}” is no export of a Kith.")

    def _raw_lines(self, entry: Entry) -> Iterator[bytes]:
        stream = self._container.stream(entry)
        try:
            while raw := stream.readline(LINE_BYTES + 1):
                if len(raw) > LINE_BYTES:
                    raise Refused(f"“{entry.name}” has a line longer than {LINE_BYTES // limits.MB} MB.")
                yield raw
        except Damaged as error:
            raise Refused(f"“{entry.name}” in “{self.name}” is cut off or damaged.") from error

    def _chunks(self, entry: Entry, *, counted: bool = True) -> Iterator[bytes]:
        try:
            yield from self._container.chunks(entry, counted=counted)
        except Damaged as error:
            raise Refused(f"“{entry.name}” in “{self.name}” is cut off or damaged.") from error

    def _parsed(self, path: str, number: int, raw: bytes) -> dict[str, Any]:
        said = _json(raw)
        if not isinstance(said, dict) or not _is_storable(said):
            raise Refused(f"“{path}”, line {number}: that is no row of an export.")
        return said


def _entry(container: Container, path: str) -> Entry | None:
    return next((entry for entry in container.entries if entry.name == path), None)


def _part(path: str, part: int) -> str:
    return path if part == 1 else path.replace(".jsonl", f".{part}.jsonl")


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _is_storable(said: Any, depth: int = 0) -> bool:
    """Nothing the database cannot hold: no NUL, no half signs, no depth without end."""
    if depth > DEPTH:
        return False
    if isinstance(said, str):
        return "\x00" not in said and (said.isascii() or _encodes(said))
    if isinstance(said, dict):
        return all(_is_storable(part, depth + 1) for pair in said.items() for part in pair)
    if isinstance(said, list):
        return all(_is_storable(part, depth + 1) for part in said)
    return True


def _encodes(said: str) -> bool:
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True
