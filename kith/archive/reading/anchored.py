"""Files whose quoting cannot be trusted, split where a line starts with a date (5.6, 5.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from kith.archive.reading.limits import TEXT_LENGTH

Style = Literal["rfc", "raw", "backslash"]

_COMMENT = re.compile(
    r'^"?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: UTC)?"?,("?(?:https?://|urn(?::|%3A))[^,\s"]*"?|(?="|,)),?',
    re.IGNORECASE,
)
_QUERY = re.compile(r'^"?(\d{4}[/-]\d\d[/-]\d\d \d\d:\d\d:\d\d(?: UTC)?)"?,')
_RFC = re.compile(r'(?:[^"]|"")*')


class Comment(NamedTuple):
    number: int  # line in the file
    date: str
    link: str
    text: str
    style: Style | None  # None where the row could be any dialect


def comments(lines: Iterable[str]) -> Iterator[Comment]:
    """Comments of all three dialects; lines before the first anchor are the header and are dropped."""
    current: tuple[int, str, str] | None = None
    parts: list[str] = []
    length = 0
    for number, line in enumerate(lines, start=1):
        anchor = _COMMENT.match(line)
        if anchor is None:
            if current is not None and length <= TEXT_LENGTH:
                parts.append(line)
                length += len(line)
            continue
        if current is not None:
            yield _comment(current, parts)
        current = (number, anchor[1], anchor[2].strip('"'))
        parts, length = [line[anchor.end() :]], 0
    if current is not None:
        yield _comment(current, parts)


def queries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(date, query) of search queries, which do not quote their commas."""
    for line in lines:
        if anchor := _QUERY.match(line):
            yield anchor[1], unquoted(line[anchor.end() :].rstrip("\r\n"))[0]


def unquoted(text: str) -> tuple[str, Style | None]:
    """A field without its quotes, in the dialect it was written in."""
    if len(text) < 2 or not (text.startswith('"') and text.endswith('"')):
        return text, "raw" if "\n" in text else None
    inner = text[1:-1]
    if _RFC.fullmatch(inner):
        return inner.replace('""', '"'), "rfc" if '"' in inner else None
    if '\\"' in inner:
        return inner.replace('\\"', '"'), "backslash"
    return text, "raw"  # a bare text that happens to start and end with a quotation


def _comment(current: tuple[int, str, str], parts: list[str]) -> Comment:
    text, style = unquoted("".join(parts).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
    return Comment(*current, text[:TEXT_LENGTH], style)
