"""What every part shares: host settings, budgets, answered forms, letters on their way."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from kith.core.ids import public_id


class HostSetting(models.Model):
    """A value the host set; the code that uses a setting declares its default (`core.host.Setting`)."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()
    set_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class Budget(models.Model):
    """When something was done under one key lately, in order (`core.limits`)."""

    key = models.CharField(max_length=120, primary_key=True)
    taken_at = ArrayField(models.DateTimeField(), default=list)


class AnsweredForm(models.Model):
    """A form sent once: the second sending of the same one gets the first one's answer (d17)."""

    key = models.CharField(max_length=64, primary_key=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)
    answer = models.JSONField(null=True, help_text="status, headers, body; empty while it is being answered")


class Letter(models.Model):
    """A mail on its way, or kept for the host where no mail server is set up."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        KEPT = "kept", "kept: there is no mail server"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True, help_text="emptied once sent")
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, help_text="while it waits: not before")
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
