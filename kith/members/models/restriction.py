"""What a host keeps a member from, why, until when, and what the member says to it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.core.ids import public_id
from kith.members.models.member import Member


class Restriction(models.Model):
    """A standing limit on one member; it always has a reason, and may have an end and an appeal (promise 10)."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended"
        INVITATIONS = "invitations", "invitations need the other one's e-mail"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.TextField()
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(lifted_at__isnull=True), name="restriction_stands_once"
            )
        ]
