"""What a host keeps a member from: always with a reason, perhaps an end, and an appeal (promise 10)."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.refusal import Refused, text_of
from kith.members.audit import record
from kith.members.models import Member, Restriction

TEXT_LIMIT = 2_000


def suspend(member: Member, host: Member, reason: str, until: datetime | None = None) -> Restriction:
    """Keep a member outside until a moment, or until it is lifted; all their sessions end (b5)."""
    reason = text_of(reason, TEXT_LIMIT, _("Reason"), "reason")
    now = timezone.now()
    if not reason:
        raise Refused(_("Reason: please give one; the member reads it."), "reason")
    if member.pk == host.pk:
        raise Refused(_("You cannot suspend yourself."))
    if until is not None and until <= now:
        raise Refused(_("Until: please choose a day to come."), "until")
    with transaction.atomic():
        if Member.objects.select_for_update(no_key=True).get(pk=member.pk).is_host:
            raise Refused(_("A host cannot be suspended. Take the host's role from them first."))
        _close_what_is_over(member, now, Restriction.Kind.SUSPENDED)
        try:
            with transaction.atomic():
                restriction = Restriction.objects.create(
                    member=member, kind=Restriction.Kind.SUSPENDED, reason=reason, made_by=host, ends_at=until
                )
        except IntegrityError:
            raise Refused(_("They are suspended already.")) from None
        _mark(member, now, until)
        end_sessions(member)
        record("member_suspended", actor=host, subject=member, restriction=restriction.public_id)
    return restriction


def restrict(member: Member, kind: Restriction.Kind, reason: str, until: datetime | None) -> Restriction:
    """A limit the rules set themselves, nobody's decision; the one of this kind that stands is kept.

    Called with the member's row locked, or two at once would both be written.
    """
    with transaction.atomic():
        if found := standing(member, kind):
            return found
        _close_what_is_over(member, timezone.now(), kind)
        restriction = Restriction.objects.create(member=member, kind=kind, reason=reason, ends_at=until)
        record("invitations_restricted", actor=None, subject=member, restriction=restriction.public_id)
    return restriction


def lift(restriction: Restriction, host: Member, words: str = "") -> None:
    """End a restriction before its time, with words if there is something to say."""
    words, now = text_of(words, TEXT_LIMIT, _("Words"), "words"), timezone.now()
    with transaction.atomic():
        changes = {"lifted_at": now, **({"answer": words, "answered_at": now} if words else {})}
        if not Restriction.objects.filter(pk=restriction.pk, lifted_at__isnull=True).update(**changes):
            raise Refused(_("It has been lifted already."))
        _unmark(restriction)
        verb = "suspension_lifted" if _suspends(restriction) else "restriction_lifted"
        record(verb, actor=host, subject=restriction.member, restriction=restriction.public_id)


def appeal(restriction: Restriction, text: str) -> None:
    """The member's answer to it, once."""
    text = text_of(text, TEXT_LIMIT, _("Appeal"), "appeal")
    if not text:
        raise Refused(_("Appeal: please say why this is wrong."), "appeal")
    with transaction.atomic():
        standing = Restriction.objects.filter(
            pk=restriction.pk, appealed_at__isnull=True, lifted_at__isnull=True
        )
        if not standing.update(appeal=text, appealed_at=timezone.now()):
            raise Refused(_("You have appealed already, or it is over."))
        member = restriction.member
        verb = "suspension_appealed" if _suspends(restriction) else "restriction_appealed"
        record(verb, actor=member, subject=member, restriction=restriction.public_id)


def answer_appeal(restriction: Restriction, host: Member, words: str, *, uphold: bool) -> None:
    """The host's answer: the restriction stands, or is lifted; the words are the member's to read."""
    words, now = text_of(words, TEXT_LIMIT, _("Words"), "words"), timezone.now()
    if not words:
        raise Refused(_("Words: please answer them in a sentence."), "words")
    with transaction.atomic():
        waiting = Restriction.objects.filter(
            pk=restriction.pk, appealed_at__isnull=False, answered_at__isnull=True, lifted_at__isnull=True
        )
        if not waiting.update(answer=words, answered_at=now, lifted_at=None if uphold else now):
            raise Refused(_("This appeal has been answered already."))
        if not uphold:
            _unmark(restriction)
        record(
            "appeal_answered",
            actor=host,
            subject=restriction.member,
            restriction=restriction.public_id,
            upheld=uphold,
        )


def end_sessions(member: Member) -> int:
    """Sign a member out everywhere; how many sessions ended."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(member.pk):
            session.delete()
            ended += 1
    return ended


def standing(member: Member, kind: Restriction.Kind = Restriction.Kind.SUSPENDED) -> Restriction | None:
    """The restriction of this kind that stands now; a suspension keeps them out."""
    found = Restriction.objects.filter(member=member, kind=kind, lifted_at__isnull=True).first()
    return found if found and (found.ends_at is None or found.ends_at > timezone.now()) else None


def answered_lately(member: Member, kind: Restriction.Kind) -> Restriction | None:
    """The newest that a host lifted with words in the last thirty days: they are the member's to read."""
    since = timezone.now() - timedelta(days=30)
    lifted = Restriction.objects.filter(
        member=member, kind=kind, answered_at__gte=since, lifted_at__gte=since
    )
    return lifted.exclude(answer="").order_by("-answered_at").first()


def _close_what_is_over(member: Member, now: datetime, kind: Restriction.Kind) -> None:
    """A restriction past its end has lifted itself; its row says so before another begins."""
    rows = Restriction.objects.filter(member=member, kind=kind, lifted_at__isnull=True, ends_at__lte=now)
    rows.update(lifted_at=now)


def _suspends(restriction: Restriction) -> bool:
    return restriction.kind == Restriction.Kind.SUSPENDED


def _unmark(restriction: Restriction) -> None:
    if _suspends(restriction):
        _mark(restriction.member, None, None)


def _mark(member: Member, since: datetime | None, until: datetime | None) -> None:
    member.suspended_at, member.suspended_until = since, until
    member.save(update_fields=["suspended_at", "suspended_until"])
