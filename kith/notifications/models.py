"""One ledger of what happened that somebody should know; later parts only feed it."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kith.core.ids import public_id
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.notifications.kinds import may_see


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Words for sets of notifications."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The viewer's own that its kind lets them see now (b18); what came before a block stays closed after it."""
        if viewer.member is None:
            return self.none()
        pair = Q(blocker=OuterRef("recipient"), blocked=OuterRef("actor"))
        pair |= Q(blocker=OuterRef("actor"), blocked=OuterRef("recipient"))
        closed = Block.objects.filter(pair, Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef("at")))
        return self.filter(may_see(viewer.member), ~Exists(closed), recipient=viewer.member)

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


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Words for sets of announcements."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Every member may read what the hosts announced and did not withdraw."""
        return self.standing() if viewer.member else self.none()


AnnouncementManager = models.Manager.from_queryset(AnnouncementQuerySet)


class Announcement(models.Model):
    """A host's word to every member: a kind of notice members can silence (promise 7)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementManager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title
