"""What the owner decided about a step that Today proposed, a card of the back-fill, somebody of theirs who is here."""

from django.db import models
from django.utils import timezone

from kith.contacts.models import Contact, Talk
from kith.contacts.models.owned import Owned
from kith.members.models import Member


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


class FoundHere(Owned):
    """A member the owner was told of as one of their contacts, found by an address that member opted to be found by (b1).

    Whether it still holds is asked anew each time; the row keeps what was told within a day, and what was put off.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    put_off_at = models.DateTimeField(null=True, blank=True, help_text="not offered again, for good")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "member"], name="found_here_once")]
