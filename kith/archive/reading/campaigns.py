"""Campaign mail: how it is known, and its HTML as plain text (5.3)."""

from __future__ import annotations

import html
import re

import nh3

_TAG = re.compile(r"<(?:p|br|ul|ol|li|a|strong|b|em|i|u|span|div|h[1-6])\b[^<>]{0,2000}/?>", re.IGNORECASE)
_UNFILLED = re.compile(r"%[A-Z]{4,20}%")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|ul|ol|h[1-6])>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,2000}>", re.IGNORECASE)
_GAPS = re.compile(r"\n{3,}")


def is_campaign(text: str) -> bool:
    """Whether a text from somebody without an address was written by a campaign."""
    return "spinmail" in text or _TAG.search(text) is not None or _UNFILLED.search(text) is not None


def plain(text: str) -> str:
    """The words of a campaign; entities are decoded only where tags are, as people write &amp; too."""
    if "spinmail" not in text and _TAG.search(text) is None:
        return text
    marked = _ITEM.sub("• ", _BREAK.sub("\n", text))
    words = html.unescape(nh3.clean(marked, tags=set())).replace("\xa0", " ").replace("\0", "")
    return _GAPS.sub("\n\n", "\n".join(line.strip() for line in words.split("\n"))).strip()
