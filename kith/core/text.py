"""Text as people type it: made safe for the database, comparable, never altered in meaning."""

import re
import unicodedata
from collections.abc import Iterator

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
# What turns the direction of the signs behind it, halves of pairs, and signs that only programs understand.
_TREACHEROUS = re.compile(
    r"[\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_JOINERS = "\u200c\u200d"
_UNSEEN = "\u00ad\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u034f" + _JOINERS
_WHITE = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_EDGES = _WHITE + _UNSEEN
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters of Korean that show nothing
_MARKS = 8  # on one letter; the stacks of Tibetan and the points of Hebrew need fewer
_LOOSE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


def clean_line(text: str, limit: int = 300) -> str:
    """One line: safe signs, blanks folded, at most `limit` characters."""
    return _cut(_trimmed(_BLANKS.sub(" ", _safe(_CONTROL.sub(" ", text)))), limit)


def as_given(text: str, limit: int = 300) -> str:
    """One line as somebody wrote it, double blanks and all; only unsafe signs go."""
    return _cut(_safe(_CONTROL.sub("", _LINE_ENDS.sub(" ", text).replace("\n", " "))).strip(), limit)


def clean_text(text: str, limit: int = 20_000) -> str:
    """Several lines: safe signs, line ends as LF, at most `limit` characters."""
    return _cut(_trimmed(_safe(_CONTROL.sub("", _LINE_ENDS.sub("\n", text)))), limit)


def names_somebody(text: str) -> bool:
    """Whether a name holds a letter one can see, of any script."""
    return any(unicodedata.category(sign)[0] == "L" and sign not in _BLANK_LETTERS for sign in text)


def fold(text: str) -> str:
    """The key names are searched and sorted by: lower case, no accents, blanks folded."""
    lowered = unicodedata.normalize("NFKD", text.casefold().translate(_LOOSE))
    bare = "".join(sign for sign in lowered if not unicodedata.combining(sign))
    return _BLANKS.sub(" ", bare).strip()


def _safe(text: str) -> str:
    """Composed (NFC), nothing that turns directions, joiners only inside words, few marks on one letter."""
    if text.isascii():
        return text
    # Marks first: composing a million of them on one letter takes minutes.
    text = unicodedata.normalize("NFC", "".join(_few_marks(_TREACHEROUS.sub("", text))))
    if _JOINERS[0] in text or _JOINERS[1] in text:
        text = unicodedata.normalize("NFC", "".join(_joined(text)))
    return text


def _few_marks(text: str) -> Iterator[str]:
    stacked = 0
    for sign in text:
        if sign < "\u0300":
            stacked = 0
        elif unicodedata.category(sign) in ("Mn", "Me"):
            stacked += 1
            if stacked > _MARKS:
                continue
        elif sign not in _JOINERS:
            stacked = 0
        yield sign


def _joined(text: str) -> Iterator[str]:
    """Persian, Indic scripts and emoji need joiners between their signs; elsewhere they only hide."""
    before = ""
    for place, sign in enumerate(text):
        if sign in _JOINERS and not (_joins(before) and _joins(text[place + 1 : place + 2])):
            continue
        before = sign
        yield sign


def _joins(sign: str) -> bool:
    return sign > "\x7f" and unicodedata.category(sign)[0] in "LMS"


def _trimmed(text: str) -> str:
    return text.strip(_EDGES)


def _cut(text: str, limit: int) -> str:
    """At most so many characters, and as clean at its end as before."""
    return text if len(text) <= limit else _trimmed(text[:limit])
