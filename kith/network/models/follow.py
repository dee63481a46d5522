"""Who wants to read whom."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kith.core.ids import public_id
from kith.members.models import Member
from kith.members.policy import Viewer


class FollowQuerySet(models.QuerySet["Follow"]):
    """Words for sets of follows."""

    def visible_to(self, viewer: Viewer) -> "FollowQuerySet":
        """One's own followers and whom one follows, without people a block hides or who are not let in."""
        if viewer.member is None:
            return self.none()
        seen = Member.objects.visible_to(viewer)
        mine = Q(followed=viewer.member) | Q(follower=viewer.member)
        return self.filter(mine, follower__in=seen, followed__in=seen)

    def of(self, member: Member) -> "FollowQuerySet":
        """Those who follow this member."""
        return self.filter(followed=member)

    def by(self, member: Member) -> "FollowQuerySet":
        """Those whom this member follows."""
        return self.filter(follower=member)


FollowManager = models.Manager.from_queryset(FollowQuerySet)


class Follow(models.Model):
    """One member follows another, since when and from which item (FOL-25); connections follow by being connected."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    follower = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="follows_made")
    followed = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="follows_met")
    made_at = models.DateTimeField(default=timezone.now)
    item_type = models.CharField(
        max_length=60, blank=True, help_text="from which item; empty: from a profile"
    )
    item_id = models.BigIntegerField(null=True, blank=True)
    engaged_at = models.DateTimeField(
        null=True, blank=True, help_text="their last engagement with the followed"
    )

    objects = FollowManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="follow_not_oneself"),
        ]
        indexes = [models.Index(fields=["followed", "-made_at", "-id"], name="follow_newest")]
