"""The letter that asks somebody outside to connect, and the two tokens in it."""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kith.core.branding import brand
from kith.core.host import site_address
from kith.core.mail import send_letter
from kith.network.models import Invitation


def token(invitation: Invitation) -> str:
    """Opens the invitation, and shows that its reader has the address."""
    return _signed(invitation.public_id, "open")


def stop_token(email_hash: str) -> str:
    """The token of “no more letters”: of the address, so that it holds whatever becomes of the invitation (b34)."""
    return _signed(email_hash, "stop")


def write(invitation: Invitation, *, again: bool = False) -> None:
    """Put the letter, or its reminder, on its way; the pages `invited` and `no_invitations` are named here."""
    site, sender = brand().name, invitation.sender
    subject = _("%(sender)s invites you to %(site)s") % {"sender": sender.name, "site": site}
    text = _(
        "Hello,\n\n%(sender)s would like to connect with you at %(site)s.%(note)s\n\n"
        "Open this address to join; the two of you are connected then:\n\n%(open)s\n\n"
        "If you do nothing, your address is deleted here after 90 days.\n\n"
        "No more letters from us? Open this address and press the button:\n\n%(stop)s\n"
    ) % {
        "sender": sender.name,
        "site": site,
        "note": f"\n\n“{invitation.note}”" if invitation.note else "",
        "open": f"{site_address()}/invited/{token(invitation)}/",
        "stop": f"{site_address()}/no-invitations/{stop_token(invitation.email_hash)}/",
    }
    said = _("Reminder: %(subject)s") % {"subject": subject} if again else subject
    send_letter(invitation.email, said, text)


def _signed(name: str, purpose: str) -> str:
    made = salted_hmac(f"kith.network.letters.{purpose}", name, algorithm="sha256").hexdigest()
    return f"{name}-{made[:40]}"
