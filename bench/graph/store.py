"""A database of its own with the made-up community in it: Kith's real tables, and `edge`, which SQL alone would use."""

import atexit
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

from bench.graph.make import Community, make
from kith.ops.postgres import Server

FOLDER = Path(__file__).parents[2] / "var" / "bench"
SETTINGS = {
    "shared_buffers": "4GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # the processor time of one process is all there is to count
    "max_wal_size": "4GB",
    "autovacuum": "off",  # nothing else may take the machine while we measure
}
FILLING = {
    "wal_level": "minimal",
    "max_wal_senders": "0",
}  # what is copied into a new table is not logged as well


def provide(size: int) -> Community:
    """Start the server of this size, filled on its first start; returns the community that is in it."""
    folder = FOLDER / f"graph-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kith.settings"
    os.environ["KITH_DATA"] = str(folder)
    made = folder / "community.pickle"
    if not made.exists():
        filler = _started(folder, SETTINGS | FILLING)
        _keep(_fill(make(size)), made)
        _part()
        filler.stop()
    _started(folder, SETTINGS)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)  # the store may be older than the code
    _warm()
    return pickle.loads(made.read_bytes())


def _started(folder: Path, settings: dict[str, str]) -> Server:
    server = Server(folder, settings)
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.start()
    import django

    django.setup()
    return server


def _part() -> None:
    from django.db import connection

    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()


def _keep(community: Community, place: Path) -> None:
    """Only a community that is whole in the database gets its name."""
    with place.with_suffix(".new").open("wb") as file:
        pickle.dump(community, file, protocol=5)
    place.with_suffix(".new").rename(place)


def _fill(community: Community) -> Community:
    from django.core.management import call_command
    from django.db import connection, transaction

    from kith.network import adjacency
    from kith.network.models import NetworkChoices

    began = time.monotonic()
    call_command("migrate", verbosity=0)
    with transaction.atomic(), connection.connection.cursor() as cursor:
        # The data is whole; checking each key takes minutes
        cursor.execute("SET LOCAL session_replication_role = replica")
        _copy_members(cursor, community)
        _copy_connections(cursor, community)
    _say(f"{len(community.low):,} connections copied", began)
    hidden = (NetworkChoices(member_id=member, in_paths=False) for member in community.unseen.tolist())
    NetworkChoices.objects.bulk_create(hidden, batch_size=5_000)
    adjacency.rebuild()
    _say("bitmaps written", began)
    connection.cursor().execute("VACUUM (ANALYZE, FREEZE)")
    connection.cursor().execute("CHECKPOINT")  # so that a stop right after does not leave minutes to replay
    _say("filled", began)
    return community


def _copy_members(cursor: Any, community: Community) -> None:
    """Members with company and title beside them, and blocks between them."""
    size, unseen = community.size, set(community.unseen.tolist())
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
    _copy(
        cursor,
        "members_block (blocker_id, blocked_id, made_at)",
        (f"{one}\t{other}\t2026-01-01\n" for one, other in community.blocks),
    )
    cursor.execute(
        "DROP TABLE IF EXISTS work;"
        "CREATE TABLE work (member int PRIMARY KEY, company int NOT NULL, title int NOT NULL, unseen bool NOT NULL)"
    )
    _copy(
        cursor,
        "work",
        (f"{n}\t{community.company[n]}\t{community.title[n]}\t{n in unseen}\n" for n in range(1, size + 1)),
    )
    cursor.execute("CREATE INDEX ON work (company, member); CREATE INDEX ON work (title, member)")
    cursor.execute("CREATE INDEX ON work (member) WHERE unseen")


def _copy_connections(cursor: Any, community: Community) -> None:
    """Our rows, once a pair; and both directions in a table of its own, sorted, for SQL alone."""
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
        "DROP TABLE IF EXISTS edge;"
        "CREATE TABLE edge (a int NOT NULL, b int NOT NULL);"
        "INSERT INTO edge SELECT low_id, high_id FROM network_connection "
        "UNION ALL SELECT high_id, low_id FROM network_connection ORDER BY 1, 2;"
        "ALTER TABLE edge ADD PRIMARY KEY (a, b)"
    )


def _say(words: str, began: float) -> None:
    print(f"{words} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)


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
        cursor.execute("VACUUM network_neighbours, network_connection, edge")  # what the last run wrote
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        # The rows themselves are not read: what is asked stands in the indexes. What is asked most comes last.
        for name in (
            "connection_once", "connection_from_high", "work", "edge_pkey", "network_neighbours",
            "network_neighbours_pkey",
        ):  # fmt: skip
            cursor.execute("SELECT pg_prewarm(%s)", [name])
