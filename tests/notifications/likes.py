"""A kind as later parts will declare them: people like or comment on one's post."""

from django.db.models import Q
from django.utils.translation import ngettext

from kith.members.models import Member
from kith.notifications.actions import notify
from kith.notifications.kinds import Kind, Told
from kith.notifications.wording import people


def _liked(told: Told) -> str:
    return ngettext(
        "%(people)s liked or commented on your post.",
        "%(people)s liked or commented on your post.",
        told.people,
    ) % {"people": people(told)}


def _unless_gone(recipient: Member) -> Q:
    return ~Q(facts__has_key="gone")


LIKES = Kind("likes", "Likes", "You wrote the post.", sentence=_liked, visible=_unless_gone)


def like(actor: Member, author: Member, post: int = 1, **more: object) -> None:
    notify(LIKES, [author], event=f"like:{post}:{actor.pk}", actor=actor, group=f"post:{post}", **more)
