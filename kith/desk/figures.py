"""The three figures beside Today: each with the whole it is part of."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kith.contacts.models import PastInvitation, PastMessage
from kith.desk.contacts import Counts, counts
from kith.members.policy import Viewer


@dataclass(frozen=True, slots=True)
class Figures:
    """A of all contacts; sent invitations accepted of all; conversations both ways of all."""

    contacts: Counts
    invitations_accepted: int
    invitations_sent: int
    conversations_both_ways: int
    conversations: int

    @property
    def invitations_waiting(self) -> int:
        return self.invitations_sent - self.invitations_accepted

    @property
    def percent_accepted(self) -> int | None:
        """None while nothing was sent: unknown is not 0."""
        return (
            round(100 * self.invitations_accepted / self.invitations_sent) if self.invitations_sent else None
        )


def figures(viewer: Viewer) -> Figures:
    sent = (
        PastInvitation.objects.visible_to(viewer)
        .filter(outgoing=True)
        .aggregate(all=Count("pk"), accepted=Count("pk", filter=Q(accepted=True)))
    )
    ways = (
        PastMessage.objects.visible_to(viewer)
        .filter(thread__is_sponsored=False)
        .order_by()
        .values("thread")
        .annotate(mine=Count("pk", filter=Q(outgoing=True)), theirs=Count("pk", filter=Q(outgoing=False)))
        .aggregate(all=Count("thread"), both=Count("thread", filter=Q(mine__gt=0, theirs__gt=0)))
    )
    return Figures(counts(viewer), sent["accepted"], sent["all"], ways["both"], ways["all"])
