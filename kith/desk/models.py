"""What the owner decided about a step that Today proposed."""

from django.db import models
from django.utils import timezone

from kith.contacts.models import Contact
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
    answered_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    later_until = models.DateField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "contact", "kind"], name="answer_once")]
