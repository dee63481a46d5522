"""Pages of the graph in two processes while connections are made, and what memory and disk it takes."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bench.graph.make import Community
from bench.graph.samples import Samples, people_of
from kith.network import adjacency

READERS = 2
SECONDS = 10
PAGES = 2_000  # asked in turn
WRITES_A_SECOND = 20


def measured(community: Community, hidden: dict[int, list[int]]) -> Iterator[dict[str, Any]]:
    """One line about pages a second, one about memory."""
    readers = [_reader(community, hidden, seed) for seed in range(READERS)]
    writes = _write_meanwhile(community)
    told = [json.loads(reader.communicate()[0]) for reader in readers]
    yield {
        "question": "pages_per_second",
        "members": community.size,
        "design": "ours",
        "processes": READERS,
        "n": sum(one["pages"] for one in told),
        "pages_per_second": round(sum(one["pages"] / one["seconds"] for one in told)),
        "page_p50_ms": max(one["p50_ms"] for one in told),
        "page_p95_ms": max(one["p95_ms"] for one in told),
        "writes": len(writes),
        "write_p50_ms": round(statistics.median(writes), 2),
        "write_p95_ms": round(sorted(writes)[int(len(writes) * 0.95)], 2),
    }
    yield {
        "question": "memory",
        "members": community.size,
        "design": "ours",
        "connections": len(community.low),
        **_sizes(community.size),
        **{name: max(one[name] for one in told) for name in ("idle_mb", "pages_mb", "super_mb")},
    }


def _reader(community: Community, hidden: dict[int, list[int]], seed: int) -> "subprocess.Popen[str]":
    """A process of its own, as a web worker is, without the arrays that we hold here."""
    samples = Samples(community, people_of(community, "ordinary"), seed)
    asked = {
        "seconds": SECONDS,
        "pages": [(me, hidden.get(me, []), page) for me, page in islice(samples.of(samples.page), PAGES)],
        "searches": [samples.wanted(0) for _ in range(PAGES // 10)],
        "heaviest": int(community.degrees.argmax()),
    }
    reader = subprocess.Popen(
        [sys.executable, "-m", "bench.graph.reader"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin
    reader.stdin.write(json.dumps(asked) + "\n")
    reader.stdin.flush()
    return reader


def _write_meanwhile(community: Community) -> list[float]:
    """Connections made by the minute hand while the readers read, and taken back; milliseconds of each."""
    samples = Samples(community, people_of(community, "ordinary"), READERS)
    pairs, took, made = samples.of(samples.anybody), [], []
    time.sleep(1)  # the readers start
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        low, high = sorted(next(pairs))
        began = time.perf_counter()
        if low != high:
            with transaction.atomic():
                if adjacency.join_pair(low, high):
                    made.append((low, high))
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(1 / WRITES_A_SECOND)
    for low, high in made:
        with transaction.atomic():
            adjacency.part_pair(low, high)
    return took


def _sizes(members: int) -> dict[str, Any]:
    """Bytes of the bitmaps, and megabytes on disk with the indexes: bitmaps, our rows, SQL's rows both ways."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(octet_length(bitmap)) FROM network_neighbours")
        data = int(cursor.fetchone()[0])
        found = {"bitmap_bytes": data, "bytes_per_member": round(data / members)}
        for name, table in (
            ("bitmaps_mb", "network_neighbours"),
            ("rows_mb", "network_connection"),
            ("sql_rows_mb", "edge"),
        ):
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
            found[name] = round(cursor.fetchone()[0] / 1e6)
    return found
