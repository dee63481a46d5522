"""Creator-analytics figures: days, posts and totals; a newer workbook revises, unknown stays unknown."""

from datetime import date
from typing import Any

from kith.archive.reading.model import Workbook
from kith.contacts.models import AnalyticsDay, AnalyticsPost, AnalyticsTotal, ImportRun
from kith.members.models import Member


def figures(workbook: Workbook) -> dict[str, Any]:
    """The workbook as JSON: kept in the run, so that taking another run back can bring its values up again."""
    return {
        "days": [
            [day.on.isoformat(), day.impressions, day.engagements, day.new_followers] for day in workbook.days
        ],
        "posts": [
            [post.urn or post.url, post.url, _iso(post.published_on), post.impressions, post.engagements]
            for post in workbook.posts
        ],
        "totals": [
            ["followers", "", "", workbook.followers_total, "", _iso(workbook.followers_on)],
            ["reached", "", "", workbook.members_reached, "", _iso(workbook.ends_on)],
            *[
                [row.scope, row.category, row.value, row.share, row.share_text, None]
                for row in workbook.demographics
            ],
            *[["post", label, "", number, text, None] for label, text, number in workbook.metrics],
        ],
    }


def rebuild(owner: Member) -> None:
    """The owner's figures from every workbook that stands, the newest winning, in one go."""
    for model in (AnalyticsDay, AnalyticsPost, AnalyticsTotal):
        model.objects.owned_by(owner).delete()
    days: dict[str, AnalyticsDay] = {}
    posts: dict[str, AnalyticsPost] = {}
    totals: dict[tuple[str, str, str], AnalyticsTotal] = {}
    runs = ImportRun.objects.owned_by(owner).standing().filter(kind=ImportRun.Kind.WORKBOOK)
    for run in runs.order_by("as_of", "finished_at"):
        kept = (run.report or {}).get("figures", {})
        for on, impressions, engagements, followers in kept.get("days", []):
            day = days.setdefault(on, AnalyticsDay(owner=owner, on=date.fromisoformat(on)))
            _fill(day, run, impressions=impressions, engagements=engagements, new_followers=followers)
        for urn, url, published_on, impressions, engagements in kept.get("posts", []):
            post = posts.setdefault(urn[:200], AnalyticsPost(owner=owner, urn=urn[:200], url=url[:1000]))
            published = date.fromisoformat(published_on) if published_on else None
            _fill(post, run, impressions=impressions, engagements=engagements, published_on=published)
        for scope, category, value, amount, words, on in kept.get("totals", []):
            if amount is None and not words:
                continue
            key = (scope[:60], category[:120], value[:300])
            total = totals.setdefault(
                key, AnalyticsTotal(owner=owner, scope=key[0], category=key[1], value=key[2])
            )
            _fill(total, run, amount=amount, words=words[:60], on=date.fromisoformat(on) if on else None)
    AnalyticsDay.objects.bulk_create(days.values())
    AnalyticsPost.objects.bulk_create(posts.values())
    AnalyticsTotal.objects.bulk_create(totals.values())


def _fill(row: AnalyticsDay | AnalyticsPost | AnalyticsTotal, run: ImportRun, **values: Any) -> None:
    row.seen_in = [*row.seen_in, run.pk]
    for name, value in values.items():
        if value is not None:
            setattr(row, name, value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
