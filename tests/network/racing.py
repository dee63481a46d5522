"""Many acts at the same moment, round after round, each thread on a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from kith.core.refusal import Refused
from kith.members.models import Member
from tests.network.circle import people

AT_ONCE = 20
Act = Callable[[], Any]


def race(rounds: Sequence[Sequence[Act]]) -> list[list[Any]]:
    """What every act of every round gave, or how it was refused; anything else that was raised is a fault.

    All acts of a round are let go at one barrier; the next round begins when all are done.
    """
    count = len(rounds[0])
    barrier = threading.Barrier(count)
    results: list[list[Any]] = [[None] * count for _round in rounds]

    def run(lane: int) -> None:
        try:
            _beside_the_pool()
            for number, acts in enumerate(rounds):
                barrier.wait(timeout=120)
                try:
                    results[number][lane] = acts[lane]()
                except Exception as problem:  # noqa: BLE001 what a thread raised is what we ask about
                    results[number][lane] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[lane]) for lane in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [
        one
        for given in results
        for one in given
        if isinstance(one, Exception) and not isinstance(one, Refused)
    ]
    assert not faults, faults[:3]
    return results


def _beside_the_pool() -> None:
    """Twenty connections open before the first barrier; the pool has eight, and the others would wait outside."""
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    connection.ensure_connection()


def mixed(*acts: Act) -> list[Act]:
    """Twenty of these, in turns."""
    return [acts[number % len(acts)] for number in range(AT_ONCE)]


def pairs(count: int) -> list[tuple[Member, Member]]:
    return list(zip(people(count, "a"), people(count, "b"), strict=True))
