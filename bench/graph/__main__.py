"""How fast the graph answers, side by side with SQL and with arrays in memory; one JSON object a line.

python -m bench.graph [members]
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.graph import store
from bench.graph.samples import KINDS, Sample, Samples, hidden_from, people_of

BUDGET_S = 8.0  # of one design for one question and kind of member
SAMPLES = 200
COMPARED = 40  # samples whose answers must agree


def main(members: int) -> None:
    community = store.provide(members)
    from bench.graph import pages, writing
    from bench.graph.designs import Csr, Ours, Sql

    designs = [Ours(community), Sql(community), Csr(community)]
    hidden = hidden_from(community)
    for kind in KINDS:
        people = people_of(community, kind)
        if not people:
            continue
        for question, method, samples in _questions(Samples(community, people)):
            calls = {design.name: _asking(getattr(design, method), hidden) for design in designs}
            _measure(question, members, kind, calls, samples, compare=True)
        for question, calls, pairs, take_back in writing.acts(community, people):
            _measure(question, members, kind, calls, pairs, compare=False, between=take_back)
    for line in pages.measured(community, hidden):
        print(json.dumps(line), flush=True)


def _asking(ask: Callable[..., Any], hidden: dict[int, list[int]]) -> Callable[[Sample], Any]:
    return lambda sample: ask(sample[0], hidden.get(sample[0], []), *sample[1:])


def _questions(samples: Samples) -> Iterator[tuple[str, str, Iterator[Sample]]]:
    """The name of the question, the method of a design that answers, and what it is asked."""
    yield "badges_25", "badges", samples.of(samples.page)
    yield "mutuals_25", "mutuals", samples.of(samples.page)
    yield "second_degree", "second_degree", samples.of(samples.nothing)
    yield "introducers", "introducers", samples.of(samples.company)
    yield "path", "path", samples.of(samples.anybody)
    yield "search_within_reach", "search", samples.of(samples.wanted)
    yield "badges_and_mutuals_25", "ties", samples.of(samples.page)


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
    warm = dict.fromkeys(calls, 0.0)
    for number in range(-8, SAMPLES):  # eight to warm up: the server chooses a plan at the sixth
        sample, answers = next(samples), {}
        try:
            for name, ask in calls.items():
                if sum(wall[name]) > BUDGET_S * 1000 or (number < 0 and warm[name] > BUDGET_S * 1000 / 2):
                    continue
                before, spent, began = _cpu_of(database), time.process_time(), time.perf_counter()
                answers[name] = ask(sample)
                took = (time.perf_counter() - began) * 1000
                used = (time.process_time() - spent + _cpu_of(database) - before) * 1000
                warm[name] += took
                if number >= 0:
                    wall[name].append(took)
                    cpu[name].append(used)
        finally:
            if between:
                between()
        if compare and number < COMPARED:
            _agree(question, sample, answers)
    for name in calls:
        line = {
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
        print(json.dumps(line), flush=True)
    print(f"{question} {kind}", file=sys.stderr, flush=True)


def _agree(question: str, sample: Sample, answers: dict[str, Any]) -> None:
    first = next(iter(answers.values()))
    for name, answer in answers.items():
        if answer != first:
            raise SystemExit(f"{question} {sample}: {name} answers {answer}, not {first}")


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


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
