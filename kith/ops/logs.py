"""The log files of the parts, one each, in the data folder; no names, addresses or words of people stand in them."""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType
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
    """A link that lets in would let in whoever reads the log: only that it was one is kept, and of pages which."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            # Django names the address last; a handle is a name, so the page it belongs to is named instead.
            match = getattr(request, "resolver_match", None)
            record.args = (*record.args[:-1], f"/{match.route}" if match else "an address of no page")
        said = record.getMessage()
        if LINK.search(said):
            record.msg, record.args = LINK.sub(r"\1…", said), ()
        return True


class WordlessTraces(logging.Formatter):
    """Where something broke and its kind; a message such as the database's could hold what somebody typed."""

    def formatException(  # noqa: N802 logging calls it so
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        told, problem = "", ei[1]
        while problem is not None:
            frames = "".join(traceback.format_tb(problem.__traceback__))
            name = f"{type(problem).__module__}.{type(problem).__qualname__}"
            told = f"Traceback (most recent call last):\n{frames}{name}\n{told}"
            problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
        return told.rstrip()
