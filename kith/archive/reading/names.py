"""When two spellings mean one human: slugs of profile addresses, and names without their decoration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from urllib.parse import unquote

NOBODY = "LinkedIn Member"  # what stands where a closed account was

_PROFILE = re.compile(r"^(?:https?://)?(?:[a-z0-9-]+\.)*linkedin\.com/(?:in|pub)/([^/?#\s]+)", re.IGNORECASE)
_JOINED = re.compile(r",(?! )")


@lru_cache(maxsize=65536)
def slug(url: str) -> str | None:
    """The key of a profile address: decoded, NFC, lower-cased; None where there is no profile (8.1)."""
    match = _PROFILE.match(url.strip())
    if match is None:
        return None
    text = unquote(match[1], errors="replace").replace("\0", "")
    text = unicodedata.normalize("NFC", text).lower()
    # lower-casing can undo NFC (a capital I with a dot), so the form is asked for once more
    return unicodedata.normalize("NFC", text).strip() or None


@lru_cache(maxsize=65536)
def comparable(name: str) -> str:
    """A name as it is compared: without case, credentials after a comma, emoji and doubled spaces (8.3)."""
    plain = unicodedata.normalize("NFKC", name.split(", ", maxsplit=1)[0])
    kept = "".join(
        c for c in plain if unicodedata.category(c) not in {"So", "Sk", "Cf", "Cn", "Cs", "Co", "Me"}
    )
    text = " ".join(kept.casefold().split())
    return text or " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_nobody(name: str) -> bool:
    """Whether a name says only that somebody was there."""
    return not name.strip() or " ".join(name.split()).casefold() == NOBODY.casefold()


def split_names(joined: str, known: Container[str], expected: int | None = None) -> list[str]:
    """The names in a TO field: joined by a comma without a space, while names hold ", " themselves (5.3).

    `known` holds `comparable` names; `expected` is how many addresses stand beside them, if that is known.
    """
    parts = [part.strip() for part in _JOINED.split(joined)]
    parts = [part for part in parts if part]
    if expected is not None and len(parts) == expected:
        return parts
    names: list[str] = []
    for part in parts:
        pieces = part.split(", ")
        if len(pieces) > 1 and all(_known(piece, known) for piece in pieces):
            names.extend(pieces)
        else:
            names.append(part)
    return names


def _known(name: str, known: Container[str]) -> bool:
    return is_nobody(name) or comparable(name) in known
