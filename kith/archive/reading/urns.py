"""Addresses of posts: the URN in them, and the clock in its number."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import unquote

_URN = re.compile(r"urn:li:[A-Za-z]+:[^\s?#&/,)]+")
_NUMBER = re.compile(r"(\d{15,20})(?!.*\d{15,20})")
_FIRST_YEAR, _LAST_YEAR = 2003, 2100


def urn(link: str) -> str:
    """The post a link leads to, percent-encoded or plain; empty when it leads elsewhere."""
    found = _URN.search(unquote(link.split("?", maxsplit=1)[0], errors="replace"))
    return found[0] if found else ""


def moment_of(post: str) -> datetime | None:
    """When a post was made: its number counts Unix milliseconds above the lowest 22 bits (5.5)."""
    found = _NUMBER.search(post)
    if found is None:
        return None
    milliseconds = int(found[1]) >> 22
    if not 0 < milliseconds < 4_102_444_800_000:
        return None
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment if _FIRST_YEAR <= moment.year < _LAST_YEAR else None
