"""Who of the demo knows whom: by work, school and town, and some who know everybody; always the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random

from kith.demo.cast import CAST
from kith.demo.people import THIS_YEAR, Invented

BY_WORK, BY_SCHOOL, BY_TOWN = 0.72, 0.34, 0.7  # how often two who were in one place know each other
HUBS, HUB_KNOWS = (25, 57, 88, 120, 171), 34  # who knows people everywhere, and how many more than others do
CONSULTANT, NEW, HOST = CAST["consultant"][1], CAST["new"][1], CAST["host"][1]
CLIENTS = {  # of the consultant: where she knows how many
    "Vale & Tide Advisory": 6,
    "Halvorsen Freight": 5,
    "Brightwater Logistics": 4,
    "Kystlinje Shipping": 3,
    "Novamed Devices": 6,
    "Blue Heron Hospital": 5,
    "Northgate Rail": 4,
    "Kestrel Foods": 3,
    "City of Lindholmen": 4,
    "Open Harbour Foundation": 9,
    "Quill & Ledger": 5,
    "Oru Solar": 3,
    "Saltmere Press": 2,
    "Pannonia Trams": 3,
    "Atelier Miranda": 1,
}
OF_THE_HOST = {"Open Harbour Foundation": 12, "City of Lindholmen": 2, "The Harbour Gazette": 2}


@dataclass(frozen=True)
class Bond:
    """Two who are connected, by their addresses, and when: a share of the time both have been here."""

    one: str
    other: str
    when: float


def bonds(people: list[Invented]) -> list[Bond]:
    """Every connection of the demo, each pair once."""
    pairs: dict[tuple[str, str], float] = {}
    for one, other in _pairs(people):
        low, high = sorted((one, other))
        if low != high:
            pairs.setdefault((low, high), _chance("met", low, high).random() ** 0.8)
    return [Bond(low, high, when) for (low, high), when in sorted(pairs.items())]


def worked_there(one: Invented, other: Invented) -> str:
    """The firm at which both worked in the same year; empty without one."""
    for mine in one.jobs:
        for theirs in other.jobs:
            starts = max(mine.start[0], theirs.start[0])
            ends = min(mine.end[0] or THIS_YEAR, theirs.end[0] or THIS_YEAR)
            if mine.firm == theirs.firm and starts <= ends:
                return mine.firm
    return ""


def at(people: Iterable[Invented], firm: str) -> list[Invented]:
    """Who works at a firm now."""
    return [one for one in people if one.jobs and one.jobs[0].firm == firm]


def _pairs(people: list[Invented]) -> Iterator[tuple[str, str]]:
    places: dict[tuple[str, float], list[Invented]] = {}
    for person in people:
        for firm in sorted({job.firm for job in person.jobs}):
            places.setdefault((firm, BY_WORK), []).append(person)
        for school, *_ in person.schools:
            places.setdefault((f"{school}, school", BY_SCHOOL), []).append(person)
        if person.place:
            places.setdefault((person.place, BY_TOWN), []).append(person)
    for (name, often), there in places.items():
        for one, other in combinations(there, 2):
            if _chance(name, one.email, other.email).random() < often:
                yield one.email, other.email
    for number, person in enumerate(people):
        knows = HUB_KNOWS if number in HUBS else 1 if person.headline else 0
        for other in _chance("knows", person.email).sample(people, knows):
            yield person.email, other.email
    yield from _of_the_cast(people)


def _of_the_cast(people: list[Invented]) -> Iterator[tuple[str, str]]:
    for email, firms in ((CONSULTANT, CLIENTS), (HOST, OF_THE_HOST)):
        for firm, count in firms.items():
            there = [one for one in people if any(job.firm == firm for job in one.jobs)]
            for other in _chance(email, firm).sample(there, min(count, len(there))):
                yield email, other.email
    for number in HUBS[:3]:
        yield HOST, people[number].email
    yield HOST, people[HUBS[3]].email
    yield CONSULTANT, people[HUBS[0]].email
    yield CONSULTANT, HOST
    yield NEW, HOST


def _chance(*of: str) -> Random:
    return Random(" ".join(of))  # noqa: S311 the same ties each time
