"""How first messages did: by version and month, with what chance alone could have made of them (S-29, S-30)."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import combinations

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _

from kith.contacts.models import Contact, MessageVersion, Thread, ThreadPerson
from kith.contacts.models.contact import ContactQuerySet
from kith.insights.calendar import back, months, span
from kith.insights.chance import Difference, Rate, difference, surely_different
from kith.insights.figure import Figure
from kith.insights.merged import in_front
from kith.insights.sources import Sources
from kith.members.policy import Viewer

COMPARED_FROM = 5  # sent: fewer tell nothing
COMPARED = 6  # versions, so at most 15 pairs


@dataclass(frozen=True, slots=True)
class Version:
    """One text and how it did: replies of any kind of all conversations it opened, and month by month."""

    public_id: str
    text: str
    replies: Rate
    by_month: tuple[tuple[date, Rate], ...]

    @property
    def words(self) -> int:
        return len(re.findall(r"\w[\w'’-]*", self.text))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; `is_sure` only if the difference holds among all that are shown."""

    one: Version
    two: Version
    difference: Difference
    is_sure: bool


@dataclass(frozen=True, slots=True)
class FirstMessages:
    """All conversations the viewer opened; `repeated` are versions used more than once, most used first."""

    sent: Figure
    answered: Figure
    replies: Rate
    repeated: tuple[Version, ...]
    once: Rate  # all texts used a single time, together
    wordless: int  # opened by a message whose text was not kept
    by_month: tuple[tuple[date, Rate], ...]
    comparisons: tuple[Comparison, ...]


def opened(viewer: Viewer) -> QuerySet[Thread]:
    """Conversations of two the viewer's own message opened."""
    return Thread.objects.visible_to(viewer).filter(
        opened_at__isnull=False, is_group=False, is_sponsored=False
    )


def people(viewer: Viewer, state: str, version: str = "") -> ContactQuerySet:
    """Who was written to first (first-written), who answered or not, or whom one version reached."""
    threads = opened(viewer)
    if state in ("first-answered", "first-unanswered"):
        threads = threads.filter(answered_at__isnull=state == "first-unanswered")
    if version:
        threads = threads.filter(version__public_id=version)
    ids = ThreadPerson.objects.filter(thread__in=threads).annotate(front=in_front("contact")).values("front")
    return Contact.objects.visible_to(viewer).listed().filter(pk__in=ids)


def first_messages(viewer: Viewer, known: Sources) -> FirstMessages:
    cells = _cells(opened(viewer))
    by_month: dict[date, Rate] = defaultdict(lambda: Rate(0, 0))
    for (_version, on), rate in cells.items():
        by_month[on] = _sum(by_month[on], rate)
    versions = _versions(viewer, cells)
    repeated = tuple(version for version in versions if version.replies.of > 1)
    total = _sum(*by_month.values())
    once = _sum(*(version.replies for version in versions if version.replies.of == 1))
    first, last = min(by_month, default=None), max(by_month, default=None)
    period = span(first, known.as_of or last)
    unknown = _(
        "Replies that came after the archive was made, or on another way. A reply of any kind counts, a no too."
    )
    source = known.says("messages.csv")
    value = total.of if known.messages else None
    return FirstMessages(
        sent=Figure(
            "first-messages",
            value,
            _("Conversations of two that a message of yours opened."),
            period,
            source,
            unknown,
            people="first-written",
        ),
        answered=Figure(
            "first-answered",
            total.hits if known.messages else None,
            _("Of these, conversations in which they wrote back."),
            period,
            source,
            unknown,
            of=value,
            of_what=_("first messages"),
            people="first-answered",
        ),
        replies=total,
        repeated=repeated,
        once=once,
        wordless=sum(rate.of for (version, _on), rate in cells.items() if version is None),
        by_month=tuple((on, by_month.get(on, Rate(0, 0))) for on in months(first, last))
        if first and last
        else (),
        comparisons=compare(repeated),
    )


def did_well_in(viewer: Viewer, month: date) -> tuple[Version, ...]:
    """The versions sent in one month, each with its exact text and that month's rate, surest first (S-30)."""
    begin, end = (datetime.combine(on, time(), UTC) for on in (month, back(month, -1)))
    rows = opened(viewer).filter(opened_at__gte=begin, opened_at__lt=end)
    found = _versions(viewer, _cells(rows))
    return tuple(
        sorted(
            found, key=lambda version: (-(version.replies.low or 0), -version.replies.of, version.public_id)
        )
    )


def one_version(viewer: Viewer, version: MessageVersion) -> Version:
    """One version with its months."""
    cells = _cells(opened(viewer).filter(version=version))
    return _version(version.public_id, version.text, {on: rate for (_pk, on), rate in cells.items()})


def recipients(viewer: Viewer, version: MessageVersion) -> QuerySet[ThreadPerson]:
    """Whom a version reached, each with `thread` (opened_at, answered_at) and `contact`, the newest first."""
    return (
        ThreadPerson.objects.filter(thread__in=opened(viewer).filter(version=version))
        .select_related("thread", "contact__merged_into")
        .order_by("-thread__opened_at", "pk")
    )


def compare(versions: tuple[Version, ...]) -> tuple[Comparison, ...]:
    """The most used versions in pairs, the worse before the better."""
    enough = [version for version in versions if version.replies.of >= COMPARED_FROM][:COMPARED]
    pairs = [
        sorted(pair, key=lambda version: (version.replies.share or 0, version.public_id))
        for pair in combinations(enough, 2)
    ]
    differences = [difference(one.replies, two.replies) for one, two in pairs]
    sure = surely_different([found.probability or 0 for found in differences])
    return tuple(
        Comparison(one, two, found, is_sure)
        for (one, two), found, is_sure in zip(pairs, differences, sure, strict=True)
    )


def _cells(threads: QuerySet[Thread]) -> dict[tuple[int | None, date], Rate]:
    """Replies by version and month the conversation was opened in."""
    found = (
        threads.order_by()
        .values_list(
            "version_id", ExtractYear("opened_at", tzinfo=UTC), ExtractMonth("opened_at", tzinfo=UTC)
        )
        .annotate(sent=Count("pk"), answered=Count("answered_at"))
    )
    return {
        (version, date(year, month, 1)): Rate(answered, sent)
        for version, year, month, sent, answered in found
    }


def _versions(viewer: Viewer, cells: dict[tuple[int | None, date], Rate]) -> tuple[Version, ...]:
    by_version: dict[int, dict[date, Rate]] = defaultdict(dict)
    for (pk, on), rate in cells.items():
        if pk is not None:
            by_version[pk][on] = rate
    texts = (
        MessageVersion.objects.visible_to(viewer)
        .filter(pk__in=by_version)
        .values_list("pk", "public_id", "text")
    )
    found = (_version(public_id, text, by_version[pk]) for pk, public_id, text in texts)
    return tuple(
        sorted(found, key=lambda version: (-version.replies.of, -version.replies.hits, version.public_id))
    )


def _version(public_id: str, text: str, by_month: dict[date, Rate]) -> Version:
    return Version(public_id, text, _sum(*by_month.values()), tuple(sorted(by_month.items())))


def _sum(*rates: Rate) -> Rate:
    return Rate(sum(rate.hits for rate in rates), sum(rate.of for rate in rates))
