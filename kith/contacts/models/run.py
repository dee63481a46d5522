"""An import: from the stored upload to the report, or to being taken back whole."""

from typing import Self

from django.db import models
from django.utils import timezone

from kith.contacts.models.owned import Owned, OwnedQuerySet
from kith.core.ids import public_id


class RunQuerySet(OwnedQuerySet["ImportRun"]):
    """Words for sets of imports."""

    def standing(self) -> Self:
        """What came in and was not taken back."""
        return self.filter(finished_at__isnull=False, taken_back_at__isnull=True)

    def unanswered(self) -> Self:
        """Looked at, and waiting for their owner's word."""
        return self.filter(previewed_at__isnull=False, queued_at=None, failed_at=None, cancelled_at=None)


RunManager = models.Manager.from_queryset(RunQuerySet)


class ImportRun(Owned):
    """One archive or workbook on its way in; what happened is kept as timestamps."""

    class Kind(models.TextChoices):
        ARCHIVE = "archive"
        WORKBOOK = "workbook"
        KITH = "kith"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ARCHIVE)
    file_name = models.CharField(max_length=255)
    upload = models.CharField(
        max_length=255, blank=True, help_text="name in the uploads folder; empty when deleted"
    )
    as_of = models.DateField(null=True)
    preview = models.JSONField(null=True)
    choices = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    diff = models.JSONField(null=True)
    seconds = models.FloatField(null=True)
    failure = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    previewed_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    take_back_asked_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = RunManager()  # type: ignore[misc]  # narrower than the one it inherits

    class Meta:
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> str:
        """One word: taken back, going back, done, failed, cancelled, importing, ready, reading."""
        for moment, word in (
            (self.taken_back_at, "taken back"),
            (self.take_back_asked_at, "going back"),
            (self.finished_at, "done"),
            (self.failed_at, "failed"),
            (self.cancelled_at, "cancelled"),
            (self.queued_at, "importing"),
            (self.previewed_at, "ready"),
        ):
            if moment:
                return word
        return "reading"

    @property
    def is_moving(self) -> bool:
        return self.state in ("reading", "importing", "going back")


class ImportProgress(models.Model):
    """How far a run is: written outside the run's transaction so that the page can see it."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="progress", primary_key=True)
    step = models.CharField(max_length=120, blank=True)
    share = models.FloatField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)
