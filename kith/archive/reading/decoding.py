"""Bytes to text: UTF-16 by its mark, UTF-8, else Windows-1252 with a notice; never a NUL (section 7)."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from kith.archive.reading.container import Container, Entry
from kith.archive.reading.storable import clean

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
FOREIGN = "Written by another tool (not UTF-8); some letters may be wrong."


def encoding_of(container: Container, entry: Entry) -> str:
    """Read an entry once, whole, and say how its text is written; this is also where damage shows."""
    encoding = ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for number, chunk in enumerate(container.chunks(entry)):
        if number == 0:
            encoding = next((name for mark, name in _MARKS if chunk.startswith(mark)), "")
        if not encoding:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                encoding = "cp1252"
    if not encoding:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            encoding = "cp1252"
    return encoding or "utf-8"


def lines(container: Container, entry: Entry, encoding: str) -> Iterator[str]:
    """The lines with their ends as written, without NUL, which the database cannot hold."""
    with io.TextIOWrapper(container.stream(entry), encoding=encoding, errors="replace", newline="") as text:
        for line in text:
            yield clean(line)
