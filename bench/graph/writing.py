"""What one new connection costs: ours writes a row and two bitmaps, SQL alone two rows; each commits."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from bench.graph.make import Community
from kith.network import adjacency

_made: list[tuple[int, int]] = []


def accepts(community: Community, people: list[int]) -> tuple[dict[str, Callable[[Any], Any]], Iterator[Any]]:
    """Both ways of writing, and pairs who are not connected yet."""
    dice = random.Random(11)

    def pairs() -> Iterator[tuple[int, int]]:
        while True:
            me, other = dice.choice(people), dice.randrange(1, community.size + 1)
            if me != other and other not in set(community.of(me).tolist()):
                yield min(me, other), max(me, other)

    return {"ours": _ours, "sql": _sql}, pairs()


def _ours(pair: tuple[int, int]) -> None:
    with transaction.atomic():
        adjacency.join_pair(*pair)
    _made.append(pair)


def _sql(pair: tuple[int, int]) -> None:
    low, high = pair
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO edge (a, b) VALUES (%s, %s), (%s, %s)", [low, high, high, low])


def take_back() -> None:
    """The community as it was, outside of what is measured."""
    while _made:
        low, high = _made.pop()
        with transaction.atomic():
            adjacency.part_pair(low, high)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM edge WHERE (a, b) IN ((%s, %s), (%s, %s))", [low, high, high, low])
