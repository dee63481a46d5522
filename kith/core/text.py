"""Text as people type it: made safe for the database, comparable, never altered in meaning."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
_LOOSE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


def clean_line(text: str, limit: int = 300) -> str:
    """One line: no control characters, blanks folded, at most `limit` characters."""
    return _BLANKS.sub(" ", _CONTROL.sub(" ", text)).strip()[:limit].rstrip()


def as_given(text: str, limit: int = 300) -> str:
    """One line as somebody wrote it, double blanks and all; only control characters go."""
    return _CONTROL.sub("", text.replace("\n", " ").replace("\r", " ")).strip()[:limit].rstrip()


def clean_text(text: str, limit: int = 20_000) -> str:
    """Several lines: line ends as LF, no control characters, at most `limit` characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()[:limit].rstrip()


def fold(text: str) -> str:
    """The key names are searched and sorted by: lower case, no accents, blanks folded."""
    lowered = unicodedata.normalize("NFKD", text.casefold().translate(_LOOSE))
    bare = "".join(sign for sign in lowered if not unicodedata.combining(sign))
    return _BLANKS.sub(" ", bare).strip()
