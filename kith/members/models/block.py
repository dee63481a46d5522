"""Who wants nothing to do with whom."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kith.members.models.member import Member

if TYPE_CHECKING:
    from kith.members.policy import Viewer


class BlockQuerySet(models.QuerySet["Block"]):
    """Words for sets of blocks."""

    def standing(self) -> "BlockQuerySet":
        return self.filter(ended_at__isnull=True)

    def made_by(self, viewer: "Viewer") -> "BlockQuerySet":
        """The viewer's own; nobody learns who blocked them."""
        return self.filter(blocker=viewer.member) if viewer.member else self.none()


BlockManager = models.Manager.from_queryset(BlockQuerySet)


class Block(models.Model):
    """One member hides another: both vanish from each other everywhere (b28); an ended one is kept for b29."""

    blocker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocks_made")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocks_met")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BlockManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blocker", "blocked"], condition=Q(ended_at__isnull=True), name="block_stands_once"
            ),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_not_oneself"),
        ]
