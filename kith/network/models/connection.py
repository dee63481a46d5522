"""One row a pair is the truth; a bitmap a member answers fast."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kith.members.models import Member
from kith.members.policy import Viewer


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Words for sets of connections."""

    def of(self, member: Member) -> "ConnectionQuerySet":
        return self.filter(Q(low=member) | Q(high=member))

    def between(self, one: Member, other: Member) -> "ConnectionQuerySet":
        low, high = sorted((one.pk, other.pk))
        return self.filter(low_id=low, high_id=high)


ConnectionManager = models.Manager.from_queryset(ConnectionQuerySet)


class Connection(models.Model):
    """Two members who agreed to know each other here; stored once, so symmetric by construction (d1)."""

    low = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ConnectionManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="connection_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="connection_low_before_high"),
        ]
        indexes = [models.Index(fields=["high", "low"], name="connection_from_high")]


class SideQuerySet(models.QuerySet["Side"]):
    """Words for the connections of one member."""

    def of(self, member: Member) -> "SideQuerySet":
        return self.filter(member=member)

    def visible_to(self, viewer: Viewer) -> "SideQuerySet":
        """The viewer's own connections, without people a block hides or who are not let in."""
        if viewer.member is None:
            return self.none()
        return self.filter(member=viewer.member, other__in=Member.objects.visible_to(viewer))


SideManager = models.Manager.from_queryset(SideQuerySet)


class Side(models.Model):
    """A connection as one of its two sees it: a view of the database over both directions, for lists."""

    id = models.BigIntegerField(primary_key=True)  # the connection's; once only among one member's
    member = models.ForeignKey(Member, on_delete=models.DO_NOTHING, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField()

    objects = SideManager()

    class Meta:
        managed = False
        db_table = "network_side"


class Neighbours(models.Model):
    """A member's connections as a compressed bitmap of member ids, kept equal to the rows (network.adjacency)."""

    class Format(models.IntegerChoices):
        ROARING = 1

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")
    degree = models.IntegerField()
    format = models.PositiveSmallIntegerField(choices=Format.choices, default=Format.ROARING)
    bitmap = models.BinaryField()


class UnseenInPaths(models.Model):
    """One row: the bitmap of members who are no stepping stone and no face; its version counts its changes."""

    version = models.BigIntegerField()
    bitmap = models.BinaryField()
