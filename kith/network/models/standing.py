"""How a member's invitations are received: figures of a weekly batch, and what the host adds to a cap."""

from django.db import models
from django.utils import timezone

from kith.members.models import Member


class Figures(models.Model):
    """One week's closed figures of one sender; what recipients decided enters only here, in bands (INV-24)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitation_figures")
    closed_at = models.DateTimeField(default=timezone.now, help_text="the host's midnight before a Monday")
    sent = models.IntegerField(help_text="ever")
    accepted = models.IntegerField(help_text="of the last 50 that are answered or older than 14 days")
    answered = models.IntegerField(help_text="how many those are, with `declined`")
    declined = models.IntegerField(help_text="within 14 days: the lower end of the band")
    unknown = models.IntegerField(help_text="declined as unknown within 30 days: the lower end of the band")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "closed_at"], name="figures_once_a_batch")]
        ordering = ["-closed_at"]


class TopUp(models.Model):
    """Invitations a host granted beyond the lifetime cap (S-24)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitation_top_ups")
    amount = models.PositiveIntegerField()
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)


class AddressTry(models.Model):
    """An invitee's e-mail typed where it is needed: three a day, and a wrong one is an invitation spent (S-23)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    tried_at = models.DateTimeField(default=timezone.now)
    was_right = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["member", "-tried_at"], name="address_try_newest")]
