"""Budgets: how often something may be done in a while, counted exactly over all processes."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from kith.core.models import Budget

LONGEST = timedelta(days=32)  # no budget lasts longer than a month


def take(key: str, *, at_most: int, within: timedelta, amount: int = 1) -> bool:
    """Take from the budget `key` and say whether it was there; one statement, exact under concurrency.

    A while begins with the first taking and ends `within` later; what is refused takes nothing.
    """
    assert within <= LONGEST, within
    now = timezone.now()
    if amount > at_most:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO core_budget AS budget (key, since_at, taken) VALUES (%(key)s, %(now)s, %(amount)s)
            ON CONFLICT (key) DO UPDATE SET
              taken = CASE WHEN budget.since_at <= %(old)s THEN %(amount)s ELSE budget.taken + %(amount)s END,
              since_at = CASE WHEN budget.since_at <= %(old)s THEN %(now)s ELSE budget.since_at END
            WHERE budget.since_at <= %(old)s OR budget.taken + %(amount)s <= %(most)s
            RETURNING taken
            """,
            {"key": key[:120], "now": now, "old": now - within, "amount": amount, "most": at_most},
        )
        return cursor.fetchone() is not None


def wait_seconds(key: str, *, within: timedelta) -> float:
    """How long until the budget is whole again; 0 when it is."""
    budget = Budget.objects.filter(key=key[:120]).first()
    if budget is None:
        return 0.0
    # A clock that was set back must not make anybody wait longer than one whole while.
    rest = min(within, budget.since_at + within - timezone.now())
    return max(0.0, rest.total_seconds())


def give_back(key: str, *, amount: int = 1) -> None:
    """Undo a taking whose act did not happen after all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_budget SET taken = greatest(taken - %s, 0) WHERE key = %s", [amount, key[:120]]
        )


def sweep() -> int:
    """Forget budgets that are over; says how many."""
    return Budget.objects.filter(since_at__lt=timezone.now() - LONGEST).delete()[0]
