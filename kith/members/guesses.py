"""Guesses at accounts: one budget over every door, so that no door is a way around another (b2, b3, G9).

A guess is taken before anything is compared and given back when it was right, so that only wrong ones
and those still being compared count. Keys are hashes: no address of anybody stands in the table.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core.limits import give_back, take, wait_seconds
from kith.core.refusal import Refused
from kith.core.text import fold

Limit = tuple[str, int, timedelta]  # key, at most, within
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class TooMany(Refused):
    """The budget is spent; `seconds` until some of it is back."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


@dataclass(frozen=True)
class Taken:
    """What a guess took, to be given back if it was right."""

    limits: tuple[Limit, ...]

    def give_back(self) -> None:
        for key, _at_most, _within in self.limits:
            give_back(key)


def account_key(email: str) -> str:
    """One key for an address in every spelling, whether or not it has an account (b1, b2)."""
    return salted_hmac("kith.members.guesses", fold(email.strip())).hexdigest()[:40]


def guess(email: str, place: str, *, device: str = "", mailed: bool = False) -> Taken:
    """Take a guess at an account, or refuse.

    Five in five minutes and twenty a day for an account, ten a minute from one place (an address, or a /64).
    Nobody can lock a member out for good: a `device` that signed in before has a budget of its own, and
    whoever holds a `mailed` code may still try it from a small one.
    """
    if device:
        return _take_all(_account_limits(f"device:{device}"))
    key = account_key(email)
    try:
        return _take_all([(f"place:{place}", 10, MINUTE), *_account_limits(f"guess:{key}")])
    except TooMany:
        if not mailed:
            raise
    return _take_all([(f"mailed:{key}", 3, 5 * MINUTE), (f"mailed-day:{key}", 10, DAY)])


def guess_from(place: str) -> Taken:
    """Take a guess at something that names no account, such as a join link."""
    return _take_all([(f"place:{place}", 10, MINUTE)])


def ask_for_letter(email: str, place: str) -> None:
    """Count a mail that somebody asks for without being signed in, so that nobody is flooded."""
    key = account_key(email)
    _take_all(
        [
            (f"letters:{key}", 5, 15 * MINUTE),
            (f"letters-day:{key}", 20, DAY),
            (f"letters-from:{place}", 30, 10 * MINUTE),
        ]
    )


def sign_up_from(place: str) -> None:
    """Count a sign-up from one place (b10)."""
    _take_all([(f"sign-ups:{place}", 20, timedelta(hours=1))])


def spend(what: str, *, within: timedelta = 7 * DAY) -> bool:
    """Use up a code or token; true once, however many try at the same moment (b4)."""
    key = salted_hmac("kith.members.guesses.spent", what).hexdigest()[:40]
    return take(f"spent:{key}", at_most=1, within=within)


def _account_limits(key: str) -> list[Limit]:
    return [(key, 5, 5 * MINUTE), (f"{key}:day", 20, DAY)]


def _take_all(limits: list[Limit]) -> Taken:
    """All or none: what was taken before one that is empty goes back."""
    taken: list[Limit] = []
    for key, at_most, within in limits:
        if not take(key, at_most=at_most, within=within):
            Taken(tuple(taken)).give_back()
            raise _too_many(key, within)
        taken.append((key, at_most, within))
    return Taken(tuple(taken))


def _too_many(key: str, within: timedelta) -> TooMany:
    seconds = math.ceil(wait_seconds(key, within=within)) or 1
    if seconds < 120:
        wait = ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    elif seconds < 7200:
        wait = _("%(n)s minutes") % {"n": round(seconds / 60)}
    else:
        wait = _("%(n)s hours") % {"n": round(seconds / 3600)}
    return TooMany(_("Too many tries; please wait %(wait)s.") % {"wait": wait}, seconds)
