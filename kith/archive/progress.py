"""How far an import is, told over a connection of its own while the transaction is still open."""

import time
from types import TracebackType
from typing import Self

from django.db import connection
from django.utils import timezone

from kith.archive.models import Export
from kith.contacts.models import ImportProgress, ImportRun


class Cancelled(Exception):
    """The owner pressed cancel; nothing is written."""


class Reporter:
    """Writes step and share at most five times a second and notices a wish to cancel."""

    def __init__(self, run: ImportRun | Export, *, start: float = 0.0, end: float = 1.0) -> None:
        self.run, self.start, self.end = run, start, end
        kept_in = Export if isinstance(run, Export) else ImportProgress
        self._table, self._column = kept_in._meta.db_table, kept_in._meta.pk.column
        self._beside = connection.copy()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beside.close()

    def part(self, start: float, end: float) -> None:
        """What follows is this part of the whole."""
        self.start, self.end = start, end

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        if now - self._last < 0.2 and share < 1:
            return
        self._last = now
        with self._beside.cursor() as cursor:
            cursor.execute(
                f"update {self._table} set step = %s, share = %s"  # noqa: S608 our own names
                f" where {self._column} = %s returning cancel_asked_at",
                [step[:120], self.start + (self.end - self.start) * share, self.run.pk],
            )
            row = cursor.fetchone()
        if row and row[0]:
            raise Cancelled


def ask_to_cancel(run: ImportRun) -> None:
    """The worker stops at its next step."""
    ImportProgress.objects.filter(run=run).update(cancel_asked_at=timezone.now())
