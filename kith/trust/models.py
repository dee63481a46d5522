"""Somebody tells the hosts what they met; what they saw is kept as it was (FAK-11). What is usual in this house."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.ids import public_id
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Invitation


class ReportQuerySet(models.QuerySet["Report"]):
    """Words for sets of reports."""

    def visible_to(self, viewer: Viewer) -> "ReportQuerySet":
        """One's own; whoever is reported never learns of it, hosts have the console."""
        return self.filter(reporter=viewer.member) if viewer.member else self.none()

    def waiting(self) -> "ReportQuerySet":
        return self.filter(decided_at__isnull=True)


ReportManager = models.Manager.from_queryset(ReportQuerySet)


class Report(models.Model):
    """One member reports another, or their invitation; a host decides, with words to the reporter."""

    class Reason(models.TextChoices):
        PITCH = "pitch", _("Pitched to me within a day of my accepting")
        HARVEST = "harvest", _("Put my e-mail address on a list, or wrote to it to sell")
        FAKE = "fake", _("Pretends to be somebody else, or is nobody")
        ABUSE = "abuse", _("Insults, threatens or harasses")
        OTHER = "other", _("Something else")

    COSTS_STANDING = (Reason.PITCH, Reason.HARVEST)  # INV-13, CON-21

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    reporter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reports_made")
    about = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reports_met")
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason.choices)
    text = models.TextField(blank=True)
    evidence = models.JSONField(default=dict, help_text="a copy of what the reporter saw, made at the time")
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    upheld_at = models.DateTimeField(null=True, blank=True, help_text="empty once decided: not upheld")
    words = models.TextField(blank=True, help_text="the host's, for the reporter")

    objects = ReportManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "about"], condition=Q(decided_at__isnull=True), name="report_waits_once"
            ),
            models.CheckConstraint(condition=~Q(reporter=F("about")), name="report_not_oneself"),
            models.CheckConstraint(
                condition=Q(upheld_at__isnull=True) | Q(decided_at__isnull=False),
                name="report_upheld_decided",
            ),
        ]
        indexes = [models.Index(fields=["about", "-made_at"], name="report_about")]

    @property
    def took(self) -> timedelta | None:
        """Time to the decision (S-38)."""
        return self.decided_at - self.made_at if self.decided_at else None


class Usual(models.Model):
    """What is usual in this house, against which clues are measured: one row of figures, naming nobody.

    Keys of `medians` and `shares` are how long one is here, with `/` and years of work after it where known.
    """

    measured_at = models.DateTimeField(default=timezone.now)
    medians = models.JSONField(default=dict, help_text="connections of half of the members alike, or more")
    shares = models.JSONField(default=dict, help_text="clue to the share of members alike who show it")
    countries = models.JSONField(default=list, help_text="where many here live")
