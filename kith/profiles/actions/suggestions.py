"""Acts on suggestions."""

from kith.members.models import Member
from kith.profiles.models import DismissedSuggestion


def dismiss_suggestion(member: Member, suggested: Member) -> None:
    """Never suggest this person to the member again."""
    DismissedSuggestion.objects.get_or_create(member=member, suggested=suggested)
