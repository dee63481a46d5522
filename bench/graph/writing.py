"""What one connection more or less costs: ours writes a row and two bitmaps, SQL alone two rows; each commits."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from bench.graph.make import Community
from kith.network import adjacency

Pair = tuple[int, int]
Calls = dict[str, Callable[[Any], Any]]

_done: list[Pair] = []


def acts(
    community: Community, people: list[int]
) -> Iterator[tuple[str, Calls, Iterator[Pair], Callable[[], None]]]:
    """By question: both ways of writing, the pairs, and what undoes it outside of what is measured."""
    dice = random.Random(11)

    def strangers() -> Iterator[Pair]:
        while True:
            me, other = dice.choice(people), dice.randrange(1, community.size + 1)
            if me != other and other not in set(community.of(me).tolist()):
                yield min(me, other), max(me, other)

    def connected() -> Iterator[Pair]:
        while True:
            me = dice.choice(people)
            other = int(dice.choice(community.of(me)))
            yield min(me, other), max(me, other)

    yield "accept", {"ours": _add, "sql": _add_rows}, strangers(), _take_back
    yield "remove", {"ours": _remove, "sql": _remove_rows}, connected(), _put_back


def _add(pair: Pair) -> None:
    with transaction.atomic():
        adjacency.join_pair(*pair)
    _done.append(pair)


def _remove(pair: Pair) -> None:
    with transaction.atomic():
        adjacency.part_pair(*pair)
    _done.append(pair)


def _add_rows(pair: Pair) -> None:
    low, high = pair
    insert = "INSERT INTO edge (a, b) VALUES (%s, %s), (%s, %s)"
    adjacency.raw_cursor().execute(insert, [low, high, high, low], prepare=True)


def _remove_rows(pair: Pair) -> None:
    low, high = pair
    delete = "DELETE FROM edge WHERE a = %s AND b = %s OR a = %s AND b = %s"
    adjacency.raw_cursor().execute(delete, [low, high, high, low], prepare=True)


def _take_back() -> None:
    """The community as it was."""
    for pair in _done:
        with transaction.atomic():
            adjacency.part_pair(*pair)
        _remove_rows(pair)
    _done.clear()


def _put_back() -> None:
    for pair in _done:
        with transaction.atomic():
            adjacency.join_pair(*pair)
        _add_rows(pair)
    _done.clear()
