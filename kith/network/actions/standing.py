"""Acts on how a sender stands: a restriction that comes by itself, and what a host grants."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core.refusal import Refused
from kith.members import restrictions
from kith.members.audit import record
from kith.members.models import Member, Restriction
from kith.network import limits, notices, standing
from kith.network.models import TopUp

MOST_GRANTED = 100_000


def restrict_if_due(sender: Member, now: datetime) -> Restriction | None:
    """The restriction on a sender's invitations that stands, made now if a limit is passed (S-22).

    Needs the sender's row locked; what recipients decide shows at once only here.
    """
    if found := restrictions.standing(sender, Restriction.Kind.INVITATIONS):
        return found
    if not (reason := _reason(sender, now)):
        return None
    until = now + timedelta(days=limits.RESTRICTED_DAYS.value)
    restriction = restrictions.restrict(sender, Restriction.Kind.INVITATIONS, reason, until)
    notices.tell_restricted(restriction)
    return restriction


@transaction.atomic
def restrict_by_host(member: Member, reason: str) -> Restriction:
    """A standing mark: what a host found against a sender restricts their invitations for the usual time."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    until = timezone.now() + timedelta(days=limits.RESTRICTED_DAYS.value)
    restriction = restrictions.restrict(member, Restriction.Kind.INVITATIONS, reason, until)
    notices.tell_restricted(restriction)
    return restriction


@transaction.atomic
def grant(host: Member, member: Member, amount: int) -> TopUp:
    """Let a member send more than the lifetime cap (S-24)."""
    if not 1 <= amount <= MOST_GRANTED:
        most = f"{MOST_GRANTED:,}"
        raise Refused(_("Invitations: a whole number from 1 to %(most)s.") % {"most": most}, "amount")
    record("invitations_granted", actor=host, subject=member, amount=amount)
    return TopUp.objects.create(member=member, amount=amount, made_by=host)


def _reason(sender: Member, now: datetime) -> str:
    since = standing.clean_since(sender)
    if standing.unknown(sender, now, since) >= (limit := limits.UNKNOWN_LIMIT.value):
        said = ngettext(
            "Within 30 days, somebody you invited said that they do not know you.",
            "Within 30 days, %(limit)s people you invited said that they do not know you.",
            limit,
        )
        return said % {"limit": limit}
    rate = standing.judged(sender, now, since)
    if rate.answered >= standing.JUDGED_FROM and rate.percent < limits.RESTRICT_BELOW.value:
        said = _(
            "Of your last %(answered)s invitations that are answered or older than 14 days, %(accepted)s were "
            "accepted: %(percent)s %%, and the limit is %(limit)s %%."
        )
        return said % {
            "answered": rate.answered,
            "accepted": rate.accepted,
            "percent": int(rate.percent),
            "limit": limits.RESTRICT_BELOW.value,
        }
    return ""
