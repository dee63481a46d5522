"""Whom a member can reach, and through whom: degrees, mutual connections, introducers, paths, search within reach.

Bitmaps of member ids come from `adjacency`, several people's in one question to the database. Members who appear in no
path are no stepping stone and no face; only their own connections see a degree beside them. A pair of which one blocked
the other has no degree; somebody blocked still carries a chain of three, unnamed (documented exception to d6).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain, islice, repeat
from typing import Any

from pyroaring import BitMap

from kith.network.adjacency import fetch_adjacency, unseen

FACES = 3
SHOWN = 10  # rows of an answer that name their connectors
LOOKS = (4, 16, 64, 256)  # neighbours of a far person looked at for a third degree, ever more of them
FIRST_BATCH, LAST_BATCH = 32, 1_024  # candidates of a search looked at together
FIRST_STEPS = 4  # of a way of three steps, looked at together


@dataclass(frozen=True, slots=True)
class Tie:
    """How near somebody stands: degree 1, 2 or 3 (None: beyond, or not to be told), mutual connections, three of them."""

    degree: int | None
    mutual_count: int = 0
    mutual_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Introducible:
    """Somebody two steps away, with everybody of mine who knows them (`connectors` for the shown rows only)."""

    member_id: int
    count: int
    connectors: tuple[int, ...] = ()


@dataclass
class Reach:
    """One member's reach; `hidden_ids` are those a block hides or who are suspended (`Viewer.out_of_sight_ids`). Made once a request."""

    member_id: int
    hidden_ids: Iterable[int] = ()

    def ties(self, member_ids: Iterable[int]) -> dict[int, Tie]:
        """Degree and mutual connections of everybody on a page, exact, in one or two questions (CON-01)."""
        page = self._page(member_ids)
        theirs = self._bitmaps(page)
        found: dict[int, Tie] = {}
        open_still: dict[int, Any] = {}
        for person in page:
            bitmap = theirs.get(person)
            mutual = bitmap & self.stones if bitmap is not None else BitMap()
            first = person in self.mine
            if first or (mutual and person not in self.unseen):
                found[person] = Tie(1 if first else 2, len(mutual), tuple(islice(mutual, FACES)))
            elif bitmap is not None and person not in self.unseen:
                open_still[person] = bitmap
        third = self._third(open_still)
        return {person: found.get(person, Tie(3 if person in third else None)) for person in page}

    def degrees(self, member_ids: Iterable[int]) -> dict[int, int | None]:
        """Degrees alone."""
        page = self._page(member_ids)
        theirs = self._bitmaps(page)
        found: dict[int, int | None] = dict.fromkeys(page)
        open_still: dict[int, Any] = {}
        for person in page:
            if person in self.mine:
                found[person] = 1
            elif person not in self.unseen and (bitmap := theirs.get(person)) is not None:
                if bitmap.intersect(self.stones):
                    found[person] = 2
                else:
                    open_still[person] = bitmap
        return found | dict.fromkeys(self._third(open_still), 3)

    def mutuals(self, member_ids: Iterable[int]) -> dict[int, tuple[int, tuple[int, ...]]]:
        """How many connections each shares with me, and three of them; nobody who appears in no path."""
        page = self._page(member_ids)
        theirs = self._bitmaps(page)
        found: dict[int, tuple[int, tuple[int, ...]]] = dict.fromkeys(page, (0, ()))
        for person in page:
            shown = person in self.mine or person not in self.unseen
            if shown and (bitmap := theirs.get(person)) is not None:
                mutual = bitmap & self.stones
                found[person] = (len(mutual), tuple(islice(mutual, FACES)))
        return found

    def in_common(self, member_id: int) -> Any:
        """Everybody whom both know, a BitMap; what `mutuals` counts."""
        if not self._page([member_id]):
            return BitMap()
        theirs = self._bitmaps([member_id]).get(member_id)
        shown = theirs is not None and (member_id in self.mine or member_id not in self.unseen)
        return theirs & self.stones if shown else BitMap()

    def second_degree(self) -> Any:
        """Everybody exactly two steps away: a BitMap."""
        reached = BitMap.union(BitMap(), *fetch_adjacency(self.stones).values())
        return reached - self.mine - self.nobody

    def up_to(self) -> int:
        """My connections' connections added up, whoever they share counted again, me too; nobody who may not be told."""
        nobody = self.nobody - BitMap([self.member_id])
        theirs = fetch_adjacency(self.stones).values()
        return sum(len(bitmap) - bitmap.intersection_cardinality(nobody) for bitmap in theirs)

    def introducers(self, candidate_ids: Iterable[int], shown: int = SHOWN) -> tuple[int, list[Introducible]]:
        """Which candidates are two steps away, and through whom: how many, and those most of mine know (CON-03)."""
        wanted = BitMap(candidate_ids) - self.mine - self.nobody
        counts, bitmaps = self._counts(wanted)
        best = nsmallest(shown, [(-count, person) for person, count in counts.items()])
        bitmaps = bitmaps or self._bitmaps([person for _count, person in best])
        rows = [Introducible(person, -less, tuple(bitmaps[person] & self.stones)) for less, person in best]
        return len(counts), rows

    def connectors(self, candidate_ids: Iterable[int]) -> tuple[int, dict[int, int]]:
        """How many candidates are two steps away, and how many of them each of mine knows (S-40)."""
        wanted = BitMap(candidate_ids) - self.mine - self.nobody
        from_them = len(wanted) <= 2 * len(self.stones)
        near, far = (wanted, self.stones) if from_them else (self.stones, wanted)
        met, counts = BitMap(), dict[int, int]()
        for person, bitmap in fetch_adjacency(near).items():
            if not (shared := bitmap & far):
                continue
            if from_them:
                met.add(person)
                for connector in shared:
                    counts[connector] = counts.get(connector, 0) + 1
            else:
                met |= shared
                counts[person] = len(shared)
        return len(met), counts

    def within(self, candidate_ids: Iterable[int], size: int = SHOWN) -> list[int]:
        """The first `size` candidates, in their order, who are one or two steps away."""
        found: list[int] = []
        for batch in _batches(candidate_ids, FIRST_BATCH):
            theirs = self._bitmaps(batch)
            for person in batch:
                if person in self.mine or (
                    person not in self.nobody and person in theirs and theirs[person].intersect(self.stones)
                ):
                    found.append(person)
                    if len(found) == size:
                        return found
        return found

    def path(self, member_id: int) -> tuple[int | None, ...] | None:
        """A shortest way of at most three steps, ends included; None stands for somebody who may not be named."""
        if member_id == self.member_id:
            return (member_id,)
        if member_id in self.hidden:
            return None
        theirs = self._bitmaps([member_id]).get(member_id)
        if member_id in self.mine:
            return (self.member_id, member_id)
        if theirs is None or member_id in self.unseen:
            return None
        if shared := theirs & self.stones:
            return (self.member_id, shared.min(), member_id)
        return self._three_steps(member_id, theirs - self.unseen)

    @cached_property
    def mine(self) -> Any:
        """My connections."""
        return fetch_adjacency([self.member_id]).get(self.member_id) or BitMap()

    @cached_property
    def unseen(self) -> Any:
        """Who appears in no path, as the fetch of my own connections found it."""
        _ = self.mine
        return unseen()

    @cached_property
    def stones(self) -> Any:
        """My connections who may be stepped on and shown as faces."""
        return self.mine - self.unseen - self.hidden

    @cached_property
    def hidden(self) -> Any:
        return BitMap(self.hidden_ids)

    @cached_property
    def nobody(self) -> Any:
        """Who is never told as being two steps away: me, whom a block hides, who appears in no path."""
        nobody = self.unseen | self.hidden
        nobody.add(self.member_id)
        return nobody

    def _page(self, member_ids: Iterable[int]) -> list[int]:
        return [person for person in member_ids if person != self.member_id and person not in self.hidden]

    def _bitmaps(self, member_ids: list[int]) -> dict[int, Any]:
        """Theirs, and mine in the same question the first time."""
        if "mine" in self.__dict__:
            return fetch_adjacency(member_ids)
        found = fetch_adjacency([self.member_id, *member_ids])
        self.__dict__["mine"] = found.pop(self.member_id, None) or BitMap()
        return found

    def _third(self, people: dict[int, Any]) -> set[int]:
        """Who of these has a neighbour who knows one of mine; asks from the side with fewer bitmaps."""
        near_them = {person: bitmap - self.unseen for person, bitmap in people.items()}
        if len(self.stones) <= sum(min(len(bitmap), LOOKS[0]) for bitmap in near_them.values()):
            near_me = BitMap.union(BitMap(), *fetch_adjacency(self.stones).values())
            return {person for person, bitmap in near_them.items() if bitmap.intersect(near_me)}
        found: set[int] = set()
        left = {person: bitmap.to_array() for person, bitmap in near_them.items() if bitmap}
        low = 0
        for look in chain(LOOKS, repeat(LOOKS[-1])):
            if not left:
                break
            asked = BitMap()
            for neighbours in left.values():
                asked.update(neighbours[low : low + look])
            near = {
                person for person, bitmap in fetch_adjacency(asked).items() if bitmap.intersect(self.stones)
            }
            found.update(
                person
                for person, neighbours in left.items()
                if not near.isdisjoint(neighbours[low : low + look])
            )
            low += look
            left = {
                person: neighbours
                for person, neighbours in left.items()
                if person not in found and len(neighbours) > low
            }
        return found

    def _counts(self, wanted: Any) -> tuple[dict[int, int], dict[int, Any]]:
        """How many of my stones know each of these, from the smaller side; and their bitmaps, if it was theirs."""
        if not wanted or not self.stones:
            return {}, {}
        if len(wanted) <= 2 * len(self.stones):
            bitmaps = fetch_adjacency(wanted)
            counts = (
                (person, bitmap.intersection_cardinality(self.stones)) for person, bitmap in bitmaps.items()
            )
            return {person: count for person, count in counts if count}, bitmaps
        known = (bitmap & wanted for bitmap in fetch_adjacency(self.stones).values())
        return Counter(chain.from_iterable(known)), {}

    def _three_steps(self, member_id: int, theirs: Any) -> tuple[int | None, ...] | None:
        """Me, somebody of mine, somebody of theirs, them; a way whose people may be named comes first.

        Whoever may not be named changes nothing about which of those ways it is.
        """
        named = theirs - self.hidden
        from_me = len(self.stones) <= len(named)
        near, far = (self.stones, named) if from_me else (named, self.stones)
        for steps in _batches(near, FIRST_STEPS):
            found = fetch_adjacency(steps)
            for step in steps:
                if step in found and (shared := found[step] & far):
                    mine, last = (step, shared.min()) if from_me else (shared.min(), step)
                    return (self.member_id, mine, last, member_id)
        unnamed = (bitmap & self.stones for bitmap in fetch_adjacency(theirs & self.hidden).values())
        first = min((shared.min() for shared in unnamed if shared), default=None)
        return None if first is None else (self.member_id, first, None, member_id)


def _batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Growing pieces of a long list."""
    remaining = iter(ids)
    while batch := list(islice(remaining, size)):
        yield batch
        size = min(2 * size, LAST_BATCH)
