"""Files members take out, and what came along from another house that cannot stand here as it stood there."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from kith.contacts.models.owned import Owned, OwnedQuerySet
from kith.core.ids import public_id

KEPT_DAYS = 7


class ExportQuerySet(OwnedQuerySet["Export"]):
    """Words for sets of exports."""

    def moving(self) -> Self:
        return self.filter(finished_at=None, failed_at=None)

    def standing(self) -> Self:
        """Finished, and their link not dead yet."""
        return self.filter(finished_at__gt=timezone.now() - timedelta(days=KEPT_DAYS)).exclude(file="")


ExportManager = models.Manager.from_queryset(ExportQuerySet)


class Export(Owned):
    """One file of everything that is its owner's, from the wish to the day its link dies (b38)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=80, blank=True, help_text="a random name in the exports folder")
    size = models.BigIntegerField(default=0, help_text="bytes")
    seconds = models.FloatField(null=True)
    counts = models.JSONField(default=dict, help_text="file in the zip to rows")
    step = models.CharField(max_length=120, blank=True)
    share = models.FloatField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)

    objects = ExportManager()  # type: ignore[misc]  # narrower than the one it inherits

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def is_moving(self) -> bool:
        return self.finished_at is None and self.failed_at is None

    @property
    def dies_at(self) -> datetime | None:
        return self.finished_at + timedelta(days=KEPT_DAYS) if self.finished_at else None

    @property
    def is_there(self) -> bool:
        """Whether it can still be fetched."""
        return bool(self.file) and self.dies_at is not None and self.dies_at > timezone.now()


class KeptTie(Owned):
    """A line of `ties/` in an export brought in: what stood between its owner and others elsewhere."""

    kind = models.CharField(max_length=40)
    host = models.CharField(max_length=300, blank=True, help_text="the house it comes from")
    at = models.DateTimeField(null=True)
    line = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "fingerprint"], name="kept_tie_once")]
