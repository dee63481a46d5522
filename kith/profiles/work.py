"""What somebody does now, and dates of which only the year may be known."""

from kith.profiles.models import Position
from kith.profiles.shown import ShownProfile


def work_now(shown: ShownProfile) -> Position | None:
    """The first position that has not ended."""
    return next((row for row in shown.positions if row.end_year is None), None)


def works_for(position: Position | None) -> str:
    """The organisation's name as it stands, following a merge; empty without one."""
    return position.organisation.stands_for.name if position and position.organisation else ""


def partial_date(year: int | None, month: int | None = None) -> str:
    """`2024-03`, `2024`, or nothing, as ISO 8601 shortens them."""
    if year is None:
        return ""
    return f"{year:04}-{month:02}" if month else f"{year:04}"
