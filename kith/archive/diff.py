"""What a newer archive says against the one before: new, gone, changed jobs, answered invitations (TPT-05)."""

from typing import Any

from kith.contacts.models import ImportRun, PastInvitation, Sighting


def run_before(run: ImportRun) -> ImportRun | None:
    """The newest archive of this owner that came in before and is not younger than this one."""
    return (
        ImportRun.objects.owned_by(run.owner)
        .standing()
        .filter(kind=ImportRun.Kind.ARCHIVE, as_of__lte=run.as_of)
        .exclude(pk=run.pk)
        .order_by("-as_of", "-finished_at")
        .first()
    )


def open_invitations(run: ImportRun) -> set[int]:
    """Invitations sent and not accepted before this run writes."""
    rows = PastInvitation.objects.owned_by(run.owner).filter(outgoing=True, accepted=False)
    return set(rows.values_list("pk", flat=True))


def difference(run: ImportRun, before: ImportRun | None, were_open: set[int]) -> dict[str, Any] | None:
    """None for a first archive; people as public ids with the names of today."""
    if before is None:
        return None
    old, new = _connections(before), _connections(run)
    changed = [
        {"contact": public_id, "name": row[0], "before": _job(old[public_id]), "after": _job(row)}
        for public_id, row in new.items()
        if public_id in old and row[1:] != old[public_id][1:] and any(row[1:])
    ]
    answered = PastInvitation.objects.filter(pk__in=were_open, accepted=True).values_list(
        "contact__public_id", "contact__name"
    )
    return {
        "since": before.as_of.isoformat() if before.as_of else None,
        "new": [{"contact": key, "name": row[0]} for key, row in new.items() if key not in old],
        "gone": [{"contact": key, "name": row[0]} for key, row in old.items() if key not in new],
        "changed": changed,
        "answered": [{"contact": public_id, "name": name} for public_id, name in answered],
    }


def _connections(run: ImportRun) -> dict[str, tuple[str, str, str]]:
    rows = Sighting.objects.filter(run=run, connected_on__isnull=False).order_by(
        "contact__sort_name", "contact_id"
    )
    return {
        public_id: (name, company, title)
        for public_id, name, company, title in rows.values_list(
            "contact__public_id", "contact__name", "company", "title"
        )
    }


def _job(row: tuple[str, str, str]) -> dict[str, str]:
    return {"company": row[1], "title": row[2]}
