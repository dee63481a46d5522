"""Whom of the members my own contacts already know: by a verified address they opted to be found by, never by name (b1)."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from kith.contacts.models import Contact
from kith.members.policy import Viewer


def known_contacts(viewer: Viewer, member_ids: Iterable[int]) -> dict[int, Contact]:
    """Member to the viewer's contact with the same address."""
    addresses = EmailAddress.objects.filter(
        user__in=[key for key in member_ids if key not in viewer.hidden_ids],
        user__network_choices__found_by_email=True,
        verified=True,
        primary=True,
    )
    owners = {email.lower(): member for email, member in addresses.values_list("email", "user_id")}
    if not owners:
        return {}
    own = Contact.objects.visible_to(viewer).annotate(address=Lower("email")).filter(address__in=owners)
    rows = own.select_related("merged_into").order_by("pk")
    return {owners[row.email.lower()]: row.merged_into or row for row in rows}
