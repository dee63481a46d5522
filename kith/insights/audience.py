"""What creator-analytics workbooks say about being seen: impressions, new followers, posts; unknown stays unknown."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from kith.contacts.models import AnalyticsDay, AnalyticsPost, AnalyticsTotal
from kith.insights.calendar import in_words, span
from kith.insights.figure import Figure
from kith.members.policy import Viewer


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday; a figure no day of it knows is None. `days` is how many days are in the book."""

    on: date
    days: int
    impressions: int | None
    new_followers: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the workbook's rankings; each ranking knows one side, so either figure may be None."""

    url: str
    published_on: date | None
    impressions: int | None
    engagements: int | None


@dataclass(frozen=True, slots=True)
class Audience:
    """Creator analytics as far as a workbook came; None where none did."""

    impressions: Figure
    new_followers: Figure
    followers: Figure
    reached: Figure
    days: tuple[
        tuple[date, int | None, int | None, int | None], ...
    ]  # impressions, engagements, new followers
    weeks: tuple[Week, ...]
    posts: tuple[Post, ...]


def audience(viewer: Viewer) -> Audience | None:
    days = AnalyticsDay.objects.visible_to(viewer)
    total = days.aggregate(
        first=Min("on"),
        last=Max("on"),
        count=Count("pk"),
        impressions=Sum("impressions"),
        followers=Sum("new_followers"),
    )
    posts = _posts(viewer)
    if not total["count"] and not posts:
        return None
    period = span(total["first"], total["last"])
    unknown = _("Who saw it. The workbook holds sums, no people.")
    if total["count"]:
        missing = (total["last"] - total["first"]).days + 1 - total["count"]
        if missing:
            unknown += " " + _("%(count)d days of the period are in no workbook.") % {"count": missing}
    source = _("Your creator-analytics workbook")
    standing = {
        row.scope: row
        for row in AnalyticsTotal.objects.visible_to(viewer).filter(
            scope__in=("followers", "reached"), category=""
        )
    }
    followers, reached = standing.get("followers"), standing.get("reached")
    return Audience(
        impressions=Figure(
            "impressions",
            total["impressions"],
            _("Times a post of yours was shown."),
            period,
            source,
            unknown,
        ),
        new_followers=Figure(
            "new-followers",
            total["followers"],
            _("New followers, day by day. Leavers are not told."),
            period,
            source,
            unknown,
        ),
        followers=Figure(
            "followers",
            _whole(followers),
            _("Followers in all."),
            in_words(followers.on) if followers and followers.on else "",
            source,
            unknown,
        ),
        reached=Figure(
            "reached", _whole(reached), _("Members who saw at least one post."), period, source, unknown
        ),
        days=tuple(days.order_by("on").values_list("on", "impressions", "engagements", "new_followers")),
        weeks=_weeks(viewer),
        posts=posts,
    )


def _whole(row: AnalyticsTotal | None) -> int | None:
    return int(row.amount) if row and row.amount is not None else None


def _weeks(viewer: Viewer) -> tuple[Week, ...]:
    found = {
        on: Week(on, count, impressions, followers)
        for on, count, impressions, followers in AnalyticsDay.objects.visible_to(viewer)
        .order_by()
        .annotate(week=TruncWeek("on"))
        .values_list("week")
        .annotate(count=Count("pk"), seen=Sum("impressions"), followed=Sum("new_followers"))
    }
    if not found:
        return ()
    first, last = min(found), max(found)
    every = (first + timedelta(weeks=count) for count in range((last - first).days // 7 + 1))
    return tuple(found.get(on, Week(on, 0, None, None)) for on in every)


def _posts(viewer: Viewer) -> tuple[Post, ...]:
    rows = AnalyticsPost.objects.visible_to(viewer).values_list(
        "url", "published_on", "impressions", "engagements"
    )
    known = (Post(*row) for row in rows)
    return tuple(
        sorted(known, key=lambda post: (-(post.impressions or -1), -(post.engagements or -1), post.url))
    )
