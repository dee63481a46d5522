"""What an archive says of its owner's own profile, in the words the profile's forms take."""

import re
from typing import Any

from kith.archive.reading import dates
from kith.archive.reading.model import Archive
from kith.contacts.models import ImportRun
from kith.core.text import clean_line, clean_text
from kith.members.policy import Viewer

_WEBSITE = re.compile(r"(?:([A-Z_]+):)?(https?://[^\s,\]]+)")
Row = dict[str, str]


def own_profile(archive: Archive) -> dict[str, Any]:
    """JSON-ready: headline, place and summary as text, and rows by section; empty ones are left out."""
    owner, kept = archive.owner, archive.profile
    summaries = [owner.summary, *(row.get("Profile Summary", "") for row in kept.get("summary", []))]
    said: dict[str, Any] = {
        "headline": clean_line(owner.headline, 1_000),
        "place": clean_line(owner.place, 1_000),
        "summary": clean_text(next((text for text in summaries if text.strip()), "")),
        "positions": [_position(row) for row in kept.get("positions", [])],
        "education": [_education(row) for row in kept.get("education", [])],
        "skills": [{"name": clean_line(row.get("Name", ""))} for row in kept.get("skills", [])],
        "languages": [
            {"name": clean_line(row.get("Name", "")), "level": clean_line(row.get("Proficiency", ""))}
            for row in kept.get("languages", [])
        ],
        "links": [link for row in kept.get("profile", []) for link in _links(row.get("Websites", ""))],
    }
    return {part: worded for part, rows in said.items() if (worded := _with_words(rows))}


def newest_run(viewer: Viewer) -> ImportRun | None:
    """The viewer's newest archive that says something of their profile; one taken back says nothing any more."""
    runs = ImportRun.objects.visible_to(viewer).standing().filter(kind=ImportRun.Kind.ARCHIVE)
    return runs.filter(report__has_key="profile").exclude(report__profile={}).first()


def _position(row: Row) -> Row:
    company = clean_line(row.get("Company Name", ""), 1_000)
    start, end = row.get("Started On", ""), row.get("Finished On", "")
    return {
        "title": clean_line(row.get("Title", ""), 1_000) or company,
        "organisation": company,
        "place": clean_line(row.get("Location", ""), 1_000),
        "description": _told(row.get("Description", ""), start, end),
        **_dates(start, end),
        "current": "" if dates.month_or_year(end)[0] else "on",
    }


def _education(row: Row) -> Row:
    start, end = row.get("Start Date", ""), row.get("End Date", "")
    notes = "\n".join(text for name in ("Notes", "Activities") if (text := clean_text(row.get(name, ""))))
    years = {name: text for name, text in _dates(start, end).items() if name.endswith("year")}
    return {
        "school": clean_line(row.get("School Name", ""), 1_000),
        "degree": clean_line(row.get("Degree Name", ""), 1_000),
        "description": _told(notes, start, end),
        **years,
    }


def _dates(start: str, end: str) -> Row:
    """Years and months as typed into a form; empty where the archive does not tell."""
    said = {}
    for name, text in (("start", start), ("end", end)):
        year, month = dates.month_or_year(text)
        said[f"{name}_year"], said[f"{name}_month"] = str(year or ""), str(month or "")
    return said


def _told(description: str, start: str, end: str) -> str:
    """The description; a date that no field can hold stays in it as it was written."""
    odd = [clean_line(text) for text in (start, end) if text.strip() and not _is_plain(text)]
    return "\n".join(part for part in (clean_text(description), " – ".join(odd)) if part)


def _is_plain(text: str) -> bool:
    year, month = dates.month_or_year(text)
    return year is not None and (month is not None or text.strip() == str(year))


def _links(websites: str) -> list[Row]:
    """`[COMPANY:https://…,BLOG:https://…]`, as the archive writes them."""
    return [
        {"url": found[2], "label": found[1].replace("_", " ").capitalize() if found[1] else ""}
        for found in _WEBSITE.finditer(websites)
    ]


def _with_words(rows: Any) -> Any:
    """Without rows that say nothing."""
    if isinstance(rows, str):
        return rows
    return [row for row in rows if any(text for key, text in row.items() if key not in ("current", "level"))]
