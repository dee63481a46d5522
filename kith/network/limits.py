"""What the host allows in inviting, and how much of it a member has used."""

from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.host import Setting
from kith.members.models import Member
from kith.network.models import AddressTry, Invitation, TopUp

GROUP = _("Invitations")
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
TRIES_A_DAY = 3  # at an invitee's e-mail (S-23)

A_WEEK = Setting(
    "invitations_a_week", 100, label=_("Invitations in a rolling week"), least=1, most=10_000, group=GROUP
)
NEW_A_WEEK = Setting(
    "invitations_a_week_new",
    20,
    label=_("Invitations in a rolling week, for new members"),
    least=1,
    most=10_000,
    group=GROUP,
)
NEW_DAYS = Setting(
    "new_member_days",
    7,
    label=_("Days a member counts as new"),
    hint=_("New members invite, follow, vouch and report less often. 0: nobody is new."),
    most=365,
    group=GROUP,
)
EVER = Setting(
    "invitations_ever",
    0,
    label=_("Invitations in a lifetime"),
    hint=_("0: no cap. Beyond it, a host can grant somebody more."),
    group=GROUP,
)
RETHINK_BELOW = Setting(
    "invitations_rethink_below",
    50,
    label=_("Advice to rethink below, in percent accepted"),
    most=100,
    group=GROUP,
)
RESTRICT_BELOW = Setting(
    "invitations_restrict_below",
    30,
    label=_("Restricted below, in percent accepted"),
    hint=_("Of the last 50 that are answered or older than 14 days, once there are 20."),
    most=100,
    group=GROUP,
)
UNKNOWN_LIMIT = Setting(
    "invitations_unknown",
    5,
    label=_("Restricted after so many declined as unknown in 30 days"),
    least=1,
    most=1_000,
    group=GROUP,
)
RESTRICTED_DAYS = Setting(
    "invitations_restricted_days", 30, label=_("Days a restriction lasts"), least=1, most=365, group=GROUP
)
OPEN_DAYS = Setting(
    "invitation_days", 180, label=_("Days an invitation waits"), least=1, most=730, group=GROUP
)
MAILED_DAYS = Setting(
    "invitation_mailed_days",
    90,
    label=_("Days an invitation by e-mail waits"),
    hint=_("The address is deleted after 90 days."),
    least=1,
    most=90,
    group=GROUP,
)
PAUSE_DAYS = Setting(
    "invitation_pause_days",
    21,
    label=_("Days before one invites the same person again, after a withdrawal"),
    most=730,
    group=GROUP,
)
LATER_DAYS = Setting(
    "invitation_later_days",
    90,
    label=_("Days before one invites the same person again, after an invitation ended without an answer"),
    most=730,
    group=GROUP,
)
BRING_IN = Setting(
    "members_bring_in",
    True,
    label=_("Members may bring in people by e-mail"),
    hint=_("Where signing up takes a link, their letter is one, for its own address."),
    group=GROUP,
)


def is_new(member: Member, now: datetime | None = None) -> bool:
    """Whether somebody was let in so lately that they may do less of what others could be flooded with (b56)."""
    if member.confirmed_at is None:
        return True
    return member.confirmed_at > (now or timezone.now()) - timedelta(days=NEW_DAYS.value)


def week_limit(member: Member, now: datetime | None = None) -> int:
    """Invitations in a rolling week, by how long somebody is here."""
    usual: int = A_WEEK.value
    return min(usual, NEW_A_WEEK.value) if is_new(member, now) else usual


def used(member: Member, since: datetime | None = None) -> int:
    """Invitations spent since a moment, or ever: those sent, withdrawn ones too (b56), and wrong addresses."""
    sent = Invitation.objects.sent_by(member)
    wrong = AddressTry.objects.filter(member=member, was_right=False)
    if since:
        sent, wrong = sent.filter(sent_at__gt=since), wrong.filter(tried_at__gt=since)
    return sent.count() + wrong.count()


def lifetime_cap(member: Member) -> int | None:
    """The host's cap with what a host granted this member beyond it; none unless the host set one (S-24)."""
    if not EVER.value:
        return None
    granted = TopUp.objects.filter(member=member).aggregate(all=Sum("amount"))["all"] or 0
    return int(EVER.value + granted)


def tries_left(member: Member, now: datetime) -> int:
    """How often an invitee's e-mail may be typed still today."""
    taken = AddressTry.objects.filter(member=member, tried_at__gt=now - DAY).count()
    return max(0, TRIES_A_DAY - taken)
