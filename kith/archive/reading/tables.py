"""Rows under names: finds the header, maps columns loosely, mends rows that are too short or too long (9.3-9.7)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from kith.archive.reading import limits
from kith.archive.reading.model import FileReport, Refused

# One unclosed quote makes a file one field; the caps on bytes guard the memory instead.
csv.field_size_limit(2**31 - 1)

Row = list[str]
_LOOSE = re.compile(r"[\W_]+")


def loose(name: str) -> str:
    """A column's or file's name as it is compared: without case, spaces and punctuation."""
    return _LOOSE.sub("", name).casefold()


class Table:
    """One file's rows under its header; iterating counts them in the report and mends their length."""

    def __init__(
        self, header: Row, rows: Iterator[tuple[int, Row]], quotes: list[int], *, is_tabbed: bool = False
    ) -> None:
        self.header = header
        self._quotes = quotes
        self.is_tabbed = is_tabbed
        self._rows = rows
        names = [loose(name) for name in header]
        while names and not names[-1]:
            names.pop()
        self._columns: dict[str, int] = {}
        for index, name in enumerate(names):
            unique, number = name, 2
            while unique in self._columns:
                unique, number = f"{name}{number}", number + 1
            if unique:
                self._columns[unique] = index
        self._width = len(names)

    @property
    def names(self) -> set[str]:
        return set(self._columns)

    def has(self, *columns: str) -> bool:
        """Whether all these columns are there; `A|B` is either spelling."""
        return all(self.index(column) is not None for column in columns)

    def index(self, column: str) -> int | None:
        for name in column.split("|"):
            if (found := self._columns.get(loose(name))) is not None:
                return found
        return None

    def picker(self, *columns: str) -> Callable[[Row], tuple[str, ...]]:
        """A function from a row to these columns' values; an absent column is empty text."""
        indexes = [self.index(column) for column in columns]

        def pick(row: Row) -> tuple[str, ...]:
            return tuple("" if index is None else row[index] for index in indexes)

        return pick

    def rows(self, report: FileReport, text: str = "") -> Iterator[tuple[int, Row]]:
        """(record number, row): padded when short; what is too long is joined into the column `text`."""
        joined = self.index(text) if text else None
        joined = self._width - 1 if joined is None else joined
        names = list(self.header[: self._width])
        mended = cut = 0
        for number, row in self._rows:
            if not any(row):
                continue
            if len(row) < self._width:
                row = row + [""] * (self._width - len(row))
            elif len(row) > self._width:
                surplus = len(row) - self._width
                if any(row[self._width :]):
                    mended += 1
                    row = [
                        *row[:joined],
                        ",".join(row[joined : joined + surplus + 1]),
                        *row[joined + surplus + 1 :],
                    ]
                else:
                    row = row[: self._width]
            if row[: self._width] == names:
                continue
            if any(len(cell) > limits.TEXT_LENGTH for cell in row):
                cut += 1
                row = [cell[: limits.TEXT_LENGTH] for cell in row]
            count_row(report)
            yield number, row
        if self._quotes[0] % 2:
            add_notice(report, "A quotation mark is never closed; some rows may have been read as one.")
        if mended:
            add_notice(
                report, f"{mended} rows had more fields than the header; the surplus was joined to the text."
            )
        if cut:
            add_notice(
                report,
                f"{cut} rows held more than {limits.TEXT_LENGTH:,} characters in a field and were cut.",
            )

    def records(self, report: FileReport) -> Iterator[dict[str, str]]:
        """Rows as dictionaries under the header's own names; nameless columns are dropped."""
        columns = [(self.header[index].strip(), name, index) for name, index in self._columns.items()]
        titles = [
            title if loose(title) == name else f"{title} {name[len(loose(title)) :]}"
            for title, name, _ in columns
        ]
        for _, row in self.rows(report):
            yield {title: row[column[2]] for title, column in zip(titles, columns, strict=True)}


def read_table(lines: Iterable[str], is_header: Callable[[set[str]], bool]) -> Table | None:
    """Split lines by RFC 4180 and find the header among the first records; None when there is none."""
    found = iter(lines)
    head = list(islice(found, 1))
    if not head:
        return None
    delimiter = "\t" if "\t" in head[0] else ","
    if delimiter == "," and head[0].count(";") > head[0].count(","):
        delimiter = ";"  # a spreadsheet of a country with decimal commas saved it again

    quotes = [0]  # an odd number at the end means that one was never closed

    def chained() -> Iterator[str]:
        for line in chain(head, found):
            quotes[0] += line.count('"')
            yield line

    records = enumerate(csv.reader(chained(), delimiter=delimiter), start=1)
    for _, record in islice(records, limits.HEADER_RECORDS):
        if is_header({loose(cell) for cell in record[:200]}):
            return Table(record[:200], records, quotes, is_tabbed=delimiter == "\t")
    return None


def short(text: str) -> str:
    """A name, company or title, kept as given but not without end."""
    return text if len(text) <= limits.NAME_LENGTH else text[: limits.NAME_LENGTH]


def count_row(report: FileReport) -> None:
    """One more row of a file; Refused beyond what any member can have."""
    report.rows += 1
    if report.rows > limits.ROWS:
        raise Refused(f"“{report.name}” holds more than {limits.ROWS:,} rows.")


def skip(report: FileReport, reason: str, number: int | None = None) -> None:
    """Count a row that is not taken, with its reason and, for the first ones, its place."""
    report.skipped[reason] = report.skipped.get(reason, 0) + 1
    if number is not None and len(report.lines) < limits.LISTED_LINES:
        report.lines.append((number, reason))


def add_notice(report: FileReport, notice: str) -> None:
    report.notice = f"{report.notice} {notice}".strip()
