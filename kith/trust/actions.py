"""Acts on reports: many about one person queue for a host, nothing happens by itself (b56)."""

from contextlib import suppress
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.limits import take
from kith.core.refusal import Refused, text_of
from kith.members.audit import record
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions.invitations import decline, decline_as_unknown
from kith.network.actions.standing import restrict_by_host
from kith.network.limits import is_new
from kith.network.models import Invitation
from kith.trust import notices
from kith.trust.evidence import seen_of
from kith.trust.models import Report

TEXT_LIMIT = 2_000
A_DAY, A_DAY_NEW = 10, 3  # by new members (b56)


@transaction.atomic
def report(
    viewer: Viewer, about: Member, reason: str, text: str, invitation: Invitation | None = None
) -> Report:
    """Tell the hosts; what the reporter sees now is kept with it."""
    assert viewer.member
    text = text_of(text, TEXT_LIMIT, _("What happened"), "text")
    if reason not in Report.Reason.values:
        raise Refused(_("Reason: please choose what fits best."), "reason")
    if reason == Report.Reason.OTHER and not text:
        raise Refused(_("What happened: please say it in a sentence."), "text")
    if about.pk == viewer.member.pk:
        raise Refused(_("You cannot report yourself."))
    most = A_DAY_NEW if is_new(viewer.member) else A_DAY
    if not take(f"report:{viewer.member.pk}", at_most=most, within=timedelta(days=1)):
        raise Refused(_("You have made %(most)s reports today; the hosts read them first.") % {"most": most})
    try:
        with transaction.atomic():
            made = Report.objects.create(
                reporter=viewer.member,
                about=about,
                invitation=invitation,
                reason=reason,
                text=text,
                evidence=seen_of(about, viewer, invitation),
            )
    except IntegrityError:
        raise Refused(_("Your report about them waits for a host already.")) from None
    notices.tell_hosts(made)
    return made


@transaction.atomic
def report_and_decline(
    viewer: Viewer, invitation: Invitation, reason: str, text: str, *, as_unknown: bool = False
) -> Report:
    """Tell the hosts and say no, both or neither; note and thread are kept as they were (FAK-11)."""
    assert viewer.member
    made = report(viewer, invitation.sender, reason, text, invitation)
    say_no = decline_as_unknown if as_unknown else decline
    with suppress(Refused), transaction.atomic():  # taken back or over by now: nothing is left to decline
        say_no(invitation, viewer.member)
    return made


def decide(made: Report, host: Member, words: str, *, uphold: bool) -> Report:
    """A host's decision, once; upheld, a reason that costs standing restricts the other's invitations."""
    words, now = text_of(words, TEXT_LIMIT, _("Words"), "words"), timezone.now()
    if not words:
        raise Refused(_("Words: please answer the reporter in a sentence."), "words")
    if host.pk in (made.about_id, made.reporter_id):
        raise Refused(_("This is about you or from you: another host has to decide."))
    with transaction.atomic():
        waiting = Report.objects.waiting().filter(pk=made.pk)
        if not waiting.update(
            decided_at=now, decided_by=host, words=words, upheld_at=now if uphold else None
        ):
            raise Refused(_("It has been decided already."))
        made.refresh_from_db()
        if uphold and made.reason in Report.COSTS_STANDING:
            restrict_by_host(made.about, _reason(made))
        record("report_decided", actor=host, subject=made.about, report=made.public_id, upheld=uphold)
        notices.tell_decided(made)
    return made


def _reason(made: Report) -> str:
    if made.reason == Report.Reason.PITCH:
        return _("A host found that you pitched to somebody within a day of their accepting.")
    return _("A host found that you used somebody's e-mail address for a list or to sell.")
