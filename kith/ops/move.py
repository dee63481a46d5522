"""Moving house: from the embedded database to a server."""

import tempfile
from pathlib import Path

from kith.ops import dump
from kith.ops.database import check_reachable
from kith.ops.problems import Problem


def database(source: str, target: str) -> int:
    """Copy everything to an empty database elsewhere, count it there, and return the number of rows."""
    check_reachable(target)
    if not dump.is_empty(target):
        raise Problem("The database at that address is not empty: create a new one.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "database.dump"
        counts = dump.dump(source, file)
        dump.load(file, target, counts)
    return sum(counts.values())
