"""The public page: opted in to, and taken off the web again at once."""

from django.utils import timezone

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.models import Profile
from kith.profiles.shown import ShownProfile, shown_profile


def is_public(member: Member) -> bool:
    return Profile.objects.filter(member=member, public_since__isnull=False).exists()


def go_public(member: Member) -> None:
    """Let anybody on the web read what the member shows to everyone; a second press changes nothing."""
    Profile.objects.get_or_create(member=member)
    Profile.objects.filter(member=member, public_since=None).update(public_since=timezone.now())


def go_private(member: Member) -> None:
    """Nobody on the web finds the member any more."""
    Profile.objects.filter(member=member).update(public_since=None)


def profile_at(handle: str, viewer: Viewer) -> ShownProfile | None:
    """The profile at an address as this viewer gets it; None where there is nobody for them."""
    member = Member.objects.filter(handle=handle).first()
    shown = shown_profile(member, viewer) if member else None
    return shown if shown and shown.card else None
