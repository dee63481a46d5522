"""Letters: every mail is a row first; a task sends it, or the host reads it at /outbox/ where no server is set."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from kith.core.models import Letter


class OutboxBackend(BaseEmailBackend):
    """Django's door for mail: writes letters in the caller's transaction, so nothing is sent that was undone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(body) for body, kind in message.alternatives if kind == "text/html"), "")
            for address in message.recipients():
                send_letter(address, str(message.subject), str(message.body), html, **message.extra_headers)
        return len(email_messages)


def send_letter(to: str, subject: str, text: str, html: str = "", **headers: str) -> Letter:
    """Put a letter on its way; without a mail server it is kept for the host to read."""
    state = Letter.State.WAITING if settings.MAIL_SERVER else Letter.State.KEPT
    return Letter.objects.create(
        to=to, subject=" ".join(subject.split())[:300], text=text, html=html, headers=headers, state=state
    )
