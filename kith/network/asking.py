"""Whether somebody may be asked: the pair, the sender's allowance, the recipient's choice; each a refusal or silence."""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.members.models import Block, Member
from kith.network import limits
from kith.network.adjacency import fetch_adjacency, unseen
from kith.network.models import Connection, Invitation, NetworkChoices
from kith.network.models.invitation import InvitationQuerySet

Invite = NetworkChoices.Invite


def let_in(*members: Member) -> None:
    """Refuses, as if there were nobody, whoever is held, suspended or not confirmed."""
    keys = {member.pk for member in members}
    if Member.objects.let_in().filter(pk__in=keys).count() != len(keys):
        raise Refused(_("There is nobody here to connect with."))


def reachable(one: Member, other: Member) -> None:
    """Refuses, as if there were nobody, where a block stands or one of them is not let in; needs their lock."""
    if one.pk == other.pk:
        raise Refused(_("You cannot connect with yourself."))
    let_in(one, other)
    if Block.objects.standing().filter(blocker__in=[one, other], blocked__in=[one, other]).exists():
        raise Refused(_("There is nobody here to connect with."))


def check_pair(sender: Member, recipient: Member, now: datetime) -> None:
    """Refuses what is connected, asked already, or was asked not long ago; a decline says what silence would."""
    if Connection.objects.between(sender, recipient).exists():
        raise Refused(_("You are connected already."))
    # Asked by an address, the sender does not know that it is this member's.
    asked = Invitation.objects.filter(sender=sender, recipient=recipient, email_hash="")
    if asked.asks_still().exists():
        raise Refused(_("Your invitation is waiting for their answer."))
    if until := _paused_until(asked, now):
        raise Refused(_("You invited them not long ago; you can again from %(day)s.") % {"day": _day(until)})


def check_address(asked: InvitationQuerySet, now: datetime) -> None:
    """The same for an address, by what its sender asked it before, whoever it belongs to."""
    if asked.asks_still().exists():
        raise Refused(_("E-mail: your invitation to this address is waiting for an answer."), "email")
    if until := _paused_until(asked, now):
        said = _("E-mail: you invited this address not long ago; you can again from %(day)s.")
        raise Refused(said % {"day": _day(until)}, "email")


def check_allowance(sender: Member, now: datetime) -> None:
    """Refuses beyond the week's limit and the lifetime cap; needs the sender's lock to be exact."""
    if limits.used(sender, now - limits.WEEK) >= (week := limits.week_limit(sender, now)):
        said = _("You have sent %(count)s invitations in seven days, as many as the hosts allow.")
        if week < limits.A_WEEK.value:
            said = _(
                "You have sent %(count)s invitations in seven days, as many as the hosts allow new members."
            )
        raise Refused(said % {"count": f"{week:,}"})
    cap = limits.lifetime_cap(sender)
    if cap is not None and limits.used(sender) >= cap:
        said = _("You have sent %(count)s invitations, as many as the hosts allow. Ask a host for more.")
        raise Refused(said % {"count": f"{cap:,}"})


def needs_address(sender: Member, recipient: Member, restricted: bool) -> str:
    """Why the recipient's e-mail is needed; empty if it is not. Refused where no address would help."""
    chosen = NetworkChoices.objects.filter(member=recipient).values_list("may_invite", flat=True).first()
    if chosen == Invite.MUTUAL and not _have_mutual(sender, recipient):
        raise Refused(_("They would like to be invited by people who know somebody they know."))
    if restricted:
        return _("E-mail: your invitations are restricted; please type the address of whom you invite.")
    if chosen == Invite.EMAIL:
        return _("E-mail: they would like to be invited by people who know their address; please type it.")
    return ""


def accepts_by_address(sender: Member, owner: Member, now: datetime) -> bool:
    """Whether an invitation to this member's address becomes one to the member; if not, nobody is told."""
    try:
        reachable(sender, owner)
        needs_address(sender, owner, restricted=False)
    except Refused:
        return False
    pair = Invitation.objects.between(sender, owner)
    if pair.asks_still().exists() or _paused_until(pair.filter(sender=sender), now):
        return False
    return not Connection.objects.between(sender, owner).exists()


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")


def _paused_until(asked: InvitationQuerySet, now: datetime) -> datetime | None:
    pause, later = timedelta(days=limits.PAUSE_DAYS.value), timedelta(days=limits.LATER_DAYS.value)
    withdrawn = asked.filter(withdrawn_at__gt=now - pause).aggregate(last=Max("withdrawn_at"))["last"]
    over = Q(expires_at__gt=now - later, expires_at__lte=now, withdrawn_at__isnull=True)
    unanswered = asked.filter(over).exclude(state=Invitation.State.ACCEPTED)
    ended = unanswered.aggregate(last=Max("expires_at"))["last"]
    ends = [at + wait for at, wait in ((withdrawn, pause), (ended, later)) if at]
    return max(ends, default=None)


def _have_mutual(one: Member, other: Member) -> bool:
    theirs = fetch_adjacency([one.pk, other.pk])
    if len(theirs) < 2:
        return False
    shared = (theirs[one.pk] & theirs[other.pk]) - unseen()
    # Whoever is suspended counts nowhere, or whom both know would be told.
    return bool(shared) and Member.objects.let_in().filter(pk__in=shared).exists()
