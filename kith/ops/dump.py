"""A database as one file, and back, in one transaction each way."""

import itertools
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from kith.ops.postgres import binaries
from kith.ops.problems import Problem

# A newer pg_dump writes this for every server; one older than 17 does not know it.
UNKNOWN_TO_OLDER_SERVERS = "SET transaction_timeout = 0;\n"


def dump(url: str, target: Path) -> dict[str, int]:
    """Write the database to a file in PostgreSQL's own format; returns the rows of each table in that very state."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None
        counts = count_rows(connection)
        command = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot[0]}"]
        _run("pg_dump", *command, f"--file={target}", f"--dbname={url}")
    return counts


def load(source: Path, url: str, expected: dict[str, int]) -> None:
    """Replace the database by the dump; unless every table ends with the expected rows nothing is changed."""
    try:
        with psycopg.connect(url) as connection:
            connection.execute("SET lock_timeout = '10s'")  # Somebody may be at work on the tables.
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
            _run_script(connection, source)
            counts = count_rows(connection)
            if counts != expected:
                names = sorted(
                    name for name in {*counts, *expected} if counts.get(name) != expected.get(name)
                )
                raise Problem(
                    f"Nothing was changed: other rows arrived than were saved, in {', '.join(names)}."
                )
    except psycopg.Error as error:
        raise Problem(
            f"Nothing was changed, the database refused the dump: {_last_line(str(error))}."
        ) from error


def is_empty(url: str) -> bool:
    """Whether the database has no tables."""
    with psycopg.connect(url) as connection:
        return not _tables(connection)


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """The number of rows of every table."""
    return {table: _count(connection, table) for table in _tables(connection)}


def _tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    return [name for (name,) in found]


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(
        sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
    ).fetchone()
    assert row is not None
    return int(row[0])


def _run_script(connection: psycopg.Connection, source: Path) -> None:
    for statements, rows in _blocks(_script(source)):
        if rows is None:
            connection.execute(statements.encode())
            continue
        with connection.cursor().copy(statements.encode()) as copy:
            for row in rows:
                copy.write(row)


def _script(source: Path) -> Iterator[str]:
    command = [
        str(binaries() / "pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--file=-",
        str(source),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        yield from process.stdout
        reason = process.stderr.read()
    if process.returncode != 0:
        raise Problem(f"The dump could not be read: {_last_line(reason)}.")


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, Iterable[str] | None]]:
    """Statements to run together, and copies with their rows, as psql would find them in the script."""
    # Read here and not by psql, because the embedded server's programs cannot speak TLS to another server.
    lines = iter(lines)
    statements: list[str] = []
    for line in lines:
        if line.startswith("COPY ") and line.endswith(" FROM stdin;\n"):
            if statements:
                yield "".join(statements), None
                statements = []
            yield line, itertools.takewhile(lambda row: row != "\\.\n", lines)
        elif line != UNKNOWN_TO_OLDER_SERVERS and not line.startswith(("\\restrict ", "\\unrestrict ")):
            statements.append(line)
    if statements:
        yield "".join(statements), None


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(binaries() / program), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Problem(
            f"{program} failed: {_last_line(done.stderr)}. If the server is newer than it or asks for TLS, "
            "install PostgreSQL's client programs and set PG_BIN to their folder."
        )


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].rstrip(".") if lines else "no reason given"
