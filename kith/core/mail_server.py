"""The mail server the host named in KITH_MAIL."""

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST_WAIT = 20  # seconds for any one answer of the server
HOW_TO = "KITH_MAIL is written smtp://user:password@mail.example.org:587?tls=starttls (or tls, or none)."


class Misread(ValueError):
    """KITH_MAIL says nothing that could be followed; str() says how it is written."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in; `tls` is starttls, tls (from the first byte) or none."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "starttls"

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @classmethod
    def read(cls, url: str) -> "MailServer":
        """Of smtp://user:password@host:port?tls=…; port 465 means tls, a missing port 587."""
        parts = urlsplit(url)
        try:
            port = parts.port or (465 if parts.scheme == "smtps" else 587)
        except ValueError:
            raise Misread(HOW_TO) from None
        asked = parse_qs(parts.query).get("tls", [""])[-1]
        tls = asked or ("tls" if port == 465 or parts.scheme == "smtps" else "starttls")
        if (
            parts.scheme not in ("smtp", "smtps")
            or not parts.hostname
            or tls not in ("starttls", "tls", "none")
        ):
            raise Misread(HOW_TO)
        return cls(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), tls)

    def connect(self) -> smtplib.SMTP:
        """A session with the server, signed in; certificates are checked."""
        if self.tls == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=LONGEST_WAIT, context=ssl.create_default_context()
            )
        else:
            session = smtplib.SMTP(self.host, self.port, timeout=LONGEST_WAIT)
        try:
            if self.tls == "starttls":
                session.starttls(context=ssl.create_default_context())
            if self.user:
                session.login(self.user, self.password)
        except BaseException:
            session.close()
            raise
        return session
