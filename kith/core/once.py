"""A form sent twice is acted on once: the first sending claims it, the second gets the first one's answer (d17)."""

import base64
import hashlib
import json
import time
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kith.core.models import AnsweredForm

PATIENCE = 3.0  # seconds a second sending waits for the first one's answer
LASTS = timedelta(days=1)
LARGEST = 1_000_000  # characters of an answer worth keeping
POLL = 0.02


class SentOtherwise(ValueError):
    """The same form came before with other content."""


class StillAnswering(ValueError):
    """The first sending is not answered yet, or was cut off: whether it went through is to be looked up."""


@dataclass(frozen=True)
class Answer:
    """What the first sending was answered."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Form:
    """One sending's name: who sent it where under which nonce, and the content it had.

    The database sees keyed hashes alone; answers are sealed with the nonce, so that neither a dump nor a
    backup holds pages of members.
    """

    who: str
    path: str
    nonce: str
    content: bytes = b""

    @property
    def key(self) -> str:
        return self._hash("key").hex()

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(self._hash("content") + self.content).hexdigest()

    @property
    def seal(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._hash("seal")))

    def _hash(self, purpose: str) -> bytes:
        said = json.dumps([self.who, self.path, self.nonce])
        return salted_hmac(f"kith.core.once.{purpose}", said, algorithm="sha256").digest()


def claim(form: Form) -> bool:
    """Whether this is the first sending; one statement, so that of twenty at once exactly one wins."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_answeredform (key, sent_at, answer) VALUES (%s, %s, %s::jsonb)"
            " ON CONFLICT (key) DO NOTHING",
            [form.key, timezone.now(), json.dumps({"content": form.content_hash})],
        )
        return cursor.rowcount == 1


def keep(form: Form, answer: Answer) -> None:
    """Keep what the first sending was answered; one too large stays claimed, and is answered once only."""
    if len(answer.body) > LARGEST:
        return
    sealed = form.seal.encrypt(json.dumps(asdict(answer)).encode()).decode()
    kept = {"content": form.content_hash, "sealed": sealed}
    AnsweredForm.objects.filter(key=form.key).update(answer=kept)


def free(form: Form) -> None:
    """Nothing was written: the same form may be sent again."""
    AnsweredForm.objects.filter(key=form.key).delete()


def first_answer(form: Form, patience: float = PATIENCE) -> Answer | None:
    """The answer of the first sending, waited for; None when that one wrote nothing and this one may try."""
    until = time.monotonic() + patience
    while True:
        row: dict[str, Any] | None = (
            AnsweredForm.objects.filter(key=form.key).values_list("answer", flat=True).first()
        )
        if row is None:
            return None
        if row["content"] != form.content_hash:
            raise SentOtherwise
        if "sealed" in row:
            return _open(form, row["sealed"])
        if time.monotonic() >= until:
            raise StillAnswering
        time.sleep(POLL)


def sweep() -> int:
    """Forget forms of yesterday; says how many."""
    return AnsweredForm.objects.filter(sent_at__lt=timezone.now() - LASTS).delete()[0]


def _open(form: Form, sealed: str) -> Answer:
    try:
        return Answer(**json.loads(form.seal.decrypt(sealed.encode())))
    except InvalidToken:
        raise StillAnswering from None
