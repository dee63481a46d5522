"""Letters and a mail server that misbehaves by script (c18)."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from kith.core import delivery
from kith.core.branding import Brand, set_brand
from kith.core.mail import send_letter, try_again
from kith.core.mail_server import MailServer, Misread
from kith.core.models import Letter

pytestmark = pytest.mark.django_db


class Server:
    """Answers by script: what to say to the next recipients and the next mails, then 250 for ever."""

    def __init__(self) -> None:
        self.to_recipients: list[str] = []
        self.to_mails: list[str] = []
        self.kills: int | None = None
        self.received: list[bytes] = []
        self.let_go = threading.Event()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.to_recipients.pop(0) if self.to_recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.to_mails.pop(0) if self.to_mails else "250 taken"
        if answer.startswith("250"):
            self.received.append(envelope.original_content)
        if self.kills:
            os.kill(self.kills, signal.SIGKILL)
        return answer

    def messages(self) -> list[Any]:
        return [message_from_bytes(raw) for raw in self.received]


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    with override_settings(MAIL_SERVER=f"smtp://127.0.0.1:{port}?tls=none"):
        yield handler
    controller.stop(no_assert=True)


def after(minutes: float) -> Any:
    return timezone.now() + timedelta(minutes=minutes)


def test_without_a_server_letters_are_kept_for_the_host(settings: Any) -> None:
    settings.EMAIL_BACKEND = "kith.core.mail.OutboxBackend"  # pytest-django puts its own in the way
    send_mail("Your code", "It is 123456.", None, ["ada@example.org"])
    letter = Letter.objects.get()
    assert (letter.state, letter.to, letter.text) == ("kept", "ada@example.org", "It is 123456.")


def test_a_letter_is_sent_and_then_emptied(server: Server) -> None:
    letter = send_letter("ada@example.org", "A place is kept", "Hello Ada,\n\nhttps://example.org/claim/x/")
    assert delivery.deliver().sent == 1
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html, letter.problem) == ("sent", "", "", "")
    mail = server.messages()[0]
    assert (mail["Subject"], mail["To"]) == ("A place is kept", "ada@example.org")
    assert mail["Message-ID"].startswith(f"<{letter.public_id}@")
    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]


def test_a_letter_of_a_transaction_that_was_undone_never_existed(server: Server) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send_letter("ada@example.org", "Hello", "Ada")
        raise RuntimeError
    assert delivery.deliver().sent == 0


def test_a_4xx_is_tried_again_later_and_then_succeeds(server: Server) -> None:
    server.to_mails = ["451 try again"]
    letter = send_letter("ada@example.org", "Hello", "Ada")
    assert delivery.deliver().put_off == 1
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.problem) == ("waiting", 1, "451 try again")
    assert delivery.deliver().sent == 0  # not before its pause is over
    assert delivery.deliver(after(2)).sent == 1
    assert len(server.received) == 1


@pytest.mark.parametrize("where", ["to_recipients", "to_mails"])
def test_a_5xx_ends_the_letter_and_spares_the_others(server: Server, where: str) -> None:
    setattr(server, where, ["550 nobody of that name"])
    bad = send_letter("nobody@example.org", "Hello", "You")
    good = send_letter("ada@example.org", "Hello", "Ada")
    done = delivery.deliver()
    assert (done.sent, done.failed) == (1, 1)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.problem, good.state) == ("failed", "550 nobody of that name", "sent")
    assert try_again(bad)
    assert delivery.deliver().sent == 1


def test_a_letter_is_given_up_after_its_last_pause(server: Server) -> None:
    server.to_mails = ["451 busy"] * 20
    letter = send_letter("ada@example.org", "Hello", "Ada")
    for day in range(12):
        delivery.deliver(after(3 * 24 * 60 * (day + 1)))
        Letter.objects.filter(pk=letter.pk).update(next_try_at=timezone.now())
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("failed", len(delivery.PAUSES) + 1)


def test_a_server_that_is_away_fails_no_letter() -> None:
    with override_settings(MAIL_SERVER="smtp://127.0.0.1:9?tls=none"):
        for number in range(3):
            send_letter(f"nr{number}@example.org", "Hello", "You")
        assert delivery.deliver().put_off == 1
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}
    Letter.objects.update(made_at=timezone.now() - timedelta(minutes=6))
    assert "refused" in delivery.mail_trouble()


def test_a_refused_sign_in_is_the_hosts_to_mend_and_fails_no_letter(server: Server) -> None:
    with override_settings(MAIL_SERVER=settings.MAIL_SERVER.replace("smtp://", "smtp://kith:wrong@")):
        letter = send_letter("ada@example.org", "Hello", "Ada")
        assert delivery.deliver().put_off == 1
    letter.refresh_from_db()
    assert letter.state == "waiting"


def test_a_claimed_letter_is_not_sent_by_a_second_worker(server: Server) -> None:
    letter = send_letter("ada@example.org", "Hello", "Ada")
    assert delivery._claim(letter, timezone.now())
    assert not delivery._claim(letter, timezone.now())
    assert delivery.deliver().sent == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_250_and_commit_costs_one_double_with_one_message_id(server: Server) -> None:
    letter = send_letter("ada@example.org", "Hello", "Ada")
    place = connection.settings_dict
    code = (
        "import sys, django; sys.stdin.readline(); django.setup();"
        "from kith.core import delivery; delivery.deliver()"
    )
    url = f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"
    worker = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "DATABASE_URL": url, "KITH_MAIL": settings.MAIL_SERVER},
        stdin=subprocess.PIPE,
    )
    server.kills = worker.pid
    worker.communicate(b"go\n", timeout=60)
    assert worker.returncode == -signal.SIGKILL
    server.kills = None
    assert delivery.deliver().sent == 0  # its lease still runs
    assert delivery.deliver(after(11)).sent == 1
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert len({mail["Message-ID"] for mail in server.messages()}) == 1
    assert len(server.received) == 2


def test_a_line_break_in_a_subject_makes_no_second_header(server: Server) -> None:
    send_letter("ada@example.org", "Hello\r\nBcc: mal@example.org", "Ada")
    delivery.deliver()
    mail = server.messages()[0]
    assert (mail["Subject"], mail["Bcc"]) == ("Hello Bcc: mal@example.org", None)


@pytest.mark.parametrize(
    "name", ['Ada\'s "Best", Club', 'a" <x@evil.example>, "', "back\\slash", "Ærøs venner"]
)
def test_any_name_of_the_house_stands_before_its_address(server: Server, name: str, tmp_path: Path) -> None:
    with override_settings(MEDIA_ROOT=tmp_path):
        set_brand(Brand(name=name))
        send_letter("ada@example.org", "s", "t")
        assert delivery.deliver().sent == 1
    said, address = parseaddr(str(make_header(decode_header(server.messages()[0]["From"]))))
    assert address == "kith@localhost" and "evil" not in address
    if name.isascii():
        assert said == name


def test_what_a_letter_says_is_no_markup_in_its_html() -> None:
    letter = send_letter(
        "ada@example.org", "<b>Hi</b>", "<img src=x onerror=alert(1)>\n\nhttps://example.org/"
    )
    html = str(delivery.message_of(letter).alternatives[0][0])
    assert "<img" not in html and "<b>Hi" not in html
    assert '<a href="https://example.org/"' in html


def test_letters_go_after_thirty_days_unless_they_still_wait(server: Server) -> None:
    old = send_letter("ada@example.org", "Hello", "Ada")
    Letter.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert delivery.sweep() == 0
    Letter.objects.filter(pk=old.pk).update(state="sent")
    assert delivery.sweep() == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", "starttls")),
        ("smtps://a%40b:p%2Fw@mail.example.org", ("mail.example.org", 465, "a@b", "p/w", "tls")),
        ("smtp://mail.example.org:465", ("mail.example.org", 465, "", "", "tls")),
        ("smtp://localhost:25?tls=none", ("localhost", 25, "", "", "none")),
    ],
)
def test_a_mail_server_is_read_of_its_address(url: str, expected: tuple[object, ...]) -> None:
    server = MailServer.read(url)
    assert (server.host, server.port, server.user, server.password, server.tls) == expected


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://x", "smtp://", "smtp://x:port", "smtp://x?tls=some"]
)
def test_an_address_that_is_none_is_explained(url: str) -> None:
    with pytest.raises(Misread, match="KITH_MAIL is written"):
        MailServer.read(url)
