"""The back-fill: a run of cards that asks of each contact whether they have really spoken (E-24)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Least

from kith.contacts.models import Contact
from kith.contacts.models.contact import ContactQuerySet
from kith.desk.models import Card
from kith.members.policy import Viewer

RUN = 50  # cards, about ten minutes


@dataclass(frozen=True, slots=True)
class Deck:
    """Where somebody is in their run of cards; `contact` is the one asked about, none when all are answered."""

    contact: Contact | None
    answered: int
    of: int
    all_answered: int
    spoken: int
    skipped: int
    last: Card | None

    @property
    def is_rest(self) -> bool:
        """A whole run is behind, and there is more to ask."""
        return self.answered == 0 and self.all_answered > 0 and self.contact is not None

    @property
    def place(self) -> int:
        return min(self.answered + 1, self.of)


def to_ask(viewer: Viewer) -> ContactQuerySet:
    """Contacts without a talk and without an answer, most exchanged first."""
    answered = Card.objects.filter(contact=OuterRef("pk"))
    return (
        Contact.objects.visible_to(viewer)
        .proposable()
        .filter(talk_count=0)
        .exclude(Exists(answered))
        .order_by(
            Least("sent_count", "received_count").desc(),
            (F("sent_count") + F("received_count")).desc(),
            F("connected_on").desc(nulls_last=True),
            "pk",
        )
    )


def deck(viewer: Viewer) -> Deck:
    """The next card and how far one is; a new run of fifty begins where the last one ended."""
    cards = Card.objects.visible_to(viewer)
    said = list(cards.values_list("said", flat=True))
    waiting = to_ask(viewer)
    contact = waiting.first()
    done = len(said) % RUN
    if contact is None:
        done = done or min(len(said), RUN)
    left = waiting[: RUN - done].count() if contact else 0
    return Deck(
        contact=contact,
        answered=done,
        of=done + left,
        all_answered=len(said),
        spoken=said.count(Card.Said.SPOKEN),
        skipped=said.count(Card.Said.SKIPPED),
        last=cards.select_related("contact", "talk").order_by("-answered_at", "-pk").first(),
    )


def years(contact: Contact, today: date) -> list[int]:
    """The years a talk can be chosen from: this year back to five, or to when one knew each other."""
    known = [day.year for day in (contact.connected_on, contact.first_exchange_at) if day]
    first = max(min(known, default=today.year), today.year - 6)
    return list(range(today.year, min(first, today.year - 3) - 1, -1))


def likely_year(contact: Contact, today: date) -> int:
    """The year chosen beforehand: that of the last exchange, else of connecting, else this one."""
    day = contact.in_touch_on or contact.connected_on
    return max(min(day.year, today.year), today.year - 6) if day else today.year
