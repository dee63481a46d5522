"""The weekly batch: a sender's figures are closed once a week, so that nobody can tell who declined."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kith.members.models import Member
from kith.network.actions.standing import restrict_if_due
from kith.network.models import Figures, Invitation
from kith.network.standing import IGNORED_AFTER, clean_since, judged, lower_end, plain, unknown

OUTSTANDING = 5  # fewer waiting, and a number would point at somebody
KEPT = timedelta(days=400)


def close_week(now: datetime | None = None) -> int:
    """Close the figures of everybody who ever invited, once a week however often it runs; how many it closed."""
    now = now or timezone.now()
    closed_at = week_begin(now)
    Figures.objects.filter(closed_at__lt=now - KEPT).delete()
    senders = Member.objects.filter(invitations_sent__isnull=False).exclude(
        invitation_figures__closed_at=closed_at
    )
    count = 0
    for key in list(senders.order_by("pk").values_list("pk", flat=True).distinct()):
        with transaction.atomic():
            member = Member.objects.select_for_update(no_key=True).filter(pk=key).first()
            if member and not Figures.objects.filter(member=member, closed_at=closed_at).exists():
                restrict_if_due(member, now)
                _close(member, now, closed_at)
                count += 1
    return count


def week_begin(now: datetime) -> datetime:
    """The host's midnight before the Monday of this week."""
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return timezone.make_aware((day - timedelta(days=day.weekday())).replace(tzinfo=None))


def _close(member: Member, now: datetime, closed_at: datetime) -> Figures:
    since, sent = clean_since(member), Invitation.objects.sent_by(member)
    seen = plain(member, now, since)
    early = max(0, judged(member, now, since).answered - seen.answered)
    declined, strangers = lower_end(early), lower_end(unknown(member, now, since))
    if sent.asks_still().filter(email_hash="", sent_at__gt=now - IGNORED_AFTER).count() < OUTSTANDING:
        before = Figures.objects.filter(member=member).first()
        declined = min(declined, before.declined if before else 0)
        strangers = min(strangers, before.unknown if before else 0)
    return Figures.objects.create(
        member=member,
        closed_at=closed_at,
        sent=sent.count(),
        accepted=seen.accepted,
        answered=seen.answered + declined,
        declined=declined,
        unknown=strangers,
    )
