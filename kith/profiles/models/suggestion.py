"""Somebody who is not to be suggested to a member again."""

from django.db import models
from django.utils import timezone

from kith.members.models import Member


class DismissedSuggestion(models.Model):
    """Dismissed for good; the other never learns of it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="suggestions_dismissed")
    suggested = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "suggested"], name="suggestion_dismissed_once")
        ]
