"""Named checks of a running house, each with what it found and the mend."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kith.ops import ports, prepare, secrets
from kith.ops.folders import data_folder
from kith.ops.postgres import socket_folder

OLDEST_POSTGRES = 150000
SCARCE, FULL = 2_000_000_000, 200_000_000  # bytes free
LONGEST_QUEUE = 300  # seconds
LARGE = 2_000  # members
SIGNS = {"good": "✓", "worth knowing": "!", "wrong": "✗"}


@dataclass(frozen=True)
class Check:
    """One thing looked at: `state` is good, worth knowing or wrong."""

    name: str
    state: str
    found: str
    mend: str = ""


def checks(
    data: Path, *, count_members: Callable[[], int], prove_graph: Callable[[], tuple[int, int]]
) -> Iterator[Check]:
    """Everything that can be looked at from here; Django must be set up on a database that answers."""
    yield _database()
    pending = _migrations()
    yield pending
    yield _disk(data)
    yield _folder(data)
    yield _secrets(data)
    yield _static_files(data)
    if pending.state == "good":
        yield _worker()
        yield _queue()
        yield _size(count_members())
        yield _graph(*prove_graph())
    yield _public()
    yield _mail()


def report(found: Iterator[Check]) -> int:
    """Print the checks; 1 when something is wrong."""
    wrong = False
    for check in found:
        wrong = wrong or check.state == "wrong"
        print(f"{SIGNS[check.state]} {check.name}: {check.found}")
        if check.mend:
            print(f"    {check.mend}")
    return int(wrong)


def _database() -> Check:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    where = "embedded" if _is_embedded() else "a server"
    if number < OLDEST_POSTGRES:
        return Check("database", "wrong", f"PostgreSQL {version}", "Move to PostgreSQL 15 or newer.")
    return Check("database", "good", f"PostgreSQL {version}, {where}")


def _migrations() -> Check:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return Check("migrations", "wrong", f"{len(plan)} not applied", "Run: kith migrate")
    return Check("migrations", "good", "all applied")


def _disk(data: Path) -> Check:
    free = shutil.disk_usage(data).free
    state = "wrong" if free < FULL else "worth knowing" if free < SCARCE else "good"
    mend = "" if state == "good" else f"Make room on the disk of {data}; backups and uploads need it too."
    return Check("disk", state, f"{free / 1e9:.1f} GB free", mend)


def _folder(data: Path) -> Check:
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & 0o077:
        return Check("data folder", "wrong", f"{data} is open to others", f"Run: chmod 700 {data}")
    return Check("data folder", "good", f"{data}, closed to others")


def _secrets(data: Path) -> Check:
    path = data / secrets.FILE
    if not path.exists():
        return Check(
            "secrets",
            "wrong",
            f"{path} is missing",
            "Restore it from a backup, or start Kith to make a new one.",
        )
    if stat.S_IMODE(path.stat().st_mode) != 0o600:
        return Check("secrets", "wrong", f"{path} can be read by others", f"Run: chmod 600 {path}")
    return Check("secrets", "good", "readable by Kith alone")


def _static_files(data: Path) -> Check:
    if prepare.static_is_current(data):
        return Check("static files", "good", "collected")
    return Check("static files", "wrong", "older than the program", "Run: kith migrate")


def _worker() -> Check:
    alive = _number(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
    )
    if alive:
        return Check("worker", "good", "alive")
    return Check("worker", "wrong", "none in the last minute", "Run: kith up (or: kith worker)")


def _queue() -> Check:
    oldest = _number(
        "SELECT coalesce(max(extract(epoch FROM now() - at)), 0) FROM procrastinate_events "
        "JOIN procrastinate_jobs job ON job.id = job_id WHERE status = 'todo' "
        "AND type = 'deferred' AND coalesce(scheduled_at, now()) <= now()"
    )
    if oldest > LONGEST_QUEUE:
        return Check(
            "queue", "wrong", f"a task has waited {oldest // 60} minutes", "See the log of the worker."
        )
    return Check("queue", "good", "nothing waits long")


def _size(members: int) -> Check:
    if members > LARGE and _is_embedded():
        mend = "The embedded database is for small communities. Run: kith move-database URL"
        return Check("size", "worth knowing", f"{members} members", mend)
    return Check("size", "good", f"{members} members")


def _graph(compared: int, differ: int) -> Check:
    """Of members taken by chance, whether their bitmaps are what the connections say."""
    if differ:
        return Check("network", "wrong", f"{differ} of {compared} bitmaps differ", "Run: kith rebuild-graph")
    return Check("network", "good", f"{compared} bitmaps are what the connections say")


def _public() -> Check:
    if ports.bind() in ports.LOOPBACK:
        return Check("address", "good", f"{ports.bind()}, this machine alone")
    mend = "A public host wants a PostgreSQL server and HTTPS before it: see docs/hosting.md."
    return Check(
        "address", "worth knowing" if _is_embedded() else "good", ports.bind(), mend if _is_embedded() else ""
    )


def _mail() -> Check:
    from django.conf import settings

    if not settings.MAIL_SERVER:
        mend = "Set KITH_MAIL to send letters; until then the host reads them in the outbox."
        return Check("mail", "worth knowing", "no mail server", mend)
    waiting = _number(
        "SELECT count(*) FROM core_letter WHERE state = 'waiting' AND made_at < now() - interval '5 minutes'"
    )
    if waiting:
        return Check(
            "mail", "wrong", f"{waiting} letters wait", "The outbox says what the mail server answered."
        )
    return Check("mail", "good", "no letter waits long")


def _is_embedded() -> bool:
    from django.db import connection

    return str(connection.settings_dict["HOST"]) == str(socket_folder(data_folder()))


def _number(query: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])
