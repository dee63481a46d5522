"""Organisations as profiles name them: how often, and which spellings may be one."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from django.db.models import Count, Q

from kith.core.text import fold
from kith.members.models import Organisation

LEGAL = {
    "ab",
    "ag",
    "as",
    "asa",
    "bv",
    "co",
    "corp",
    "gmbh",
    "inc",
    "kg",
    "limited",
    "llc",
    "ltd",
    "nv",
    "oy",
    "plc",
    "sa",
    "se",
    "srl",
}
NEIGHBOURS = 3  # of the sorted names, looked at for a slip of the pen
ALIKE = 0.88


@dataclass(frozen=True)
class Named:
    """An organisation, how many rows of profiles name it in any spelling, and those spellings."""

    organisation: Organisation
    times: int
    spellings: tuple[Organisation, ...]


def named_often(words: str, most: int) -> list[Named]:
    """Standing organisations whose spellings hold these words, the most named first."""
    wanted = Q(key__contains=fold(words)) | Q(spellings__key__contains=fold(words)) if words else Q()
    times = Count("positions", distinct=True) + Count("schoolings", distinct=True)
    found = list(
        Organisation.objects.standing()
        .filter(wanted)
        .annotate(own=times)
        .order_by("-own", "key")
        .distinct()[:most]
    )
    spellings: dict[int, list[Organisation]] = {}
    counted: dict[int, int] = {row.pk: row.own for row in found}
    for spelling in Organisation.objects.filter(merged_into__in=found).annotate(own=times).order_by("key"):
        if spelling.merged_into_id:
            spellings.setdefault(spelling.merged_into_id, []).append(spelling)
            counted[spelling.merged_into_id] += spelling.own
    rows = [Named(row, counted[row.pk], tuple(spellings.get(row.pk, ()))) for row in found]
    return sorted(rows, key=lambda row: (-row.times, row.organisation.key))


def look_alikes(most: int) -> list[tuple[Organisation, Organisation]]:
    """Pairs of standing names that may be one: alike but for the legal form, one beginning the other, or a slip."""
    rows = sorted(
        Organisation.objects.standing().only("public_id", "name", "key"), key=lambda row: _bare(row.key)
    )
    pairs = (
        (one, other)
        for number, one in enumerate(rows)
        for other in rows[number + 1 : number + 1 + NEIGHBOURS]
        if _alike(_bare(one.key), _bare(other.key))
    )
    return list(islice(pairs, most))


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one == other or other.startswith(f"{one} "):
        return True
    return min(len(one), len(other)) > 5 and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _bare(key: str) -> str:
    """The name without its legal form and signs."""
    words = "".join(sign if sign.isalnum() else " " for sign in key).split()
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    return " ".join(words)
