"""Whom of the members my own contacts already know: by a verified address they opted to be found by, never by name (b1).

Whoever did not opt in is as if nobody had that address. Of those who did, a member learns of so many strangers a day,
however many addresses they ask about, so that a book of invented ones tells little; connections cost nothing.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import takewhile

from allauth.account.models import EmailAddress
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kith.contacts.models import Contact
from kith.core.host import Setting
from kith.core.limits import take
from kith.desk.models import FoundHere
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.limits import GROUP
from kith.network.models import Side

A_DAY = Setting(
    "found_a_day",
    50,
    label=_("New people a day a member learns of by the addresses of their contacts"),
    hint=_("Only people who wish to be found so; it keeps anybody from trying out long lists of addresses."),
    least=0,
    most=10_000,
    group=GROUP,
)
DAY = timedelta(days=1)


def findable() -> "QuerySet[EmailAddress]":
    """The addresses by which their owners wish to be found."""
    return EmailAddress.objects.filter(
        user__network_choices__found_by_email=True, verified=True, primary=True
    )


def known_contacts(viewer: Viewer, member_ids: Iterable[int]) -> dict[int, Contact]:
    """Member to the viewer's contact with the same address; of several the one last spoken with, then last in touch."""
    page = [key for key in member_ids if key not in viewer.hidden_ids]
    owners = {
        email.lower(): member
        for email, member in findable().filter(user__in=page).values_list("email", "user_id")
    }
    if viewer.member is None or not owners:
        return {}
    book = Contact.objects.visible_to(viewer).exclude(email="").annotate(address=Lower("email"))
    latest_last = [F(name).asc(nulls_first=True) for name in ("last_talk_on", "in_touch_on")]
    rows = book.filter(address__in=owners).prefetch_related("merged_into").order_by(*latest_last, "pk")
    found = {owners[row.email.lower()]: row.merged_into or row for row in rows}
    told = _told(viewer.member, found)
    return {member: contact for member, contact in found.items() if member in told}


def _told(owner: Member, found: Iterable[int]) -> set[int]:
    """Of whom the owner was told, or is now, as far as the day allows."""
    people = set(found)
    told = set(
        FoundHere.objects.owned_by(owner).filter(member__in=people).values_list("member_id", flat=True)
    )
    if fresh := people - told:
        told |= set(Side.objects.of(owner).filter(other__in=fresh).values_list("other_id", flat=True))
        new = list(takewhile(lambda _key: _may_tell(owner), sorted(fresh - told)))
        FoundHere.objects.bulk_create(
            [FoundHere(owner=owner, member_id=key) for key in new], ignore_conflicts=True
        )
        told |= set(new)
    return told


def _may_tell(owner: Member) -> bool:
    return take(f"found-here:{owner.pk}", at_most=A_DAY.value, within=DAY)
