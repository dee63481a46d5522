"""Endorsements and recommendations, both ways (4.4, 5.4)."""

from __future__ import annotations

from kith.archive.reading import dates
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.model import Endorsement, FileReport, Recommendation
from kith.archive.reading.names import is_nobody, slug
from kith.archive.reading.tables import Table, short, skip


def read_endorsements(table: Table, report: FileReport, found: Gathering) -> None:
    """Given or received is told by the columns; the address has no scheme."""
    received = table.has("Endorser First Name")
    other = "Endorser" if received else "Endorsee"
    if table.has(f"{other} Public Url"):
        found.seen_layout(2024)
    pick = table.picker(
        "Endorsement Date", "Skill Name", f"{other} First Name", f"{other} Last Name", f"{other} Public Url",
        "Endorsement Status",
    )  # fmt: skip
    seen = found.seen[f"endorsements {other}"]
    for number, row in table.rows(report):
        date, skill, first, last, url, status = values = pick(row)
        name = short(f"{first} {last}".strip())
        address = slug(url) if url else None
        if address is None and is_nobody(name):
            skip(report, "nobody named", number)
            continue
        if values in seen:
            skip(report, "the same row twice", number)
            continue
        seen.add(values)
        node = found.circle.mention(name, address)
        at = dates.utc(date)
        found.endorsements.append(
            Endorsement(node, received, short(skill.strip()), at, status.strip().upper())
        )
        report.taken += 1


class Recommendations:
    """Given or received is told by the file's name only; people come without an address."""

    def __init__(self, *, received: bool) -> None:
        self.received = received

    def __call__(self, table: Table, report: FileReport, found: Gathering) -> None:
        pick = table.picker(
            "First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"
        )
        for _, row in table.rows(report, "Text"):
            first, last, company, title, text, date, status = pick(row)
            found.recommendations.append(
                Recommendation(
                    person=None,
                    name=short(f"{first} {last}".strip()),
                    company=short(company.strip()),
                    title=short(title.strip()),
                    text=text.replace("\r\n", "\n"),
                    at=dates.pacific(date),
                    received=self.received,
                    status=status.strip().upper(),
                )
            )
            report.taken += 1
