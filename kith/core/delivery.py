"""Handing letters to the mail server: claimed first, sent, then marked; a crash between costs at most one double.

The claim is one conditional update that also says when somebody may try again, so no lock is held while the
server thinks, and a letter whose worker died is taken up after its lease. Every try of one letter carries the
same Message-ID, by which a mail program knows a double (c18).
"""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.branding import brand
from kith.core.host import Setting, site_address
from kith.core.letterhead import dressed
from kith.core.mail_server import MailServer
from kith.core.models import Letter

LEASE = timedelta(minutes=10)  # longer than a server can think about one letter
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
KEPT = timedelta(days=30)
AT_ONCE = 200

MAIL_FROM = Setting(
    "mail_from",
    "",
    label=_("Letters come from"),
    hint=_("An address your mail server may send for. Empty: kith@ and the name of this site."),
    group=_("Letters"),
    pattern=r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+",
)


@dataclass
class Round:
    """What one round did, in letters."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0


def deliver(now: datetime | None = None) -> Round:
    """Send what is due. Server trouble and 4xx answers are tried again later, a 5xx answer ends the letter."""
    done = Round()
    session: smtplib.SMTP | None = None
    for letter in due(now or timezone.now()):
        if not _claim(letter, now or timezone.now()):
            continue
        try:
            session = session or MailServer.read(settings.MAIL_SERVER).connect()
            _hand_in(session, letter)
        except Exception as problem:  # noqa: BLE001  # One letter's trouble must not keep the others.
            ends = _is_final(problem)
            _note(letter, problem, ends)
            done.failed, done.put_off = done.failed + ends, done.put_off + (not ends)
            session = _still_open(session)
            if session is None and not ends:
                break  # the server is away: the rest waits for the next round
        else:
            _mark_sent(letter)
            done.sent += 1
    if session is not None:
        with suppress(smtplib.SMTPException, OSError):
            session.quit()
    return done


def due(now: datetime) -> list[Letter]:
    """Letters that may be tried now, oldest first."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING, next_try_at__lte=now)
    return list(waiting.order_by("next_try_at", "pk")[:AT_ONCE])


def sweep(now: datetime | None = None) -> int:
    """Nightly: letters that are 30 days old go, but for those still on their way."""
    old = Letter.objects.filter(made_at__lte=(now or timezone.now()) - KEPT)
    return old.exclude(state=Letter.State.WAITING).delete()[0]


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The mail as it goes out; its Message-ID and date are the letter's, whichever try this is."""
    domain = site_address().split("//")[-1].split(":")[0].split("/")[0]
    sender = MAIL_FROM.value or f"kith@{domain}"
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=f'"{quote(brand().name)}" <{sender}>',
        to=[letter.to],
        headers={
            "Message-ID": f"<{letter.public_id}@{domain}>",
            "Date": letter.made_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    message.attach_alternative(letter.html or dressed(letter.subject, letter.text), "text/html")
    return message


def mail_trouble(now: datetime | None = None) -> str:
    """Why mail does not flow, as a sentence part; empty when it does or no server is set."""
    now = now or timezone.now()
    late = Letter.objects.filter(state=Letter.State.WAITING, made_at__lte=now - timedelta(minutes=5))
    if oldest := late.order_by("-problem", "made_at").first():
        return oldest.problem or "a letter has waited for more than five minutes"
    return ""


def _claim(letter: Letter, now: datetime) -> bool:
    mine = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING, next_try_at__lte=now)
    return bool(mine.update(tries=F("tries") + 1, next_try_at=now + LEASE))


def _hand_in(session: smtplib.SMTP, letter: Letter) -> None:
    message = message_of(letter)
    sender = MAIL_FROM.value or message.from_email.split("<")[-1].rstrip(">")
    session.sendmail(sender, [letter.to], message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def _is_final(problem: Exception) -> bool:
    """A 5xx about this letter, or a letter that cannot be written down; a refused sign-in is the host's to mend."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= 500
    return isinstance(problem, UnicodeError) or type(problem).__name__ == "BadHeaderError"


def _note(letter: Letter, problem: Exception, ends: bool) -> None:
    tries = letter.tries + 1
    ends = ends or tries > len(PAUSES)
    row = Letter.objects.filter(pk=letter.pk)
    if ends:
        row.update(state=Letter.State.FAILED, problem=_said(problem))
    else:
        row.update(problem=_said(problem), next_try_at=timezone.now() + PAUSES[tries - 1])


def _said(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(problem.recipients.values()))
        return f"{code} {answer.decode('utf-8', 'replace')}"[:300]
    if isinstance(problem, smtplib.SMTPResponseException):
        words: object = problem.smtp_error
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        return f"{problem.smtp_code} {text}"[:300]
    return f"{problem}"[:300] or type(problem).__name__


def _still_open(session: smtplib.SMTP | None) -> smtplib.SMTP | None:
    """The session, made ready for the next letter, or nothing when the server hung up."""
    if session is None:
        return None
    try:
        session.rset()
    except (smtplib.SMTPException, OSError):
        session.close()
        return None
    return session


def _mark_sent(letter: Letter) -> None:
    """A sent letter's words are nobody's any more."""
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.SENT, sent_at=timezone.now(), text="", html="", problem=""
    )
