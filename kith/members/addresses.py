"""The address a member signs in by: their e-mail and allauth's record of it are kept as one here."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from kith.members.audit import record
from kith.members.models import Member


def keep_address(member: Member, *, verified: bool) -> None:
    """Record the member's e-mail as their one address; `verified` when a code, a host or a provider vouches."""
    with transaction.atomic():
        EmailAddress.objects.filter(user=member).exclude(email=member.email).delete()
        address, new = EmailAddress.objects.get_or_create(
            user=member, email=member.email, defaults={"primary": True, "verified": verified}
        )
        if not new and not (address.primary and address.verified >= verified):
            address.primary, address.verified = True, address.verified or verified
            address.save(update_fields=["primary", "verified"])


def is_verified(member: Member) -> bool:
    """Whether somebody has shown that mail to this member's address reaches them."""
    return EmailAddress.objects.filter(user=member, email=member.email, verified=True).exists()


def confirm(member: Member) -> None:
    """Let in an account whose address is enough here: sign-up is open, or a provider or the host vouches."""
    now = timezone.now()
    with transaction.atomic():
        if Member.objects.filter(pk=member.pk, confirmed_at__isnull=True).update(confirmed_at=now):
            member.confirmed_at = now
            record("member_joined", actor=member, subject=member)
