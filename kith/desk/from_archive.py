"""Contacts of mine who are here and wished to be found by the address I have: offered one by one (b1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Lower

from kith.contacts.models import Contact
from kith.desk.known import findable, known_contacts
from kith.desk.models import FoundHere
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Invitation, Side


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who is here, and the viewer's contact with their address."""

    member_id: int
    contact: Contact


def offers(viewer: Viewer) -> Sequence[Offer]:
    """Whom to offer: those spoken with first, then the latest in touch; nobody connected, asked, let go or put off."""
    contacts = known_contacts(viewer, _matched(viewer))
    found = [Offer(member, contact) for member, contact in contacts.items() if contact.let_go_at is None]
    return sorted(found, key=lambda offer: (_nearness(offer.contact), -offer.member_id), reverse=True)


def _matched(viewer: Viewer) -> list[int]:
    """One question, however many contacts and members there are."""
    me = viewer.member
    if me is None:
        return []
    book = Contact.objects.visible_to(viewer).exclude(email="")
    found = findable().filter(
        email__in=book.values(address=Lower("email")),
        user__in=Member.objects.visible_to(viewer).exclude(pk=me.pk),
    )
    declined = (Invitation.State.DECLINED, Invitation.State.UNKNOWN)
    # Whoever was asked by an address is not known by it: leaving them out would tell whose it is.
    asked = Invitation.objects.sent_by(me).filter(email_hash="", recipient__isnull=False).asks_still()
    asking = Invitation.objects.received_by(me)
    for gone in (
        Side.objects.of(me).values("other_id"),
        FoundHere.objects.owned_by(me).filter(put_off_at__isnull=False).values("member_id"),
        asked.values("recipient_id"),
        asking.open().values("sender_id"),
        asking.filter(state__in=declined).values("sender_id"),
    ):
        found = found.exclude(user__in=gone)
    return list(found.values_list("user_id", flat=True))


def _nearness(contact: Contact) -> tuple[bool, date, int]:
    return (contact.is_a, contact.in_touch_on or contact.connected_on or date.min, contact.exchange_count)
