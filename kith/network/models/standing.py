"""How a member's invitations are received: figures of a weekly batch, and what the host adds to a cap."""

from django.db import models
from django.utils import timezone

from kith.members.models import Member


class Figures(models.Model):
    """One week's closed figures of one sender; what recipients decided enters only here, in bands (INV-24)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitation_figures")
    closed_at = models.DateTimeField(default=timezone.now)
    sent = models.IntegerField()
    accepted = models.IntegerField()
    answered = models.IntegerField(help_text="accepted, declined, or unanswered for 14 days, of the last 50")
    unknown = models.IntegerField(help_text="declined as unknown within 30 days")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "closed_at"], name="figures_once_a_batch")]
        ordering = ["-closed_at"]


class TopUp(models.Model):
    """Invitations a host granted beyond the lifetime cap (S-24)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitation_top_ups")
    amount = models.PositiveIntegerField()
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
