"""The phone book the owner once uploaded, and the notes kept on people (4.1, 5.9)."""

from __future__ import annotations

import re

from kith.archive.reading import dates
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.model import AddressBookEntry, FileReport, Note
from kith.archive.reading.names import slug
from kith.archive.reading.tables import Table, short, skip

_SEPARATOR = re.compile(r"[,;\n]")


def read_address_book(table: Table, report: FileReport, found: Gathering) -> None:
    """Entries of any era; a number that begins with + was given a leading space, which goes."""
    pick = table.picker(
        "FirstName|First Name", "MiddleName", "LastName|Last Name", "FullName|Full Name", "Emails|Email Address",
        "PhoneNumbers|Phone Numbers", "Companies", "Title", "Birthday",
    )  # fmt: skip
    for number, row in table.rows(report):
        first, middle, last, full, emails, phones, company, title, birthday = (
            value.strip() for value in pick(row)
        )
        name = " ".join(part for part in (first, middle, last) if part) or full
        entry = AddressBookEntry(
            short(name), _several(emails), _several(phones), short(company), short(title), short(birthday)
        )
        if not (name or entry.emails or entry.phones):
            skip(report, "neither a name nor an address", number)
            continue
        found.count("address_book", "rows")
        found.address_book.append(entry)
        report.taken += 1


def read_notes(table: Table, report: FileReport, found: Gathering) -> None:
    """Private notes; an edited note keeps the day it was first written."""
    pick = table.picker(
        "Connection First Name",
        "Connection Last Name",
        "Connection Profile URL",
        "Note",
        "Created On",
        "Edited On",
    )
    found.seen_layout(2026)
    for number, row in table.rows(report, "Note"):
        first, last, url, text, created, edited = pick(row)
        name = short(f"{first} {last}".strip())
        address = slug(url) if url else None
        if not text.strip():
            skip(report, "an empty note", number)
            continue
        node = found.circle.mention(name, address) if address else None
        at = dates.utc_or_pacific(created) or dates.utc_or_pacific(edited)
        found.notes.append(Note(node, name, text.replace("\r\n", "\n"), at))
        report.taken += 1


def _several(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
