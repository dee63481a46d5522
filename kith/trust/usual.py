"""What is usual in this house: taken once a night from a sample, so that a page only reads it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_low

from django.db import transaction
from django.utils import timezone

from kith.members.models import Member
from kith.network.models import Invitation, Neighbours
from kith.profiles.countries import country_of
from kith.profiles.models import Position
from kith.profiles.periods import side_by_side, slip
from kith.profiles.shown import ShownProfile, shown_work
from kith.profiles.strength import is_thin
from kith.trust.models import Usual

SAMPLE, FEWEST = 2_000, 20  # members looked at; alike, before half of them says anything
USUAL, AT_HOME = 0.5, 0.1  # from this share on something is ordinary; a country is one of this house's
NOTES_OF = timedelta(days=90)
DAYS_HERE, YEARS_AT_WORK = (30, 180, 365, 3 * 365), (3, 10)  # members alike, by the steps between these


@dataclass(frozen=True)
class Alike:
    """Half of the members alike have this many connections or more; `by_work`: as long at work, too."""

    median: int
    by_work: bool


def measure(now: datetime | None = None) -> Usual | None:
    """Look at a sample, as any member sees it; of fewer than 20 nothing is said. Bounded in a house of any size."""
    now = now or timezone.now()
    people = list(
        Member.objects.let_in().order_by("public_id")[:SAMPLE]
    )  # drawn by chance, the same each night
    with transaction.atomic():
        Usual.objects.all().delete()
        return _measured(people, now) if len(people) >= FEWEST else None


def usual() -> Usual | None:
    """The newest figures; none in a house that is too small, or so new that none were taken."""
    return Usual.objects.order_by("-pk").first()


def alike(shown: ShownProfile, now: datetime) -> list[str]:
    """Keys of members alike, the closest first: as long here and as long at work, as long here, everybody."""
    here = f"here {_step((now - shown.member.joined_at).days, DAYS_HERE)}"
    years = years_at_work(shown.positions, timezone.localdate(now))
    return [*([] if years is None else [f"{here}/work {_step(years, YEARS_AT_WORK)}"]), here, "all"]


def years_at_work(positions: Sequence[Position], today: date) -> int | None:
    """Since the first job, as shown; dates that are odd say nothing here, or one slip would make two clues."""
    odd = {row for pair in side_by_side(positions, today) for row in pair}
    starts = [
        row.start_year for row in positions if row.start_year and row not in odd and not slip(row, today)
    ]
    return today.year - min(starts) if starts else None


def is_odd(positions: Sequence[Position], today: date) -> bool:
    """Whether a date is left out of a job held now, cannot be, or two full jobs ran side by side (FAK-05)."""
    return bool(undated(positions) or side_by_side(positions, today)) or any(
        slip(row, today) for row in positions
    )


def undated(positions: Sequence[Position]) -> list[Position]:
    """Jobs held now, by what is said, that do not say since when."""
    return [row for row in positions if row.start_year is None and row.end_year is None]


def median_of(figures: Usual, keys: Sequence[str]) -> Alike | None:
    """What half of the members alike have, or more; newcomers are never measured against everybody."""
    found = (
        Alike(figures.medians[key], "/" in key) for key in keys if key != "all" and key in figures.medians
    )
    return next(found, None)


def is_usual(figures: Usual, clue: str, keys: Sequence[str]) -> bool:
    """Whether half of the members alike show this clue: then it is none."""
    known = [figures.shares[key] for key in keys if key in figures.shares]
    return bool(known) and known[0].get(clue, 0.0) >= USUAL


def _measured(people: list[Member], now: datetime) -> Usual:
    today, shown = timezone.localdate(now), shown_work(people)
    degrees = dict(Neighbours.objects.filter(pk__in=people).values_list("pk", "degree"))
    counts, shows = defaultdict[str, list[int]](list), defaultdict[str, Counter[str]](Counter)
    sizes: Counter[str] = Counter()
    for member in people:
        profile = shown[member.pk]
        clues = {"thin": is_thin(profile), "dates": is_odd(profile.positions, today)}
        for key in alike(profile, now):
            sizes[key] += 1
            counts[key].append(degrees.get(member.pk, 0))
            shows[key].update(name for name, is_there in clues.items() if is_there)
    shares = {key: {name: count / sizes[key] for name, count in shows[key].items()} for key in sizes}
    shares["all"]["note"] = _without_note(people, now)
    return Usual.objects.create(
        measured_at=now,
        medians={key: median_low(found) for key, found in counts.items() if sizes[key] >= FEWEST},
        shares={key: share for key, share in shares.items() if sizes[key] >= FEWEST},
        countries=_countries(people),
    )


def _without_note(people: list[Member], now: datetime) -> float:
    """Of those who invited a member lately, how many left the note out the last time."""
    sent = Invitation.objects.filter(sender__in=people, email_hash="", sent_at__gt=now - NOTES_OF)
    newest = sent.order_by("sender_id", "-sent_at").distinct("sender_id").values_list("note", flat=True)
    notes = list(newest)
    return sum(not note for note in notes) / len(notes) if len(notes) >= FEWEST else 0.0


def _countries(people: list[Member]) -> list[str]:
    named = Counter(filter(None, (country_of(member.place) for member in people)))
    return sorted(code for code, count in named.items() if count >= AT_HOME * named.total())


def _step(count: int, ends: Sequence[int]) -> int:
    return sum(count >= end for end in ends)
