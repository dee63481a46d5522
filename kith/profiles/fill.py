"""What an archive says of a profile beside what stands here; nothing is taken but what its owner ticked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.core.text import clean_text, fold
from kith.members.models import Member
from kith.profiles import actions
from kith.profiles.models import Education, Position, Profile, ProfileRow, Section
from kith.profiles.shown import ORGANISED, ROWS

Said = Mapping[str, Any]
Typed = Mapping[str, str]
CARD = ("headline", "place")
SECTIONS = (Section.POSITIONS, Section.EDUCATION, Section.SKILLS, Section.LANGUAGES, Section.LINKS)
SAME, OTHER, NEW = "same", "other", "new"


@dataclass(frozen=True)
class Offer:
    """One field or row: what the archive says, what stands here, and whether they are the same, other or new.

    `row` is the row that a tick would change; a new one has none.
    """

    part: str
    tick: str
    said: Typed
    here: Typed
    state: str
    row: ProfileRow | None = None


def offers(member: Member, said: Said) -> list[Offer]:
    """Everything the archive says of its owner, in the profile's order."""
    return [*_words(member, said), *(offer for part in SECTIONS for offer in _rows(member, part, said))]


@transaction.atomic
def take(member: Member, said: Said, ticks: Collection[str]) -> int:
    """Write what is ticked, all of it or nothing; how much was taken. A tick `skills` takes all its new rows."""
    ticked = [
        offer
        for offer in offers(member, said)
        if offer.state != SAME and (offer.tick in ticks or (offer.state == NEW and offer.part in ticks))
    ]
    for offer in ticked:
        try:
            _write(member, offer)
        except Refused as refusal:
            raise Refused(_named(offer, str(refusal)), offer.tick) from None
    return len(ticked)


def _words(member: Member, said: Said) -> Iterator[Offer]:
    profile = Profile.objects.filter(member=member).first()
    here = {"headline": member.headline, "place": member.place, "summary": profile.summary if profile else ""}
    for part, stands in here.items():
        if words := str(said.get(part, "")):
            state = NEW if not stands else SAME if _plain(stands) == _plain(words) else OTHER
            yield Offer(part, part, {"text": words}, {"text": stands} if stands else {}, state)


def _rows(member: Member, part: Section, said: Said) -> Iterator[Offer]:
    """Each row of the archive beside the row that stands for the same thing, each of them used once."""
    model = ROWS[part]
    rows: Any = model._default_manager.filter(member=member)
    if model in ORGANISED:
        rows = rows.select_related(ORGANISED[model])
    free = [(row, _as_typed(part, row)) for row in rows]
    known: set[tuple[str, ...]] = set()
    for place, words in enumerate(said.get(part.value, ())):
        if (twin := _exactly(words)) in known:
            continue  # archives say some things twice
        known.add(twin)
        match = _matching(part, words, free)
        if match is None:
            yield Offer(part.value, f"{part.value}-{place}", words, {}, NEW)
            continue
        free.remove(match)
        row, here = match
        state = SAME if all(_agrees(key, here.get(key, ""), words[key]) for key in words) else OTHER
        yield Offer(part.value, f"{part.value}-{place}", words, here, state, row)


def _matching(
    part: Section, words: Typed, free: Sequence[tuple[ProfileRow, Typed]]
) -> tuple[ProfileRow, Typed] | None:
    """The row for the same thing; of several the one that began in the same year."""
    fits = [pair for pair in free if _thing(part, pair[1]) == _thing(part, words)]
    year = words.get("start_year", "")
    return next((pair for pair in fits if pair[1].get("start_year", "") == year), fits[0] if fits else None)


def _thing(part: Section, words: Typed) -> tuple[str, ...]:
    """What makes two rows about the same thing."""
    keys = {
        Section.POSITIONS: ("title", "organisation"),
        Section.EDUCATION: ("school",),
        Section.LINKS: ("url",),
    }.get(part, ("name",))
    return tuple(fold(words.get(key, "")).rstrip("/") for key in keys)


def _as_typed(part: Section, row: Any) -> Typed:
    """A row as its form would show it, so that both sides are compared alike."""
    if isinstance(row, Position):
        return {
            "title": row.title,
            "organisation": row.organisation.name if row.organisation else "",
            "place": row.place,
            "description": row.description,
            **_dates(row, "start_year", "start_month", "end_year", "end_month"),
            "current": "on" if row.end_year is None else "",
        }
    if isinstance(row, Education):
        return {
            "school": row.school.name if row.school else "",
            "degree": row.degree,
            "field": row.field,
            "description": row.description,
            **_dates(row, "start_year", "end_year"),
        }
    names = {Section.LINKS: ("url", "label"), Section.LANGUAGES: ("name", "level")}.get(part, ("name",))
    return {name: getattr(row, name) for name in names}


def _dates(row: Any, *names: str) -> Typed:
    return {name: str(getattr(row, name) or "") for name in names}


def _write(member: Member, offer: Offer) -> None:
    if offer.part == "summary":
        actions.write_summary(member, offer.said["text"])
    elif offer.part in CARD:
        _write_card(member, **{offer.part: offer.said["text"]})
    elif offer.row is None:
        actions.add_row(member, offer.part, offer.said)
    else:
        kept = {
            key: text
            for key, text in offer.said.items()
            if text or key in ("current", "end_year", "end_month")
        }
        actions.change_row(offer.row, offer.part, {**offer.here, **kept})


def _write_card(member: Member, **changes: str) -> None:
    profile = Profile.objects.filter(member=member).first()
    stands = {
        "name": member.name,
        "pronunciation": profile.pronunciation if profile else "",
        "headline": member.headline,
        "place": member.place,
    }
    actions.edit_card(member, **{**stands, **changes})


def _named(offer: Offer, sentence: str) -> str:
    """A refusal that says which row it is about."""
    name = next((text for text in offer.said.values() if text), "")
    return _("%(name)s: %(sentence)s") % {"name": name[:60], "sentence": sentence}


def _agrees(key: str, here: str, said: str) -> bool:
    """Whether nothing is lost by leaving what stands here; names of organisations are kept once in any spelling."""
    return not said or (
        fold(here) == fold(said) if key in ORGANISED.values() else _plain(here) == _plain(said)
    )


def _plain(text: str) -> str:
    return " ".join(clean_text(text).split())


def _exactly(words: Typed) -> tuple[str, ...]:
    return tuple(f"{key}={_plain(text)}" for key, text in sorted(words.items()))
