"""Acts on connections: the row and both bitmaps move together, or not at all."""

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.members.blocks import lock_pair
from kith.members.models import Block, Member
from kith.network import adjacency
from kith.network.models import Invitation


@transaction.atomic
def connect(one: Member, other: Member) -> bool:
    """Connect two members, which settles what they asked each other; False if they are already (d2).

    Refused for oneself and where a block stands (c17).
    """
    if one.pk == other.pk:
        raise Refused(_("You cannot connect with yourself."))
    lock_pair(one, other)
    if Block.objects.standing().filter(blocker__in=[one, other], blocked__in=[one, other]).exists():
        raise Refused(_("There is nobody here to connect with."))
    _settle_invitations(one, other)
    low, high = sorted((one.pk, other.pk))
    return adjacency.join_pair(low, high)


@transaction.atomic
def disconnect(one: Member, other: Member) -> bool:
    """End a connection; False if there was none. Nobody is told."""
    lock_pair(one, other)
    low, high = sorted((one.pk, other.pk))
    return adjacency.part_pair(low, high)


@transaction.atomic
def disconnect_all(member: Member) -> int:
    """End every connection of somebody who leaves, so that no bitmap keeps them; returns how many."""
    return adjacency.part_all(member.pk)


def _settle_invitations(one: Member, other: Member) -> None:
    """What waits is accepted; what was declined unseen by its sender ends for the sender too."""
    now, waits = timezone.now(), Q(state__in=Invitation.OPEN)
    unseen = Q(state__in=(Invitation.State.DECLINED, Invitation.State.UNKNOWN), expires_at__gt=now)
    Invitation.objects.between(one, other).filter(waits | unseen).update(
        state=Case(When(waits, then=Value(Invitation.State.ACCEPTED)), default=F("state")),
        answered_at=Case(When(waits, then=Value(now)), default=F("answered_at")),
        expires_at=Least(F("expires_at"), Value(now)),
        email="",
    )
