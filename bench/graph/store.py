"""A database of its own with the made-up community in it: Kith's real tables, and `edge`, which SQL alone would use."""

import atexit
import os
import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.graph.make import Community, make
from kith.ops.postgres import Server

FOLDER = Path(__file__).parents[2] / "var" / "bench"
SETTINGS = {
    "shared_buffers": "2GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "jit": "off",
    "max_wal_size": "8GB",
    "autovacuum": "off",  # nothing else may take the machine while we measure
}


def provide(size: int) -> Community:
    """Start the server of this size, filled on its first start; returns the community that is in it."""
    folder = FOLDER / f"graph-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kith.settings"
    os.environ["KITH_DATA"] = str(folder)
    server = Server(folder, SETTINGS)
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.start()
    import django

    django.setup()
    made = folder / "community.pickle"
    if not made.exists():
        community = make(size)
        _fill(community)
        made.write_bytes(pickle.dumps(community, protocol=5))
    community = pickle.loads(made.read_bytes())
    _warm()
    return community


def _fill(community: Community) -> None:
    from django.core.management import call_command
    from django.db import connection

    began = time.monotonic()
    call_command("migrate", verbosity=0)
    connection.ensure_connection()
    raw = connection.connection
    raw.execute(
        "SET session_replication_role = replica"
    )  # the data is whole; checking each key takes minutes
    raw.execute("SET synchronous_commit = off")
    size = community.size
    unseen = set(community.unseen.tolist())
    with raw.cursor() as cursor:
        cursor.execute("TRUNCATE members_member CASCADE")
        _copy(
            cursor,
            "members_member (id, password, public_id, email, name, handle, headline, place, joined_at, "
            "confirmed_at, is_active, sort_name, photo_key)",
            (
                f"{n}\t!\tp{n}\tm{n}@example.org\tMember {n}\tm{n}\t\t\t2026-01-01\t2026-01-01\tt\tmember {n}\t\n"
                for n in range(1, size + 1)
            ),
        )
        cursor.execute(
            "ALTER TABLE network_connection DROP CONSTRAINT connection_once; DROP INDEX connection_from_high"
        )
        _copy(
            cursor,
            "network_connection (low_id, high_id, made_at)",
            (f"{low}\t{high}\t2026-01-01\n" for low, high in zip(community.low, community.high, strict=True)),
        )
        cursor.execute(
            "ALTER TABLE network_connection ADD CONSTRAINT connection_once UNIQUE (low_id, high_id);"
            "CREATE INDEX connection_from_high ON network_connection (high_id, low_id)"
        )
        cursor.execute(
            "CREATE TABLE edge (a int NOT NULL, b int NOT NULL);"
            "INSERT INTO edge SELECT low_id, high_id FROM network_connection "
            "UNION ALL SELECT high_id, low_id FROM network_connection ORDER BY 1, 2;"
            "ALTER TABLE edge ADD PRIMARY KEY (a, b)"
        )
        cursor.execute(
            "CREATE TABLE work (member int PRIMARY KEY, company int NOT NULL, title int NOT NULL, unseen bool NOT NULL)"
        )
        _copy(
            cursor,
            "work",
            (
                f"{n}\t{community.company[n]}\t{community.title[n]}\t{n in unseen}\n"
                for n in range(1, size + 1)
            ),
        )
        cursor.execute("CREATE INDEX ON work (company, member); CREATE INDEX ON work (title, member)")
        cursor.execute("CREATE INDEX ON work (member) WHERE unseen")
        _copy(
            cursor,
            "members_block (blocker_id, blocked_id, made_at)",
            (f"{one}\t{other}\t2026-01-01\n" for one, other in community.blocks),
        )
    raw.execute("SET session_replication_role = origin")
    raw.commit()
    from kith.network import adjacency

    adjacency.rebuild()
    adjacency.set_unseen(community.unseen.tolist())
    connection.cursor().execute("VACUUM ANALYZE")
    connection.cursor().execute("CHECKPOINT")  # so that a stop right after does not leave minutes to replay
    print(f"filled in {time.monotonic() - began:.0f} s", flush=True)


def _copy(cursor: Any, table: str, lines: Any) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        batch: list[str] = []
        for line in lines:
            batch.append(line)
            if len(batch) == 10_000:
                copy.write("".join(batch))
                batch.clear()
        copy.write("".join(batch))


def _warm() -> None:
    """Everything the questions touch into memory: what is measured is the work, not the disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        for name in (
            "network_neighbours", "network_neighbours_pkey", "network_connection", "connection_once",
            "connection_from_high", "edge", "edge_pkey", "work",
        ):  # fmt: skip
            cursor.execute("SELECT pg_prewarm(%s)", [name])


def candidates(column: str, value: int) -> Any:
    """Members of a company or with a title, as the index gives them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT member FROM work WHERE {column} = %s ORDER BY member", [value])
        return np.fromiter((row[0] for row in cursor.fetchall()), np.int64)
