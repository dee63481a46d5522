"""Acts on following: nobody is asked, the followed is told; a block ends and prevents it."""

from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from kith.core.limits import take
from kith.core.refusal import Refused
from kith.members.blocks import lock_pair
from kith.members.models import Member
from kith.network import notices
from kith.network.asking import reachable
from kith.network.limits import is_new
from kith.network.models import Follow

A_DAY, A_DAY_NEW = 200, 50  # each tells somebody (b56)


@transaction.atomic
def follow(follower: Member, followed: Member, *, item: models.Model | None = None) -> Follow:
    """Read what somebody publishes from now on, since when and from which item; twice is once (FOL-25)."""
    lock_pair(follower, followed)
    reachable(follower, followed)
    if found := Follow.objects.filter(follower=follower, followed=followed).first():
        return found
    most = A_DAY_NEW if is_new(follower) else A_DAY
    if not take(f"follow:{follower.pk}", at_most=most, within=timedelta(days=1)):
        said = _("You have begun to follow %(most)s people today; come back tomorrow.")
        raise Refused(said % {"most": most})
    came_from = {"item_type": item._meta.label_lower, "item_id": item.pk} if item else {}
    made = Follow.objects.create(follower=follower, followed=followed, **came_from)
    notices.tell_followed(made)
    return made


def unfollow(follower: Member, followed: Member) -> bool:
    """End it, by the follower or as the followed removes one; False if there was none."""
    return bool(Follow.objects.filter(follower=follower, followed=followed).delete()[0])
