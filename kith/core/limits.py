"""Budgets: how often something may be done in a while, counted exactly over all processes."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone


def take(key: str, *, at_most: int, within: timedelta, amount: int = 1) -> bool:
    """Take from the budget `key` and say whether it was there; one statement, exact under concurrency."""
    now = timezone.now()
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
            {"key": key, "now": now, "old": now - within, "amount": amount, "most": at_most},
        )
        row = cursor.fetchone()
    return row is not None and row[0] <= at_most
