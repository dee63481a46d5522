"""Acts on following: nobody is asked, the followed is told; a block ends and prevents it."""

from django.db import models, transaction

from kith.members.blocks import lock_pair
from kith.members.models import Member
from kith.network import notices
from kith.network.asking import reachable
from kith.network.models import Follow


@transaction.atomic
def follow(follower: Member, followed: Member, *, item: models.Model | None = None) -> Follow:
    """Read what somebody publishes from now on, since when and from which item; twice is once (FOL-25)."""
    lock_pair(follower, followed)
    reachable(follower, followed)
    came_from = {"item_type": item._meta.label_lower, "item_id": item.pk} if item else {}
    found, made = Follow.objects.get_or_create(follower=follower, followed=followed, defaults=came_from)
    if made:
        notices.tell_followed(found)
    return found


def unfollow(follower: Member, followed: Member) -> bool:
    """End it, by the follower or as the followed removes one; False if there was none."""
    return bool(Follow.objects.filter(follower=follower, followed=followed).delete()[0])
