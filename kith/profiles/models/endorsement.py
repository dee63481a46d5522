"""Skills as others vouch for them: who, how they know it, and in which role one was then."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kith.core.ids import public_id
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.profiles.models.profile import Section, kept_to_oneself


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Words for sets of endorsements."""

    def visible_to(self, viewer: Viewer) -> "EndorsementQuerySet":
        """Those by and of people the viewer may see, whose owners show them; after a block between two they are nobody's."""
        if viewer.member is None:
            return self.none()
        seen = Member.objects.visible_to(viewer)
        mine = Q(member=viewer.member) | Q(endorser=viewer.member)
        shown = mine | ~Q(kept_to_oneself(Section.ENDORSEMENTS, "member"))
        return self.filter(shown, member__in=seen, endorser__in=seen).unblocked()

    def unblocked(self) -> "EndorsementQuerySet":
        """Without those between two of whom one ever blocked the other: an unblock brings nothing back."""
        return self.exclude(between_blocked("member", "endorser"))

    def of(self, member: Member) -> "EndorsementQuerySet":
        return self.filter(member=member)

    def shown(self) -> "EndorsementQuerySet":
        return self.filter(hidden_at__isnull=True)


EndorsementManager = models.Manager.from_queryset(EndorsementQuerySet)


class Endorsement(models.Model):
    """A connection vouches for one skill, listed or not; what nobody listed is a proposal to its owner (E-22)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="endorsements_met")
    endorser = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="endorsements_made")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    how = models.CharField(max_length=200, help_text="how the endorser knows it")
    role = models.CharField(max_length=340, blank=True, help_text="the owner's work at the time (END-12)")
    made_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = EndorsementManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "key", "endorser"], name="endorsement_once"),
            models.CheckConstraint(condition=~Q(member=F("endorser")), name="endorsement_not_oneself"),
        ]


class EndorsementRequest(models.Model):
    """One person is asked, once, to vouch for one skill they saw at work."""

    asker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="endorsements_asked")
    asked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asker", "key", "asked"], name="endorsement_asked_once"),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="endorsement_not_asked_of_oneself"),
        ]


def between_blocked(one: str, other: str) -> Q:
    """A block between the two, standing or ended, that came after the row was made."""
    later = Block.objects.filter(Q(ended_at__isnull=True) | Q(made_at__gte=models.OuterRef("made_at")))
    pair = Q(blocker=models.OuterRef(one), blocked=models.OuterRef(other))
    back = Q(blocker=models.OuterRef(other), blocked=models.OuterRef(one))
    return Q(models.Exists(later.filter(pair | back)))
