"""What the owner decided about a step that Today proposed, and about a card of the back-fill."""

from django.db import models
from django.utils import timezone

from kith.contacts.models import Contact, Talk
from kith.contacts.models.owned import Owned


class Answer(Owned):
    """One proposed step answered: done, put off until a day, or not this one."""

    class Kind(models.TextChoices):
        WAITING = "waiting"
        INVITATION = "invitation"
        QUIET = "quiet"
        JOB_CHANGE = "job_change"
        GREETING = "greeting"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    about_at = models.DateTimeField(null=True, help_text="when that happened; something newer comes back")
    answered_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    later_until = models.DateField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "contact", "kind"], name="answer_once")]


class Card(Owned):
    """One card of the back-fill answered: have you really spoken with this contact?"""

    class Said(models.TextChoices):
        SPOKEN = "spoken"
        NOT_YET = "not_yet"
        SKIPPED = "skipped"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="cards")
    said = models.CharField(max_length=8, choices=Said.choices)
    talk = models.OneToOneField(Talk, null=True, on_delete=models.SET_NULL, related_name="card")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "contact"], name="card_once")]
