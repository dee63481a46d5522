"""A process that asks for pages as fast as it can, told which on its input; says how many, how fast, how large it grew."""

import json
import statistics
import sys
import time
from itertools import cycle
from pathlib import Path
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    asked = json.loads(sys.stdin.readline())
    connection.ensure_connection()
    idle = _peak_mb()
    took, seconds = _read(asked)
    pages = _peak_mb()
    from kith.network.reach import Reach

    len(Reach(asked["heaviest"]).second_degree())
    told = {
        "pages": len(took),
        "seconds": seconds,
        "p50_ms": round(statistics.median(took), 2),
        "p95_ms": round(sorted(took)[int(len(took) * 0.95)], 2),
        "idle_mb": idle,
        "pages_mb": pages,
        "super_mb": _peak_mb(),
    }
    print(json.dumps(told))


def _read(asked: dict[str, Any]) -> tuple[list[float], float]:
    """Degrees and mutual connections of 25 people a page, in one call; each tenth page a search within reach."""
    from kith.network.adjacency import ids_asked
    from kith.network.reach import Reach

    took: list[float] = []
    searches = cycle(asked["searches"])
    start = time.perf_counter()
    for number, (me, hidden, page) in enumerate(cycle(asked["pages"])):
        began = time.perf_counter()
        reach = Reach(me, hidden)
        if number % 10 == 9:
            column, value = next(searches)
            reach.within(ids_asked(f"SELECT member FROM work WHERE {column} = %s", [value]))
        else:
            reach.ties(page)
        ended = time.perf_counter()
        took.append((ended - began) * 1000)
        if ended - start > asked["seconds"]:
            break
    return took, time.perf_counter() - start


def _peak_mb() -> int:
    told = Path("/proc/self/status").read_text()  # what getrusage says is our parent's at first
    return round(int(told.split("VmHWM:")[1].split()[0]) / 1024)


if __name__ == "__main__":
    main()
