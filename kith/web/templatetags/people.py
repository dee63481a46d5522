"""Words of the people's list."""

from django import template

from kith.members.models import Member
from kith.profiles.models import Position

register = template.Library()


@register.filter
def work_of(member: Member, found: dict[int, Position]) -> Position | None:
    """The position somebody was found by, where their own line does not say it."""
    return found.get(member.pk)
