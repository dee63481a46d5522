"""A recommendation: words of somebody one worked with, approved by whom they are about, then frozen."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kith.core.ids import public_id
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.models.endorsement import between_blocked
from kith.profiles.models.profile import Section, kept_to_oneself


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Words for sets of recommendations."""

    def visible_to(self, viewer: Viewer) -> "RecommendationQuerySet":
        """What everybody may read of people the viewer sees, and what the viewer wrote, asked or received."""
        if viewer.member is None:
            return self.none()
        seen = Member.objects.visible_to(viewer)
        stands = Q(withdrawn_at__isnull=True) & (Q(sent_at__isnull=False) | Q(asked_at__isnull=False))
        received = Q(subject=viewer.member) & (stands | _DECLINED)
        mine = Q(author=viewer.member) | received
        rows = self.filter(author__in=seen, subject__in=seen).exclude(between_blocked("author", "subject"))
        shown = _SHOWN & ~Q(kept_to_oneself(Section.RECOMMENDATIONS, "subject"))
        return rows.filter(mine | shown)

    def closed(self) -> "RecommendationQuerySet":
        """Those that a block came after; an unblock brings nothing back."""
        return self.filter(between_blocked("author", "subject"))

    def unclosed(self) -> "RecommendationQuerySet":
        return self.exclude(between_blocked("author", "subject"))

    def declined(self) -> "RecommendationQuerySet":
        """Asked for, and its author said no: to whom asked it goes on waiting."""
        return self.filter(_DECLINED)

    def shown(self) -> "RecommendationQuerySet":
        return self.filter(_SHOWN)


_SHOWN = Q(approved_at__isnull=False, hidden_at__isnull=True, withdrawn_at__isnull=True)
_DECLINED = Q(asked_at__isnull=False, sent_at__isnull=True, withdrawn_at__isnull=False)
RecommendationManager = models.Manager.from_queryset(RecommendationQuerySet)


class Recommendation(models.Model):
    """Asked for or not, drafted, sent, approved; from then on the text stands as it is (b60)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recommendations_written")
    subject = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recommendations_met")
    together = models.CharField(
        max_length=240, blank=True, help_text="where and when both worked, found by their positions"
    )
    relation = models.CharField(max_length=200, blank=True, help_text="how they worked together, as stated")
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="by its author; before there is a text: declined"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = RecommendationManager()

    class Meta:
        ordering = ["-approved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "subject"],
                condition=Q(withdrawn_at__isnull=True),
                name="recommendation_stands_once",
            ),
            models.CheckConstraint(condition=~Q(author=F("subject")), name="recommendation_not_oneself"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(sent_at__isnull=False),
                name="recommendation_sent_before_approved",
            ),
        ]

    @property
    def is_closed(self) -> bool:
        """A block of one of the two came after it."""
        return Recommendation.objects.closed().filter(pk=self.pk).exists()
