"""Connections.csv: people by name and address, and rows that hold nothing but a date (5.1)."""

from __future__ import annotations

from kith.archive.reading import dates
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.model import Connection, FileReport
from kith.archive.reading.names import slug
from kith.archive.reading.tables import Table, add_notice, short, skip

COLUMNS = (
    "First Name|Vorname",
    "Last Name|Nachname",
    "URL|Profile URL",
    "Email Address|E-Mail-Adresse",
    "Company|Unternehmen",
    "Position|Title",
    "Connected On|Vernetzt am|Verknüpft am",
)


def read_connections(table: Table, report: FileReport, found: Gathering) -> None:
    """Every named row becomes a person, every other a date; equal date-only rows are different people."""
    pick = table.picker(*COLUMNS)
    has_url = table.has("URL|Profile URL")
    if has_url:
        found.seen_layout(2024)
    seen = found.seen["connections"]
    names: dict[str, list[int]] = found.counted.setdefault("names", {})
    undated = 0
    for number, row in table.rows(report, "Position"):
        if not report.taken and number > 2:
            found.seen_layout(2022)  # a preamble stands above the header
        first, last, url, email, company, title, when = pick(row)
        on = dates.connected_on(when)
        found.count("connections", "rows")
        address = slug(url) if url else None
        name = short(f"{first} {last}".strip())
        if not name and address is None and not email:
            if on is None:
                skip(report, "neither a name nor a readable date", number)
                continue
            found.count("connections", "hidden_date_only_rows")
            found.connections.append(Connection(None, on))
            report.taken += 1
            continue
        key: object = address or (name, email, company, title, when)
        if key in seen:
            skip(report, "the same person twice", number)
            continue
        seen.add(key)
        undated += on is None
        node = found.circle.connection(
            name, address, email.strip(), short(company.strip()), short(title.strip()), on
        )
        found.connections.append(Connection(node, on))
        report.taken += 1
        if url:
            found.connection_urls.add(url)
        found.count("connections", "named")
        found.count("connections", "with_email", bool(email))
        found.count("connections", "without_position", not title)
        found.count("connections", "percent_encoded_urls", "%" in url)
        names.setdefault(f"{first.strip().lower()}\t{last.strip().lower()}", []).append(node)
    if undated:
        add_notice(report, f"{undated} people have no readable date.")
