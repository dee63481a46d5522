"""Who was erased, as keyed marks that name nobody: outlives the database, so that no backup brings them back (b37)."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from kith.ops.folders import give

FILE = "erased.jsonl"


def marks(data: Path) -> set[str]:
    """Every mark in the list; a torn last line is passed over."""
    return set(_lines(data / FILE))


def add(data: Path, mark: str) -> None:
    """Write a mark once, and be sure that it is on the disk."""
    if mark not in marks(data):
        at = datetime.now(UTC).isoformat(timespec="seconds")
        _append(data, [json.dumps({"mark": mark, "at": at})])


def merge(other: Path, data: Path) -> None:
    """Add what another list has, such as one from a backup."""
    known = set(_lines(data / FILE))
    _append(data, [line for mark, line in _lines(other).items() if mark not in known])


def _lines(path: Path) -> dict[str, str]:
    """Mark to its line."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            found[str(json.loads(line)["mark"])] = line
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _append(data: Path, lines: list[str]) -> None:
    if not lines:
        return
    path = data / FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line end first: what a crash tore off must not swallow the next mark.
        os.write(descriptor, "".join(f"\n{line}" for line in lines).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    give(path)
