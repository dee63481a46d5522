"""One ledger of what happened that somebody should know; later parts only feed it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.core.ids import public_id
from kith.members.models import Member
from kith.members.policy import Viewer


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Words for sets of notifications."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The viewer's own; each Kind's `may_see` is asked again when they are shown."""
        if viewer.member is None:
            return self.none()
        return self.filter(recipient=viewer.member).exclude(actor__in=viewer.hidden_ids)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


NotificationManager = models.Manager.from_queryset(NotificationQuerySet)


class Notification(models.Model):
    """One event told to one recipient, once (d11); channels claim from here and never make rows."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    recipient = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40, help_text="a key of notifications.kinds")
    event = models.CharField(max_length=120, help_text="names the event; told once to each recipient")
    group = models.CharField(max_length=120, blank=True, help_text="events of one group show as one line")
    actor = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    subject_type = models.CharField(max_length=60, blank=True, help_text="a model's label, or nothing")
    subject_id = models.BigIntegerField(null=True, blank=True)
    facts = models.JSONField(
        default=dict, help_text="numbers and keys the sentence needs; no texts of people"
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="notification_told_once")]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notification_newest"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]


class Preference(models.Model):
    """How a member wants one kind on one channel, where it differs from the kind's default."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notification_preferences")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10)
    choice = models.CharField(max_length=10)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "channel"], name="preference_once")]


class Announcement(models.Model):
    """A host's word to every member: a kind of notice members can silence (promise 7)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title
