"""Text as a database takes it."""

from __future__ import annotations


def clean(text: str) -> str:
    """Text a database can hold: no NUL, no half of a surrogate pair."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
