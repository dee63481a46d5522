"""The owner's own page: name, place, positions, skills and the other small files, as written (4.4, 5.4)."""

from __future__ import annotations

from kith.archive.reading import dates
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.model import FileReport
from kith.archive.reading.tables import Table

_ABSENT = {"N/A"}  # what Learning writes for nothing


def read_profile(table: Table, report: FileReport, found: Gathering) -> None:
    """Profile.csv: one row; it never holds the profile's address."""
    pick = table.picker("First Name", "Last Name", "Headline", "Geo Location", "Birth Date", "Summary")
    kept = found.profile.setdefault("profile", [])
    if table.has("Contact Instructions"):
        found.seen_layout(2018)
    for _, row in table.rows(report, "Summary"):
        if not found.owner.name:
            first, last, headline, place, birthday, summary = (value.strip() for value in pick(row))
            owner = found.owner
            owner.first, owner.last, owner.headline, owner.place = first, last, headline, place
            owner.summary, owner.birthday = summary, dates.birthday(birthday)
        kept.append(dict(zip(table.header, row, strict=False)))
        report.taken += 1


def read_emails(table: Table, report: FileReport, found: Gathering) -> None:
    """The owner's confirmed addresses, the primary one first."""
    pick = table.picker("Email Address", "Confirmed", "Primary")
    for _, row in table.rows(report):
        address, confirmed, primary = pick(row)
        if "@" in address and confirmed.strip().casefold() != "no":
            at = 0 if primary.strip().casefold() == "yes" else len(found.owner.emails)
            found.owner.emails.insert(at, address.strip())
        report.taken += 1


class ProfilePart:
    """Positions, education, skills and so on: rows kept as dictionaries under one name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, table: Table, report: FileReport, found: Gathering) -> None:
        rows = found.profile.setdefault(self.name, [])
        for record in table.records(report):
            if self.name == "learning":
                record = {column: "" if value in _ABSENT else value for column, value in record.items()}
            rows.append(record)
            report.taken += 1
