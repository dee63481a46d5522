"""What an archive holds, what will be done with it, and what stays out unless ticked."""

from dataclasses import asdict
from typing import Any

from kith.archive.own.taking_in import is_empty
from kith.archive.reading.kith_export import KithExport
from kith.archive.reading.model import Archive, Workbook
from kith.contacts.models import Contact, ImportRun
from kith.core.text import fold


def preview_archive(run: ImportRun, archive: Archive) -> dict[str, Any]:
    """Figures for the page that asks before anything is written, JSON-ready."""
    facts = archive.facts()
    owner = archive.owner
    is_sample = bool(run.choices.get("sample"))
    is_theirs = bool(owner.name) and fold(owner.name) != fold(run.owner.name)
    return {
        "owner": owner.name,
        "is_sample": is_sample,
        "is_somebody_else": is_theirs and not is_sample,  # nobody owns the sample: nothing to ask
        "as_of": archive.as_of.isoformat(),
        "kind": archive.kind,
        "is_first": not Contact.objects.owned_by(run.owner).exists(),
        "found": {key: facts[key] for key in facts if key != "people"},
        "people": sum(not person.is_placeholder for person in archive.people),
        "articles": sum(deed.kind == "article" for deed in archive.deeds),
        "notes": len(archive.notes),
        "address_book": len(archive.address_book),
        "birthdays": sum(bool(entry.birthday) for entry in archive.address_book),
        "headline": owner.headline if not run.owner.headline else "",
        "place": owner.place if not run.owner.place else "",
        "files": [asdict(report) for report in archive.files],
        "notices": archive.notices,
    }


def preview_workbook(workbook: Workbook) -> dict[str, Any]:
    """The same for creator analytics."""
    return {
        "kind": workbook.kind,
        "starts_on": workbook.starts_on.isoformat() if workbook.starts_on else None,
        "ends_on": workbook.ends_on.isoformat() if workbook.ends_on else None,
        "days": len(workbook.days),
        "posts": len(workbook.posts),
        "notices": workbook.notices,
    }


def preview_export(run: ImportRun, export: KithExport) -> dict[str, Any]:
    """The same for the export of another Kith."""
    return {
        "kind": "kith",
        "owner": export.owner,
        "host": export.host,
        "made_at": export.made_at,
        "is_somebody_else": bool(export.owner) and fold(export.owner) != fold(run.owner.name),
        "is_first": is_empty(run.owner),
        "counts": {path: count for path, count in export.counts().items() if count},
    }
