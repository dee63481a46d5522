"""When a position or a school was: in words, how long, and what is odd about its dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.members.models import Organisation
from kith.profiles.models import Position

EARLIEST = 1940
MANY = 3  # positions held at once
A_YEAR = 12  # months
# Stems of titles that stand beside a job: two of which one says so are no two full jobs.
BESIDE = ("board", "advis", "volunt", "mentor", "trustee", "chair", "member", "fellow", "lectur", "teach", "speaker",
          "author", "freelanc", "consult", "founder", "owner", "partner", "investor", "angel", "coach", "council",
          "committee", "ambassador", "self-employ", "part-time", "part time", "non-exec", "student", "intern", "contract",
          "host", "organis", "organiz")  # fmt: skip


class Lasting(Protocol):
    """Whatever began and may have ended."""

    start_year: int | None
    end_year: int | None


@dataclass(frozen=True)
class Odd:
    """One position whose dates look like a slip; only its owner reads why."""

    position: Position
    why: str


def period(row: Lasting) -> str:
    """“Mar 2019 – now”, “2015 – 2019”, “until 2019”; nothing when nothing is known."""
    start, end = _moment(row, "start"), _moment(row, "end")
    if not start and not end:
        return ""
    if not start:
        return _("until %(end)s") % {"end": end}
    if start == end:
        return start
    return f"{start} – {end or (_('now') if isinstance(row, Position) else '')}".rstrip()


def lasted(row: Lasting, today: date) -> str:
    """How long, in whole years and, where both months are known, months; nothing when it cannot be known."""
    if row.start_year is None or (row.end_year is None and not isinstance(row, Position)):
        return ""
    start_month, end_month = getattr(row, "start_month", None), getattr(row, "end_month", None)
    if row.end_year is None:
        end_year, end_month = today.year, today.month
    else:
        end_year = row.end_year
    if start_month and end_month:
        months = (end_year - row.start_year) * 12 + end_month - start_month + 1
        return _in_words(*divmod(months, 12)) if months > 0 else ""
    return _in_words(end_year - row.start_year, 0) if end_year > row.start_year else ""


def odd_dates(positions: Sequence[Position], today: date) -> list[Odd]:
    """Positions that end before they start, start later than now or very long ago, or are three at once."""
    found = [Odd(position, why) for position in positions if (why := slip(position, today))]
    current = [row for row in positions if row.end_year is None and row.start_year]
    if len(current) >= MANY:
        why = _("It is one of %(n)s positions you hold at the same time. Do you still?") % {"n": len(current)}
        odd_already = {odd.position.pk for odd in found}
        found += [Odd(position, why) for position in current[-1:] if position.pk not in odd_already]
    return found


def slip(row: Position, today: date) -> str:
    """What cannot be about the dates of one position; empty where nothing is odd."""
    start, end = _number(row.start_year, row.start_month, 1), _number(row.end_year, row.end_month, 12)
    if start and end and end < start:
        return _("It ends before it starts.")
    if start and start > today.year * 12 + today.month:
        return _("It starts in the future.")
    if (row.start_year and row.start_year < EARLIEST) or (row.end_year and row.end_year < EARLIEST):
        return _("Its dates lie before %(year)s.") % {"year": EARLIEST}
    return ""


def side_by_side(positions: Sequence[Position], today: date) -> list[tuple[Position, Position]]:
    """Pairs of apparently full jobs for two employers that surely ran together for a year or more (FAK-05)."""
    jobs = [row for row in positions if row.start_year and row.organisation and not _is_beside(row)]
    pairs = ((one, other) for at, one in enumerate(jobs) for other in jobs[at + 1 :])
    return [
        pair for pair in pairs if _employer(pair[0]) != _employer(pair[1]) and _shared(*pair, today) >= A_YEAR
    ]


def _is_beside(row: Position) -> bool:
    return any(stem in row.title.casefold() for stem in BESIDE)


def _employer(row: Position) -> Organisation | None:
    return row.organisation.stands_for if row.organisation else None


def _shared(one: Position, other: Position, today: date) -> int:
    """Months two positions surely had in common: a month that is not known shortens them."""
    now = today.year * 12 + today.month
    starts = [_number(row.start_year, row.start_month, 12) or 0 for row in (one, other)]
    ends = [_number(row.end_year, row.end_month, 1) or now for row in (one, other)]
    return min(ends) - max(starts) + 1


def _number(year: int | None, month: int | None, otherwise: int) -> int | None:
    """Months since the year nought; `otherwise` is the month where only the year is known."""
    return year * 12 + (month or otherwise) if year else None


def _moment(row: Lasting, which: str) -> str:
    year, month = getattr(row, f"{which}_year"), getattr(row, f"{which}_month", None)
    if year is None:
        return ""
    return f"{MONTHS_3[month].capitalize()} {year}" if month in MONTHS_3 else str(year)


def _in_words(years: int, months: int) -> str:
    parts = []
    if years:
        parts.append(ngettext("%(n)d year", "%(n)d years", years) % {"n": years})
    if months:
        parts.append(ngettext("%(n)d month", "%(n)d months", months) % {"n": months})
    return " ".join(parts)
