"""The log files of the parts, one each, in the data folder."""

import logging
import re
from pathlib import Path
from typing import IO

from kith.ops.folders import claim, give

LARGEST = 10_000_000
TAIL_LINES = 15
LINK = re.compile(r"(/(?:link|join|claim)/)[^\s/]+(?:/[^\s/]+)?")


def open_log(data: Path, name: str) -> IO[bytes]:
    """Open a part's log for appending; past 10 MB the old one is kept aside as `.1`, the one before is dropped."""
    path = claim(data / "log") / f"{name}.log"
    if path.exists() and path.stat().st_size > LARGEST:
        path.rename(path.with_suffix(".log.1"))
    file = path.open("ab")
    give(path)
    return file


def tail(path: Path) -> str:
    """The last lines, indented."""
    if not path.exists():
        return "  (it is empty)"
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 16_000))
        lines = file.read().decode(errors="replace").strip().splitlines()[-TAIL_LINES:]
    return "\n".join(f"  {line}" for line in lines) or "  (it is empty)"


class HideLinks(logging.Filter):
    """A link that lets in would let in whoever reads the log: only that it was one is kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if LINK.search(said):
            record.msg, record.args = LINK.sub(r"\1…", said), ()
        return True
