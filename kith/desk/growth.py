"""How a member's network grew: connections that stand today, by the month they were made; as their list has them."""

from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from kith.insights.calendar import months
from kith.members.policy import Viewer
from kith.network.models import Side


def growth(viewer: Viewer, today: date | None = None) -> list[tuple[date, int]]:
    """Every month from the first connection to this one, with how many there were by its end."""
    by_month = Side.objects.visible_to(viewer).annotate(month=TruncMonth("made_at"))
    made = {
        timezone.localdate(month): count
        for month, count in by_month.values_list("month").annotate(n=Count("pk")).order_by("month")
    }
    total, points = 0, []
    for month in months(min(made), today or timezone.localdate()) if made else ():
        total += made.get(month, 0)
        points.append((month, total))
    return points
