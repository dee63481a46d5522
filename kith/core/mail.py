"""Letters: every mail is a row first; a task sends it, or the host reads it at /outbox/ where no server is set."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

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
    """Put a letter on its way; without a mail server it is kept for the host to read.

    The request never waits for the server: the worker is told once the transaction stands.
    """
    state = Letter.State.WAITING if settings.MAIL_SERVER else Letter.State.KEPT
    letter = Letter.objects.create(
        to=to, subject=" ".join(subject.split())[:300], text=text, html=html, headers=headers, state=state
    )
    if state == Letter.State.WAITING:
        transaction.on_commit(_tell_the_worker)
    return letter


def try_again(letter: Letter) -> bool:
    """Put a failed letter on its way anew; False when it is not one, or nothing is left of it."""
    failed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED).exclude(text="")
    won = failed.update(state=Letter.State.WAITING, tries=0, problem="", next_try_at=timezone.now())
    if won:
        transaction.on_commit(_tell_the_worker)
    return bool(won)


def _tell_the_worker() -> None:
    from kith.core.tasks import deliver_soon

    deliver_soon()
