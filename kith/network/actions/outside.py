"""Acts on invitations to an e-mail address: one letter, two reminders with consent, no graph of outsiders (b35)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from kith.core.limits import take
from kith.core.refusal import Refused, text_of
from kith.members.addresses import is_verified
from kith.members.blocks import lock_pair
from kith.members.models import Member, QuietAddress
from kith.members.roster import email_hash, wants_letters
from kith.network import letters, notices
from kith.network.actions.connections import connect
from kith.network.actions.invitations import NOTE_LIMIT, expire, spend_try
from kith.network.actions.standing import restrict_if_due
from kith.network.asking import accepts_by_address, check_address, check_allowance, let_in
from kith.network.limits import BRING_IN, MAILED_DAYS
from kith.network.models import Invitation

KEPT = timedelta(days=90)  # then the address is deleted; its keyed hash stays
REMINDERS_AFTER_DAYS = (7, 21)
LETTERS_TO_ONE, LETTERS_WITHIN = 3, timedelta(days=30)  # whoever invites
State = Invitation.State


def invite_address(sender: Member, email: str, note: str = "", *, reminders: bool = False) -> Invitation:
    """Ask whoever reads this address to connect, by one letter; at most two reminders, if the sender agrees.

    The sender learns nothing of the address: a member's own becomes an invitation to the member, and where no
    letter may go none goes, and both wait here as any other. Raises Refused with its field.
    """
    if not BRING_IN.value:
        raise Refused(_("Here only the hosts bring people in."))
    note = text_of(note, NOTE_LIMIT, _("Note"), "note")
    email = _address(email)
    now, key = timezone.now(), email_hash(email)
    owner = Member.objects.let_in().with_address(email).first()
    owner = owner if owner and is_verified(owner) else None
    with transaction.atomic():
        lock_pair(sender, owner or sender)
        let_in(sender)
        if email == sender.email.lower():
            raise Refused(_("E-mail: this is your own address."), "email")
        mine = Invitation.objects.sent_by(sender).filter(email_hash=key)
        expire(mine, now)
        check_address(mine, now)
        check_allowance(sender, now)
        if restrict_if_due(sender, now):
            spend_try(sender, now, was_right=True)
        asked = owner if owner and accepts_by_address(sender, owner, now) else None
        if owner and asked:
            expire(Invitation.objects.between(sender, owner), now)
        invitation = Invitation.objects.create(
            sender=sender,
            recipient=asked,
            email=email,
            email_hash=key,
            note=note,
            sent_at=now,
            expires_at=now + timedelta(days=MAILED_DAYS.value),
            reminders_agreed_at=now if reminders else None,
        )
        if asked:
            notices.tell_invited(invitation)
        elif owner is None and _may_write(email, key):
            invitation.mailed_at = invitation.last_mailed_at = now
            invitation.save(update_fields=["mailed_at", "last_mailed_at"])
            letters.write(invitation)
    return invitation


def connect_invited(member: Member) -> int:
    """Connect somebody who joined with everybody whose letter reached their address; how many.

    Only for an address shown to be theirs; call it once they are let in, in the transaction that did it.
    """
    if not is_verified(member) or not Member.objects.let_in().filter(pk=member.pk).exists():
        return 0
    reached = Invitation.objects.open().filter(
        email_hash=email_hash(member.email), recipient__isnull=True, mailed_at__isnull=False
    )
    count = 0
    for invitation in reached.select_related("sender").order_by("sender_id"):
        if invitation.sender_id != member.pk:
            count += _connect(invitation, member)
    return count


def find_by_token(token: str) -> Invitation | None:
    """The invitation whose letter this came with, while it is open; it shows the address to be the reader's."""
    found = (
        Invitation.objects.open().filter(public_id=token.partition("-")[0], mailed_at__isnull=False).first()
    )
    return found if found and constant_time_compare(letters.token(found), token) else None


def find_by_stop_token(token: str) -> str:
    """The keyed hash of the address whose reader wants no more letters, whatever became of who asked; else empty."""
    key = token.partition("-")[0]
    return key if constant_time_compare(letters.stop_token(key), token) else ""


def never_again(key: str) -> None:
    """The reader wants no letter from here any more, whoever asks; the keyed hash is all that stays."""
    with transaction.atomic():
        QuietAddress.objects.get_or_create(email_hash=key)
        Invitation.objects.filter(email_hash=key).update(reminders_agreed_at=None)


def remind(now: datetime | None = None) -> int:
    """Nightly: the second or the first reminder, where its sender agreed and nobody said no."""
    now, written = now or timezone.now(), 0
    for number, days in reversed(list(enumerate(REMINDERS_AFTER_DAYS))):
        due = Invitation.objects.filter(
            state=State.WAITING,
            expires_at__gt=now,
            recipient__isnull=True,
            reminders_agreed_at__isnull=False,
            reminders_sent=number,
            mailed_at__lte=now - timedelta(days=days),
            last_mailed_at__lte=now - timedelta(days=REMINDERS_AFTER_DAYS[0]),
            sender__in=Member.objects.let_in(),
        ).exclude(email="")
        for invitation in list(due.select_related("sender").order_by("pk")):
            written += _remind(invitation, number, now)
    return written


def forget_addresses(now: datetime | None = None) -> int:
    """Nightly: an address nobody joined with is deleted after 90 days, but for its keyed hash (b35)."""
    old = Invitation.objects.filter(sent_at__lte=(now or timezone.now()) - KEPT).exclude(email="")
    return old.update(email="", reminders_agreed_at=None)


def _connect(invitation: Invitation, member: Member) -> bool:
    try:
        with transaction.atomic():
            lock_pair(invitation.sender, member)
            let_in(invitation.sender)
            now = timezone.now()
            # Whoever of the two asked the other meanwhile, the connection settles it.
            expire(Invitation.objects.between(invitation.sender, member), now)
            connect(invitation.sender, member)
            won = Invitation.objects.open().filter(pk=invitation.pk, recipient__isnull=True)
            if not won.update(state=State.ACCEPTED, recipient=member, answered_at=now, email=""):
                raise Refused("withdrawn")
            invitation.recipient = member
            notices.tell_accepted(invitation)
    except Refused:
        return False
    return True


def _remind(invitation: Invitation, number: int, now: datetime) -> bool:
    with transaction.atomic():
        lock_pair(invitation.sender, invitation.sender)
        still = Invitation.objects.filter(
            pk=invitation.pk,
            state=State.WAITING,
            recipient__isnull=True,
            reminders_sent=number,
            reminders_agreed_at__isnull=False,
        )
        if not wants_letters(invitation.email):
            return False
        if not still.update(reminders_sent=F("reminders_sent") + 1, last_mailed_at=now):
            return False
        letters.write(invitation, again=True)
    return True


def _may_write(email: str, key: str) -> bool:
    return wants_letters(email) and take(f"invited:{key}", at_most=LETTERS_TO_ONE, within=LETTERS_WITHIN)


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
        if len(email) > 254:
            raise ValidationError("long")
    except ValidationError:
        said = _("Their e-mail: please write an address.")
        if email:
            said = _("Their e-mail: “%(email)s” is not an address.") % {"email": email[:60]}
        raise Refused(said, "email") from None
    return email
