"""Acts on invitations between members; each pair's happen one after the other, so each has one outcome (c12)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.refusal import Refused, text_of
from kith.members.blocks import lock_pair
from kith.members.models import Member
from kith.network import limits, notices
from kith.network.actions.connections import connect
from kith.network.actions.standing import restrict_if_due
from kith.network.asking import check_allowance, check_pair, let_in, needs_address, reachable
from kith.network.models import AddressTry, Invitation, InvitationWord
from kith.network.models.invitation import InvitationQuerySet

NOTE_LIMIT, WORD_LIMIT, WORDS = 500, 500, 10
State = Invitation.State


def invite(
    sender: Member, recipient: Member, note: str = "", *, blind: bool = False, address: str = ""
) -> Invitation:
    """Ask somebody to connect; where theirs waits already, that accepts it (c13).

    `address` is the recipient's e-mail, for senders or recipients that need it; a wrong one spends an
    invitation, so it is written although the invitation is refused. Raises Refused with its field.
    """
    note = text_of(note, NOTE_LIMIT, _("Note"), "note")
    now = timezone.now()
    with transaction.atomic():
        lock_pair(sender, recipient)
        reachable(sender, recipient)
        expire(Invitation.objects.between(sender, recipient), now)
        theirs = Invitation.objects.open().filter(sender=recipient, recipient=sender).first()
        if theirs:
            return _accept(theirs, now)
        check_pair(sender, recipient, now)
        check_allowance(sender, now)
        restricted = restrict_if_due(sender, now) is not None
        refusal = _try_address(sender, recipient, address, restricted, now)
        if not refusal:
            # What an address reached becomes one among others again: its sender does not know whose it is.
            Invitation.objects.filter(sender=sender, recipient=recipient, state__in=Invitation.OPEN).update(
                recipient=None
            )
            invitation = Invitation.objects.create(
                sender=sender,
                recipient=recipient,
                note=note,
                was_blind=blind,
                sent_at=now,
                expires_at=now + timedelta(days=limits.OPEN_DAYS.value),
            )
            notices.tell_invited(invitation)
            return invitation
    raise refusal  # outside: the try, and a restriction just made, stay written


def accept(invitation: Invitation, member: Member) -> Invitation:
    """Connect with whoever asked; a second time changes nothing (b22)."""
    with transaction.atomic():
        current = _received(invitation, member)
        if current.state == State.ACCEPTED:
            return current
        reachable(current.sender, member)
        return _accept(current, timezone.now())


def set_aside(invitation: Invitation, member: Member) -> Invitation:
    """Keep it for later; the sender sees it waiting."""
    with transaction.atomic():
        current = _received(invitation, member)
        if current.state != State.SET_ASIDE:
            now = timezone.now()
            _move(current, (State.WAITING,), now, state=State.SET_ASIDE, set_aside_at=now)
        return current


def decline(invitation: Invitation, member: Member) -> Invitation:
    """Say no; the sender never learns who did."""
    return _decline(invitation, member, State.DECLINED)


def decline_as_unknown(invitation: Invitation, member: Member) -> Invitation:
    """Say no because one does not know them; enough of those restrict the sender at once (S-22)."""
    return _decline(invitation, member, State.UNKNOWN)


def withdraw(invitation: Invitation, member: Member) -> Invitation:
    """Take it back; nothing is given back to the sender's week (b56). What was declined unseen looks withdrawn."""
    with transaction.atomic():
        current = _locked(invitation)
        if current.sender_id != member.pk:
            raise Refused(_gone())
        if current.withdrawn_at:
            return current
        if current.state == State.ACCEPTED:
            raise Refused(_("They have accepted it already."))
        if not current.asks_still:
            raise Refused(_("This invitation is over already."))
        now = timezone.now()
        if current.is_open:
            _move(current, Invitation.OPEN, now, state=State.WITHDRAWN, answered_at=now, withdrawn_at=now)
        else:
            current.withdrawn_at = now
            current.save(update_fields=["withdrawn_at"])
        return current


def say(invitation: Invitation, author: Member, text: str) -> InvitationWord:
    """Ask more before deciding, or answer that; the sender only answers (INV-20, S-27)."""
    asks = author.pk == invitation.recipient_id
    text = text_of(text, WORD_LIMIT, _("Your question") if asks else _("Your answer"), "text")
    if not text:
        empty = _("Your question: please write what you would like to know.")
        raise Refused(empty if asks else _("Your answer: please write what you would like to say."), "text")
    with transaction.atomic():
        current = _locked(invitation)
        other = current.sender if asks else current.recipient
        if other is None or author.pk not in (current.sender_id, current.recipient_id):
            raise Refused(_gone())
        reachable(author, other)
        if not (current.is_open if asks else current.asks_still):
            raise Refused(_gone())
        said = list(current.words.all())
        if len(said) >= WORDS:
            raise Refused(_("That is as much as fits here. Connect, and you can go on writing."))
        if not asks and (not said or said[-1].author_id == author.pk):
            raise Refused(_("Please wait until they ask; then you can answer."))
        word = InvitationWord.objects.create(invitation=current, author=author, text=text)
        if current.is_open:
            notices.tell_word(word, other)
        return word


def expire_old(now: datetime | None = None) -> int:
    """Daily: whatever nobody answered in its time is over; says how many."""
    return expire(Invitation.objects.all(), now or timezone.now())


def expire(invitations: InvitationQuerySet, now: datetime) -> int:
    """End those of these that are past their end."""
    over = invitations.filter(state__in=Invitation.OPEN, expires_at__lte=now)
    return over.update(state=State.EXPIRED, answered_at=F("expires_at"))


def spend_try(sender: Member, now: datetime, *, was_right: bool) -> None:
    """Count an address typed where one is needed; refused beyond three a day. Needs the sender's lock."""
    if not limits.tries_left(sender, now):
        raise Refused(_("E-mail: three tries a day; please come back tomorrow."), "address")
    AddressTry.objects.create(member=sender, tried_at=now, was_right=was_right)


def _accept(invitation: Invitation, now: datetime) -> Invitation:
    assert invitation.recipient
    _move(invitation, Invitation.OPEN, now, state=State.ACCEPTED, answered_at=now, email="")
    connect(invitation.sender, invitation.recipient)
    notices.tell_accepted(invitation)
    return invitation


def _decline(invitation: Invitation, member: Member, state: Invitation.State) -> Invitation:
    with transaction.atomic():
        current = _received(invitation, member)
        if current.state != state:
            now = timezone.now()
            _move(current, Invitation.OPEN, now, state=state, answered_at=now)
            restrict_if_due(current.sender, now)
        return current


def _received(invitation: Invitation, member: Member) -> Invitation:
    """The invitation as it stands, its pair locked, if this member may decide about it."""
    current = _locked(invitation)
    let_in(member)
    if current.recipient_id != member.pk:
        raise Refused(_gone())
    return current


def _locked(invitation: Invitation) -> Invitation:
    if invitation.recipient:
        lock_pair(invitation.sender, invitation.recipient)
    else:
        lock_pair(invitation.sender, invitation.sender)
    found = Invitation.objects.select_related("sender", "recipient").filter(pk=invitation.pk).first()
    if found is None:
        raise Refused(_gone())
    return found


def _move(
    invitation: Invitation, states: tuple[Invitation.State, ...], now: datetime, **changes: object
) -> None:
    """One step along the states, or a refusal: whoever comes second finds it decided (d4)."""
    open_still = Invitation.objects.filter(pk=invitation.pk, state__in=states, expires_at__gt=now)
    if not open_still.update(**changes):
        raise Refused(_gone())
    for name, value in changes.items():
        setattr(invitation, name, value)


def _try_address(
    sender: Member, recipient: Member, address: str, restricted: bool, now: datetime
) -> Refused | None:
    """Where an address is needed: count the try, and say what is wrong with it."""
    sentence = needs_address(sender, recipient, restricted)
    if not sentence:
        return None
    address = address.strip().lower()
    if not address:
        return Refused(sentence, "address")
    was_right = address == recipient.email.lower()
    spend_try(sender, now, was_right=was_right)
    return None if was_right else Refused(_("E-mail: this is not their address."), "address")


def _gone() -> str:
    return _("This invitation is no longer open.")
