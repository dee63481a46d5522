"""Acts on blocks: vanish from somebody, and end it (b28, b29)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.members.models import Block, Member

AGAIN_AFTER = timedelta(hours=48)


def block(blocker: Member, blocked: Member, *, now: datetime | None = None) -> Block:
    """Have two members vanish from each other, from both sides, told to neither; a standing block stays as it is.

    Raises Refused for oneself, and within 48 hours after this blocker ended a block of the same person (b29).
    """
    if blocker.pk == blocked.pk:
        raise Refused(_("You cannot block yourself."))
    with transaction.atomic():
        lock_pair(blocker, blocked)
        now = now or timezone.now()  # after the lock: what came through before it is older than the block
        earlier = Block.objects.filter(blocker=blocker, blocked=blocked)
        standing = earlier.standing().first()
        if standing:
            return standing
        last = earlier.order_by("-ended_at").first()
        if last and last.ended_at and last.ended_at + AGAIN_AFTER > now:
            raise Refused(_too_soon(last.ended_at + AGAIN_AFTER))
        return Block.objects.create(blocker=blocker, blocked=blocked, made_at=now)


def unblock(blocker: Member, blocked: Member, *, now: datetime | None = None) -> bool:
    """End the block; nothing of before comes back. Says whether there was one to end."""
    standing = Block.objects.standing().filter(blocker=blocker, blocked=blocked)
    return bool(standing.update(ended_at=now or timezone.now()))


def lock_pair(one: Member, other: Member) -> None:
    """Let acts between two members happen one after the other, whoever of them acts (c17); needs a transaction."""
    pair = Member.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")
    list(pair.select_for_update(no_key=True).values_list("pk"))


def _too_soon(when: datetime) -> str:
    local = timezone.localtime(when)
    return _(
        "You ended a block of this person less than 48 hours ago; you can block them again from %(when)s."
    ) % {"when": f"{date_format(local, 'j F Y')}, {date_format(local, 'H:i')}"}
