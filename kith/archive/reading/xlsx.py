"""Cells of a workbook, read with a plain XML parser: no DTD, no formula, nothing beyond the limits (b50, 11)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from kith.archive.reading import limits
from kith.archive.reading.container import Container, Damaged, Entry, open_container
from kith.archive.reading.model import Refused
from kith.archive.reading.storable import clean

Cell = str | float | None
Sheet = list[list[Cell]]  # rows of cells, each row without trailing empty ones

_PLACE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_CONTENTS = "[content_types].xml"


def is_workbook(container: Container) -> bool:
    """Whether a zip is a workbook, told by what it holds."""
    names = {entry.inside.lower() for entry in container.entries}
    return _CONTENTS in names and any(name.startswith("xl/") for name in names)


def read_sheets(path: Path, name: str = "") -> list[tuple[str, Sheet]]:
    """(name, rows) of every sheet in the book's own order; Refused for anything that is not a harmless workbook."""
    if path.is_file() and path.stat().st_size > limits.WORKBOOK_BYTES:
        raise Refused(f"“{name or path.name}” is larger than {limits.WORKBOOK_BYTES // limits.MB} MB.")
    with open_container(path, name) as container:
        if not is_workbook(container):
            raise Refused(f"“{container.name}” is not an Excel workbook (.xlsx).")
        if len(container.entries) > limits.WORKBOOK_ENTRIES:
            raise Refused(f"“{container.name}” holds more than {limits.WORKBOOK_ENTRIES:,} parts.")
        try:
            return _Book(container).sheets()
        except (Damaged, expat.ExpatError, zipfile.BadZipFile, KeyError) as error:
            raise Refused(f"“{container.name}” is damaged and cannot be read as a workbook.") from error


class _Book:
    def __init__(self, container: Container) -> None:
        self._container = container
        self._parts = {entry.inside.lower(): entry for entry in container.entries}
        self._read = 0
        self._texts: list[str] = []

    def sheets(self) -> list[tuple[str, Sheet]]:
        if "xl/sharedstrings.xml" in self._parts:
            self._texts = self._shared_texts()
        links = self._links()
        book: list[tuple[str, Sheet]] = []
        for name, link in self._names():
            part = self._parts.get(links.get(link, "").lower())
            if part is not None:
                book.append((name, self._cells(part)))
        return book[:50]

    def _parse(
        self,
        part: Entry,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> None:
        name = self._container.name

        def refuse_doctype(*_: object) -> None:
            raise Refused(f"“{name}” declares a document type, which no real workbook does.")

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler = lambda tag, attributes: start(_local(tag), attributes)
        if end is not None:
            parser.EndElementHandler = lambda tag: end(_local(tag))
        if data is not None:
            parser.CharacterDataHandler = data
        for chunk in self._chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _chunks(self, part: Entry) -> Iterator[bytes]:
        read = 0
        for chunk in self._container.chunks(part):
            read += len(chunk)
            self._read += len(chunk)
            if read > limits.WORKBOOK_PART_BYTES or self._read > limits.WORKBOOK_TOTAL_BYTES:
                raise Refused(
                    f"“{self._container.name}”, unpacked, is larger than "
                    f"{limits.WORKBOOK_TOTAL_BYTES // limits.MB} MB, or one part of it is."
                )
            yield chunk

    def _shared_texts(self) -> list[str]:
        texts: list[str] = []
        inside: list[str] = []
        taking = [False, False]  # inside a text, inside a phonetic hint

        def start(tag: str, _: dict[str, str]) -> None:
            if tag == "si":
                inside.clear()
            elif tag in ("t", "rPh"):
                taking[tag == "rPh"] = True

        def end(tag: str) -> None:
            if tag == "si":
                texts.append(clean("".join(inside)))
                if len(texts) > limits.WORKBOOK_STRINGS:
                    raise Refused(
                        f"“{self._container.name}” holds more than {limits.WORKBOOK_STRINGS:,} texts."
                    )
            elif tag in ("t", "rPh"):
                taking[tag == "rPh"] = False

        def data(text: str) -> None:
            if taking[0] and not taking[1]:
                inside.append(text)

        self._parse(self._parts["xl/sharedstrings.xml"], start, end, data)
        return texts

    def _names(self) -> list[tuple[str, str]]:
        names: list[tuple[str, str]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                link = next((value for key, value in attributes.items() if _local(key) == "id"), "")
                names.append((clean(attributes.get("name", "")), link))

        self._parse(self._parts["xl/workbook.xml"], start)
        return names

    def _links(self) -> dict[str, str]:
        links: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            target = attributes.get("Target", "")
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                links[attributes.get("Id", "")] = where

        self._parse(self._parts["xl/_rels/workbook.xml.rels"], start)
        return links

    def _cells(self, part: Entry) -> Sheet:
        sheet = _SheetReader(self._texts, self._container.name)
        self._parse(part, sheet.start, sheet.end, sheet.data)
        return sheet.rows


class _SheetReader:
    """Takes a sheet's elements and lays cells in rows."""

    def __init__(self, texts: list[str], book: str) -> None:
        self.rows: Sheet = []
        self._texts = texts
        self._book = book
        self._row = 0
        self._column = 0
        self._kind = ""
        self._taking = False
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = 0
        elif tag == "c":
            place = _PLACE.match(attributes.get("r", ""))
            if place:
                self._column, self._row = _column(place[1]), int(place[2])
            else:
                self._column += 1
            self._kind = attributes.get("t", "n")
            self._text.clear()
        elif tag in ("v", "t"):
            self._taking = True
        elif tag == "f":
            raise Refused(f"“{self._book}” holds formulas, which no real workbook of figures does.")

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._taking = False
        elif tag == "c":
            self._lay("".join(self._text))

    def data(self, text: str) -> None:
        if self._taking:
            self._text.append(text)

    def _lay(self, text: str) -> None:
        value: Cell = clean(text)
        if self._kind == "s":
            index = int(text) if text.isdecimal() and len(text) < 10 else -1
            value = self._texts[index] if 0 <= index < len(self._texts) else None
        elif self._kind == "n":
            try:
                value = float(text) if text.strip() else None
            except ValueError:
                value = clean(text)
        if value is None or value == "":
            return
        if self._row > limits.WORKBOOK_ROWS or self._row < 1:
            raise Refused(f"“{self._book}” has a sheet of more than {limits.WORKBOOK_ROWS:,} rows.")
        if self._column > limits.WORKBOOK_COLUMNS:
            raise Refused(f"“{self._book}” has a sheet of more than {limits.WORKBOOK_COLUMNS} columns.")
        while len(self.rows) < self._row:
            self.rows.append([])
        row = self.rows[self._row - 1]
        row.extend([None] * (self._column - len(row)))
        row[self._column - 1] = value


def _local(tag: str) -> str:
    return tag.rsplit(":", 1)[-1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
