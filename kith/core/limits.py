"""Budgets: how often something may be done in any while of a length, counted exactly over all processes."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from kith.core.models import Budget

LONGEST = timedelta(days=32)  # no budget lasts longer than a month


def take(key: str, *, at_most: int, within: timedelta, amount: int = 1) -> bool:
    """Take from the budget `key` and say whether it was there; one statement, exact under concurrency.

    No while of this length, whenever it begins, holds more than `at_most`; what is refused takes nothing.
    A key always goes with the same length.
    """
    assert within <= LONGEST, within
    now = timezone.now()
    if amount > at_most:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO core_budget AS budget (key, taken_at)
              VALUES (%(key)s, array_fill(%(now)s::timestamptz, ARRAY[%(amount)s]))
            ON CONFLICT (key) DO UPDATE SET taken_at =
              ARRAY(SELECT at FROM unnest(budget.taken_at) AS at WHERE at > %(old)s ORDER BY at) || excluded.taken_at
            WHERE (SELECT count(*) FROM unnest(budget.taken_at) AS at WHERE at > %(old)s) + %(amount)s <= %(most)s
            RETURNING key
            """,
            {"key": key[:120], "now": now, "old": now - within, "amount": amount, "most": at_most},
        )
        return cursor.fetchone() is not None


def wait_seconds(key: str, *, within: timedelta) -> float:
    """How long until some of the budget is back; 0 when nothing of it is taken."""
    budget, now = Budget.objects.filter(key=key[:120]).first(), timezone.now()
    taken = [at for at in budget.taken_at if at > now - within] if budget else []
    if not taken:
        return 0.0
    # A clock that was set back must not make anybody wait longer than one whole while.
    return max(0.0, min(within, min(taken) + within - now).total_seconds())


def give_back(key: str, *, amount: int = 1) -> None:
    """Undo a taking whose act did not happen after all: the newest ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_budget SET taken_at = trim_array(taken_at, least(%s, cardinality(taken_at))) "
            "WHERE key = %s",
            [amount, key[:120]],
        )


def sweep() -> int:
    """Forget budgets that are over; says how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM core_budget WHERE coalesce(taken_at[cardinality(taken_at)] < %s, true)",
            [timezone.now() - LONGEST],
        )
        return cursor.rowcount
