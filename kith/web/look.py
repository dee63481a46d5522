"""How a person and a moment look: initials in any script, a lasting colour, ages in words."""

import unicodedata
from datetime import date, datetime
from hashlib import blake2b

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HUES = 12


def initials(name: str) -> str:
    """Two signs for a face: first letters of the first and last word; the first two signs of CJK names."""
    words = [word for word in name.split() if unicodedata.category(word[0])[0] == "L"]
    if not words:
        return "·"
    first = words[0]
    if unicodedata.east_asian_width(first[0]) == "W":
        return first[:2]
    letters = first[0] if len(words) == 1 else first[0] + words[-1][0]
    return letters.upper()[:2]


def hue(name: str) -> int:
    """One of twelve colours, always the same for a name."""
    return blake2b(name.encode("utf-8", "replace"), digest_size=2).digest()[0] % HUES


def age(moment: date | datetime | None, today: date | None = None) -> str:
    """How long ago in words: today, yesterday, 12 days ago, 5 months ago, 3 years ago."""
    if moment is None:
        return ""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    days = ((today or timezone.localdate()) - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 60:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 730:
        months = round(days / 30.44)
        return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}
    years = round(days / 365.25)
    return ngettext("%(n)d year ago", "%(n)d years ago", years) % {"n": years}
