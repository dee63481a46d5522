"""The database a command works on, wherever it is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from kith.ops.folders import claim
from kith.ops.postgres import Server, answers, embedded_url
from kith.ops.problems import Problem


@contextmanager
def at_hand(data: Path) -> Iterator[str]:
    """The URL of a database that answers: DATABASE_URL, the embedded server if it runs, else started for the while."""
    chosen = os.environ.get("DATABASE_URL")
    if chosen:
        check_reachable(chosen)
        yield chosen
        return
    claim(data)
    if answers(data):
        yield embedded_url(data)
        return
    server = Server(data)
    try:
        yield server.start()
    finally:
        server.stop()


def check_reachable(url: str) -> None:
    """Refuse, in a sentence without the password, a server that does not answer."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise Problem(f"The database of DATABASE_URL cannot be reached: {reason}.") from None
