"""Keeping imported rows: insert what is new, mark what was there as seen by this run too."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, Value

from kith.contacts.models import ImportRun
from kith.contacts.models.owned import Imported

BATCH = 2_000
Key = tuple[Any, ...]


def keep(
    run: ImportRun, model: type[Imported], rows: Mapping[Key, Imported], existing: Mapping[Key, int]
) -> None:
    """Rows by natural key against the keys already stored (key to primary key)."""
    fresh = [row for key, row in rows.items() if key not in existing]
    for row in fresh:
        row.owner_id, row.seen_in = run.owner_id, [run.pk]
    model.objects.bulk_create(fresh, batch_size=BATCH)
    mark_seen(run, model, [existing[key] for key in rows if key in existing])


def mark_seen(run: ImportRun, model: type[Imported], ids: Iterable[int]) -> None:
    """This run saw these rows as well; a row typed here (no runs at all) stays the owner's own."""
    pending = list(ids)
    for start in range(0, len(pending), 10_000):
        model.objects.filter(pk__in=pending[start : start + 10_000]).exclude(seen_in=[]).exclude(
            seen_in__contains=[run.pk]
        ).update(
            seen_in=Func(
                F("seen_in"), Value(run.pk), function="array_append", output_field=ArrayField(IntegerField())
            )
        )
