"""A circle of members around one who invites, and time that passes for invitations."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F

from kith.members.actions import join
from kith.members.models import Member
from kith.network.models import Invitation


def people(count: int, name: str = "p") -> list[Member]:
    """So many members more."""
    return [join(email=f"{name}{n}@example.org", name=f"Person {name} {n}") for n in range(count)]


def pass_days(days: float, invitations: Iterable[Invitation] | None = None) -> None:
    """Let days pass for these invitations, or for all."""
    rows = Invitation.objects.all()
    if invitations is not None:
        rows = rows.filter(pk__in=[invitation.pk for invitation in invitations])
    ago = timedelta(days=days)
    times = ("sent_at", "expires_at", "answered_at", "withdrawn_at", "mailed_at", "last_mailed_at")
    rows.update(**{name: F(name) - ago for name in times})
