"""How fast the graph answers, side by side with SQL and with arrays in memory; one JSON object a line.

python -m bench.graph [members]
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.graph import store
from bench.graph.make import Community

BUDGET_S = 8.0  # of one design for one question and kind of member
SAMPLES = 200
COMPARED = 40  # samples whose answers must agree
KINDS = {"ordinary": (100, 500), "super": (5_000, 10**9)}
PAGE = 25

Sample = tuple[Any, ...]


def main(members: int) -> None:
    community = store.provide(members)
    from bench.graph.designs import Csr, Ours, Sql

    designs = [Ours(community), Sql(community), Csr(community)]
    hidden = _hidden(community)
    for kind, (least, most) in KINDS.items():
        degrees = community.degrees
        people = [n for n in range(1, members + 1) if least <= degrees[n] <= most]
        if not people:
            continue
        for question, method, samples in _questions(community, people):
            calls = {design.name: _asking(getattr(design, method), hidden) for design in designs}
            _measure(question, members, kind, calls, samples, compare=True)
        from bench.graph import writing

        calls, samples = writing.accepts(community, people)
        _measure("accept", members, kind, calls, samples, compare=False, between=writing.take_back)


def _asking(ask: Callable[..., Any], hidden: dict[int, list[int]]) -> Callable[[Sample], Any]:
    return lambda sample: ask(sample[0], hidden.get(sample[0], []), *sample[1:])


def _questions(community: Community, people: list[int]) -> Iterator[tuple[str, str, Iterator[Sample]]]:
    dice = random.Random(7)

    def forever(make: Callable[[int], Sample]) -> Iterator[Sample]:
        while True:
            yield make(dice.choice(people))

    def page(me: int) -> list[int]:
        """As a list of people reads: a few I know, many two steps away, some strangers."""
        mine = community.of(me)
        found = {int(dice.choice(mine)) for _ in range(4)}
        while len(found) < 16:
            found.add(int(dice.choice(community.of(int(dice.choice(mine))))))
        while len(found) < PAGE:
            found.add(dice.randrange(1, community.size + 1))
        listed = [person for person in found if person != me]
        dice.shuffle(listed)
        return listed

    def company(me: int) -> int:
        return int(community.company[dice.choice(community.of(int(dice.choice(community.of(me)))))])

    def wanted(me: int) -> tuple[str, int]:
        column = dice.choice(("company", "title"))
        return column, int(getattr(community, column)[dice.randrange(1, community.size + 1)])

    yield "badges_25", "badges", forever(lambda me: (me, page(me)))
    yield "mutuals_25", "mutuals", forever(lambda me: (me, page(me)))
    yield "second_degree", "second_degree", forever(lambda me: (me,))
    yield "introducers", "introducers", forever(lambda me: (me, company(me)))
    yield "path", "path", forever(lambda me: (me, dice.randrange(1, community.size + 1)))
    yield "search_within_reach", "search", forever(lambda me: (me, *wanted(me)))


def _measure(
    question: str,
    members: int,
    kind: str,
    calls: dict[str, Callable[[Sample], Any]],
    samples: Iterator[Sample],
    *,
    compare: bool,
    between: Callable[[], None] | None = None,
) -> None:
    """Every design answers each sample in turn, until its budget is spent; answers of the first are compared."""
    database = _backend()
    cpu: dict[str, list[float]] = {name: [] for name in calls}
    wall: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(-2, SAMPLES):  # two to warm up
        sample, answers = next(samples), {}
        for name, ask in calls.items():
            if sum(wall[name]) > BUDGET_S * 1000:
                continue
            before, spent, began = _cpu_of(database), time.process_time(), time.perf_counter()
            answers[name] = ask(sample)
            took = (time.perf_counter() - began) * 1000
            used = (time.process_time() - spent + _cpu_of(database) - before) * 1000
            if number >= 0:
                wall[name].append(took)
                cpu[name].append(used)
        if compare and number < COMPARED:
            first = next(iter(answers.values()))
            for name, answer in answers.items():
                assert answer == first, (question, sample, name, answer, first)
        if between:
            between()
    for name in calls:
        print(
            json.dumps(
                {
                    "question": question,
                    "members": members,
                    "kind": kind,
                    "design": name,
                    "n": len(cpu[name]),
                    "cpu_p50_ms": _at(cpu[name], 50),
                    "cpu_p95_ms": _at(cpu[name], 95),
                    "wall_p50_ms": _at(wall[name], 50),
                    "wall_p95_ms": _at(wall[name], 95),
                }
            ),
            flush=True,
        )


def _at(values: list[float], percent: int) -> float:
    if len(values) < 2:
        return round(values[0], 3) if values else 0.0
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 3)


def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _cpu_of(process: int) -> float:
    """Seconds of processor time, to the nanosecond."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _hidden(community: Community) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in community.blocks:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


if __name__ == "__main__":
    os.nice(0)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
