"""What is asked, of whom: drawn anew, and the same at every run."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from bench.graph.make import Community

PAGE = 25
KINDS = {"ordinary": (100, 500), "super": (5_000, 10**9)}  # by degree

Sample = tuple[Any, ...]


def people_of(community: Community, kind: str) -> list[int]:
    least, most = KINDS[kind]
    degrees = community.degrees
    return [member for member in range(1, community.size + 1) if least <= degrees[member] <= most]


def hidden_from(community: Community) -> dict[int, list[int]]:
    """Whom a block hides, by member: both sides of it."""
    found: dict[int, list[int]] = {}
    for one, other in community.blocks:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


class Samples:
    """Questions of these people, without end."""

    def __init__(self, community: Community, people: list[int], seed: int = 7) -> None:
        self.community, self.people, self.dice = community, people, random.Random(seed)

    def of(self, make: Callable[[int], Sample]) -> Iterator[Sample]:
        while True:
            me = self.dice.choice(self.people)
            yield me, *make(me)

    def page(self, me: int) -> Sample:
        """As a list of people reads: a few I know, many two steps away, some strangers."""
        mine, dice = self.community.of(me), self.dice
        found = {int(dice.choice(mine)) for _ in range(4)}
        while len(found) < 16:
            found.add(int(dice.choice(self.community.of(int(dice.choice(mine))))))
        while len(found) < PAGE:
            found.add(dice.randrange(1, self.community.size + 1))
        listed = [person for person in found if person != me]
        dice.shuffle(listed)
        return (listed,)

    def nothing(self, _me: int) -> Sample:
        return ()

    def company(self, me: int) -> Sample:
        """Where somebody two steps away works."""
        step = int(self.dice.choice(self.community.of(me)))
        return (int(self.community.company[self.dice.choice(self.community.of(step))]),)

    def anybody(self, _me: int) -> Sample:
        return (self.dice.randrange(1, self.community.size + 1),)

    def wanted(self, _me: int) -> Sample:
        """The company or the title of anybody."""
        column = self.dice.choice(("company", "title"))
        return column, int(getattr(self.community, column)[self.dice.randrange(1, self.community.size + 1)])
