"""How many people's pages one member opens in a day: enough for anybody who reads, too few for a harvest (b55)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kith.core.host import Setting
from kith.core.limits import take, wait_seconds
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.limits import is_new

DAY = timedelta(days=1)
PROFILES_A_DAY = Setting(
    "profiles_a_day",
    500,
    label=_("Profiles of others that a member opens in a day"),
    hint=_("For new members a fifth of it. Hosts open as many as they need."),
    least=10,
    most=5_000,
    group=_("Safety"),
)


def allowed(viewer: Viewer) -> int:
    """Profiles of others in a day."""
    most: int = PROFILES_A_DAY.value
    return most // 5 if viewer.member and is_new(viewer.member) else most


def open_profile(viewer: Viewer, person: Member) -> float:
    """Count one more profile of another's; the seconds to wait where the day's are used up, else 0."""
    if viewer.member is None or viewer.member == person or viewer.is_host:
        return 0.0
    key = f"profiles:{viewer.member.pk}"
    if take(key, at_most=allowed(viewer), within=DAY):
        return 0.0
    return max(1.0, wait_seconds(key, within=DAY))
