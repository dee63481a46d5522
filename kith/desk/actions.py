"""Acts at the desk: answering what Today proposes, the cards of the back-fill, and whom of one's contacts to offer."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.contacts.actions import erase_talk, log_talk
from kith.contacts.models import Contact
from kith.contacts.when import When
from kith.core.refusal import Refused
from kith.desk.models import Answer, Card, FoundHere
from kith.desk.today import midnight, newest_archive
from kith.members.models import Member
from kith.members.policy import Viewer

A_WEEK = 7
LONGEST = 365  # days


@transaction.atomic
def answer_step(
    contact: Contact, kind: str, said: str, *, days: int = A_WEEK, now: datetime | None = None
) -> Answer:
    """Say of a proposed step that it is done, comes later (in days), or is to be dropped."""
    if kind not in Answer.Kind.values or said not in ("done", "later", "drop"):
        raise Refused(_("Today knows no such step."))
    if not 1 <= days <= LONGEST:
        raise Refused(_("Later: in 1 to %(days)s days.") % {"days": LONGEST}, "days")
    now = now or timezone.now()
    answer, _made = Answer.objects.update_or_create(
        owner=contact.owner,
        contact=contact,
        kind=kind,
        defaults={
            "answered_at": now,
            "about_at": _moment(contact, kind) or now,
            "done_at": now if said == "done" else None,
            "later_until": timezone.localdate(now) + timedelta(days=days) if said == "later" else None,
            "dropped_at": now if said == "drop" else None,
        },
    )
    return answer


@transaction.atomic
def undo_answer(contact: Contact, kind: str) -> None:
    """Have a step proposed again."""
    Answer.objects.filter(owner=contact.owner, contact=contact, kind=kind).delete()


@transaction.atomic
def answer_card(
    contact: Contact, said: str, *, talk_kind: str = "", when: When | None = None, today: date | None = None
) -> Card:
    """Answer one card; having spoken logs the talk, so that the contact is A from now on."""
    if said not in Card.Said.values or Card.objects.filter(contact=contact).exists():
        raise Refused(_("This card is answered already."))
    talk = None
    if said == Card.Said.SPOKEN:
        if when is None:
            raise Refused(_("When: please say about when."), "when")
        talk = log_talk(contact, kind=talk_kind, held_on=when.held_on, precision=when.precision, today=today)
    try:
        with transaction.atomic():
            return Card.objects.create(owner=contact.owner, contact=contact, said=said, talk=talk)
    except IntegrityError:  # Two presses at once: one wins
        raise Refused(_("This card is answered already.")) from None


def skip_no_more(owner: Member) -> int:
    """Put the skipped cards back into the deck; gives how many."""
    return Card.objects.owned_by(owner).filter(said=Card.Said.SKIPPED).delete()[0]


@transaction.atomic
def undo_card(card: Card) -> None:
    """Take the answer back, and the talk it logged."""
    if card.talk:
        erase_talk(card.talk)
    card.delete()


def put_off_found(owner: Member, member: Member, *, back: bool = False) -> bool:
    """Offer a member found among the owner's contacts no more, for good, or again; False if it was not offered."""
    told = FoundHere.objects.owned_by(owner).filter(member=member)
    return bool(told.update(put_off_at=None if back else timezone.now()))


def _moment(contact: Contact, kind: str) -> datetime | None:
    """When what is answered happened; only something newer brings the step back."""
    if kind == Answer.Kind.WAITING:
        return contact.wrote_last_at
    if kind == Answer.Kind.INVITATION:
        return contact.past_invitations.filter(outgoing=False, accepted=False).aggregate(at=Max("sent_at"))[
            "at"
        ]
    if kind == Answer.Kind.JOB_CHANGE:
        run = newest_archive(Viewer(contact.owner))
        day = (run.as_of or run.uploaded_at.date()) if run else None
    else:
        day = contact.connected_on if kind == Answer.Kind.GREETING else contact.in_touch_on
    return midnight(day) if day else None
