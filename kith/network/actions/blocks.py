"""Acts on blocks, whole: what the two had in the network ends with the same commit (b28)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone

from kith.members import blocks
from kith.members.models import Block, Member
from kith.network.actions.connections import disconnect
from kith.network.models import Follow, Invitation, InvitationWord
from kith.network.models.invitation import InvitationQuerySet


@transaction.atomic
def block(blocker: Member, blocked: Member, *, now: datetime | None = None) -> Block:
    """Have two members vanish from each other: connection, follows and open invitations end, told to neither.

    An unblock restores nothing. Raises Refused as `members.blocks.block` does.
    """
    standing = blocks.block(blocker, blocked, now=now)
    now = now or timezone.now()
    disconnect(blocker, blocked)
    pair = [blocker, blocked]
    Follow.objects.filter(follower__in=pair, followed__in=pair).delete()
    # What an address reached goes on waiting for nobody, or its sender could tell by the block whose it is.
    asked = Invitation.objects.between(blocker, blocked).exclude(email_hash="")
    asked.exclude(state=Invitation.State.ACCEPTED).update(recipient=None)
    # What they said about it would name them still.
    for one, other in (pair, pair[::-1]):
        nameless = Invitation.objects.filter(sender=one, recipient=None, words__author=other)
        InvitationWord.objects.filter(invitation__in=nameless).delete()
    _end(Invitation.objects.filter(sender=blocker, recipient=blocked), Invitation.State.WITHDRAWN, now)
    _end(Invitation.objects.filter(sender=blocked, recipient=blocker), Invitation.State.EXPIRED, now)
    return standing


def _end(invitations: InvitationQuerySet, state: Invitation.State, now: datetime) -> None:
    mine = {"withdrawn_at": now} if state == Invitation.State.WITHDRAWN else {}
    ended = {"expires_at": Least(F("expires_at"), now), **mine}
    unseen = Q(state__in=(Invitation.State.DECLINED, Invitation.State.UNKNOWN), withdrawn_at__isnull=True)
    invitations.filter(unseen, expires_at__gt=now).update(**ended)
    invitations.filter(state__in=Invitation.OPEN).update(state=state, answered_at=now, **ended)
