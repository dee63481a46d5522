"""People in sentences: "Bo Ferreira and twelve others" (S-18)."""

import unicodedata

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.notifications.kinds import Told


def people(told: Told) -> str:
    """One, two, or the newest one and how many others; needs at least one name."""
    first = isolated(told.names[0])
    if told.people == 1:
        return first
    if told.people == 2 and len(told.names) > 1:
        return _("%(one)s and %(other)s") % {"one": first, "other": isolated(told.names[1])}
    others = told.people - 1
    return ngettext("%(name)s and %(n)s other", "%(name)s and %(n)s others", others) % {
        "name": first,
        "n": in_words(others),
    }


def in_words(n: int) -> str:
    """Up to twelve a word, from there on digits."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"),
        _("nine"), _("ten"), _("eleven"), _("twelve"),
    )  # fmt: skip
    return words[n] if 0 <= n < len(words) else str(intcomma(n))


def isolated(words: str) -> str:
    """People's words in a script of the other direction must not turn the sentence around them."""
    turns = any(unicodedata.bidirectional(sign) in ("R", "AL", "RLE", "RLO", "RLI") for sign in words)
    return f"\u2068{words}\u2069" if turns else words
