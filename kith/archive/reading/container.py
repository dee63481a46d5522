"""What was handed over, opened with suspicion: a zip, an unpacked folder or one file, as named entries (9.1)."""

from __future__ import annotations

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Self

from kith.archive.reading import limits
from kith.archive.reading.model import Refused
from kith.archive.reading.storable import clean

FOLDERS = {"jobs", "articles", "verifications", "servicesmarketplace"}  # LinkedIn's own, never a wrapping
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"


class Damaged(Exception):
    """This one entry cannot be read; the others may."""


@dataclass(slots=True)
class Entry:
    """One file inside; `name` is without a wrapping folder, sizes as claimed."""

    name: str
    inside: str
    packed: int
    size: int
    made_on: date | None


class Container:
    """The entries of one thing handed over; `open` counts what is really read. Used as a context manager."""

    def __init__(self, path: Path, name: str, entries: list[Entry], archive: zipfile.ZipFile | None) -> None:
        self.name = name
        self.is_single_file = archive is None and not path.is_dir()
        self.entries = entries
        self._path = path
        self._zip = archive
        self._total = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip is not None:
            self._zip.close()

    def chunks(self, entry: Entry, *, counted: bool = True) -> Iterator[bytes]:
        """The bytes of an entry in pieces; raises Refused at a limit and Damaged on a torn entry."""
        read = 0
        try:
            with self._open(entry) as stream:
                while chunk := stream.read(65536):
                    read += len(chunk)
                    if counted:
                        self._total += len(chunk)
                        self._weigh(entry, read)
                    yield chunk
        except _DAMAGE as error:
            raise Damaged(str(error)) from error

    def stream(self, entry: Entry) -> BinaryIO:
        """The same bytes as a file, for a second reading; they were counted by the first."""
        return io.BufferedReader(_Pieces(self.chunks(entry, counted=False)), 65536)

    def _open(self, entry: Entry) -> BinaryIO:
        if self._zip is not None:
            return self._zip.open(entry.inside)  # type: ignore[return-value]
        return (self._path / entry.inside if self._path.is_dir() else self._path).open("rb")

    def _weigh(self, entry: Entry, read: int) -> None:
        if read > limits.ENTRY_BYTES:
            raise Refused(_too_large(f"“{entry.name}” in “{self.name}”", limits.ENTRY_BYTES))
        if self._total > limits.TOTAL_BYTES:
            raise Refused(_too_large(f"“{self.name}”, unpacked,", limits.TOTAL_BYTES))
        if self._zip is not None and read > limits.RATIO_FROM and read > limits.RATIO * max(entry.packed, 1):
            raise Refused(
                f"“{entry.name}” in “{self.name}” unpacks to more than {limits.RATIO} times its size, "
                "which no real archive does."
            )


def open_container(path: Path, name: str = "") -> Container:
    """Open a zip, a folder or a single file, refusing what no archive needs before anything is read.

    `name` is what people call the file, where it is stored under another one.
    """
    name = name or path.name
    if path.is_dir():
        return Container(path, name, _folder_entries(path, name), None)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise Refused(f"“{name}” cannot be opened.") from error
    if size == 0:
        raise Refused(f"“{name}” is empty.")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _open_zip(path, name, size)
    if size > limits.ENTRY_BYTES:
        raise Refused(_too_large(f"“{name}”", limits.ENTRY_BYTES))
    made_on = date.fromtimestamp(path.stat().st_mtime)
    return Container(path, name, [Entry(name, name, size, size, made_on)], None)


def _check_directory(path: Path, name: str, size: int) -> None:
    """Refuse a zip whose own table of contents is torn or too long, before it is loaded."""
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < 22:
            raise Refused(f"“{name}” is cut off or damaged: the end of the zip is missing.")
        count, length = struct.unpack("<10xHL", tail[at : at + 16])
        at64 = tail.rfind(_END64, 0, at)
        if at64 >= 0 and len(tail) - at64 >= 48:
            count, length = struct.unpack("<32xQQ", tail[at64 : at64 + 48])
    if count > limits.ENTRIES:
        raise Refused(f"“{name}” holds {count:,} files; the limit is {limits.ENTRIES:,}.")
    if length > limits.DIRECTORY_BYTES:
        raise Refused(f"“{name}” has a table of contents of {length:,} bytes, more than any real archive.")


def _open_zip(path: Path, name: str, size: int) -> Container:
    _check_directory(path, name, size)
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise Refused(f"“{name}” is cut off or damaged and cannot be opened as a zip.") from error
    try:
        return Container(path, name, _zip_entries(name, archive), archive)
    except BaseException:
        archive.close()
        raise


def _zip_entries(name: str, archive: zipfile.ZipFile) -> list[Entry]:
    infos = archive.infolist()
    if len(infos) > limits.ENTRIES:
        raise Refused(f"“{name}” holds {len(infos):,} files; the limit is {limits.ENTRIES:,}.")
    seen: set[str] = set()
    claimed = 0
    for info in infos:
        where = f"“{info.filename[:200]}” in “{name}”"
        _check_name(info.orig_filename, where)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refused(f"{where} is a link to somewhere else, which an archive never holds.")
        if info.flag_bits & 0x1:
            raise Refused(f"{where} is encrypted; hand over the zip without a password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(f"{where} is packed in a way LinkedIn never uses.")
        twin = unicodedata.normalize("NFC", info.filename).casefold()
        if twin in seen:
            raise Refused(f"{where} is there twice.")
        seen.add(twin)
        if info.file_size > limits.ENTRY_BYTES:
            raise Refused(_too_large(where, limits.ENTRY_BYTES))
        claimed += info.file_size
        if info.filename.lower().endswith(".zip"):
            raise Refused(f"{where} is another zip; unpack “{name}” once and hand over the inner one.")
    if claimed > limits.TOTAL_BYTES:
        raise Refused(_too_large(f"“{name}”, unpacked,", limits.TOTAL_BYTES))
    _check_overlap(name, infos)
    files = [info for info in infos if not info.is_dir() and not _is_clutter(info.filename)]
    shown = _without_wrapping([info.filename for info in files])
    return [
        Entry(clean(inside), info.filename, info.compress_size, info.file_size, _made_on(info))
        for inside, info in zip(shown, files, strict=True)
    ]


def _check_name(name: str, where: str) -> None:
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ".." in parts or "\0" in name:
        raise Refused(f"{where} has a path that leads out of the archive.")
    if len(parts[0]) == 2 and parts[0][1] == ":" and parts[0][0].isalpha():
        raise Refused(f"{where} has a path that leads out of the archive.")


def _check_overlap(name: str, infos: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are how small zips become huge ones."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise Refused(
                f"“{info.filename[:200]}” in “{name}” overlaps another entry, which no real archive does."
            )
        end = info.header_offset + 30 + info.compress_size


def _folder_entries(path: Path, name: str) -> list[Entry]:
    entries: list[Entry] = []
    total = 0
    for folder, folders, files in os.walk(path):
        folders.sort()
        for file in sorted(files):
            full = Path(folder, file)
            inside = full.relative_to(path).as_posix()
            if _is_clutter(inside):
                continue
            if full.is_symlink() or not full.is_file():
                raise Refused(
                    f"“{inside}” in “{name}” is a link to somewhere else, which an archive never holds."
                )
            status = full.stat()
            total += status.st_size
            entries.append(Entry(clean(inside), inside, status.st_size, status.st_size, None))
            if len(entries) > limits.ENTRIES:
                raise Refused(f"“{name}” holds more than {limits.ENTRIES:,} files.")
            if status.st_size > limits.ENTRY_BYTES:
                raise Refused(_too_large(f"“{inside}” in “{name}”", limits.ENTRY_BYTES))
            if total > limits.TOTAL_BYTES:
                raise Refused(_too_large(f"“{name}”", limits.TOTAL_BYTES))
    for entry, inside in zip(entries, _without_wrapping([entry.name for entry in entries]), strict=True):
        entry.name = inside
    return entries


def _is_clutter(name: str) -> bool:
    base = name.rsplit("/", 1)[-1]
    return (
        name.startswith("__MACOSX/")
        or "/__MACOSX/" in name
        or base in {".DS_Store", "Thumbs.db", "desktop.ini"}
    )


def _without_wrapping(names: list[str]) -> list[str]:
    """Names without the one root folder that zipping by hand puts around everything."""
    while names:
        first = names[0].split("/", 1)[0]
        if "/" not in names[0] or first.casefold().replace(" ", "").replace("_", "") in FOLDERS:
            return names
        if any(not name.startswith(first + "/") for name in names):
            return names
        names = [name[len(first) + 1 :] for name in names]
    return names


def _made_on(info: zipfile.ZipInfo) -> date | None:
    try:
        made = datetime(*info.date_time).date()
    except (ValueError, TypeError):
        return None
    return made if 2003 <= made.year < 2100 else None


def _too_large(what: str, limit: int) -> str:
    return f"{what} is larger than {limit // limits.MB} MB."


class _Pieces(io.RawIOBase):
    """An iterator of bytes as a readable file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next(self._chunks, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
