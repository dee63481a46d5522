"""With how many connections words ever went both ways, who waits for an answer, and who went quiet."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Min, Q, Value, When
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.utils.translation import gettext as _

from kith.contacts.models import Contact
from kith.contacts.models.contact import ContactQuerySet
from kith.insights.calendar import back, span
from kith.insights.connections import connected
from kith.insights.figure import Figure, Part, Parts
from kith.insights.sources import Sources
from kith.members.policy import Viewer

QUIET_AFTER = 6  # months
LAST_MONTH = 24  # the histogram's last column holds this many months and more

_WAYS = {
    "both-ways": Q(sent_count__gt=0, received_count__gt=0),
    "only-they": Q(sent_count=0, received_count__gt=0),
    "only-i": Q(sent_count__gt=0, received_count=0),
    "never": Q(sent_count=0, received_count=0),
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """How words went between the viewer and their named connections; the four ways add up."""

    both: Figure
    only_they: Figure
    only_i: Figure
    never: Figure
    ways: Parts


@dataclass(frozen=True, slots=True)
class Quiet:
    """Connections by months since the last message or talk; those without any stand apart as `unknown`."""

    figure: Figure
    by_months: Parts


def exchanged(viewer: Viewer, way: str) -> ContactQuerySet:
    """Connections by way: both-ways, only-they, only-i, never."""
    return connected(viewer).filter(_WAYS[way])


def waiting(viewer: Viewer) -> ContactQuerySet:
    """Who wrote last in a conversation of two that is no campaign, connection or not; the newest first."""
    return Contact.objects.visible_to(viewer).proposable().waiting_for_me().order_by("-wrote_last_at", "pk")


def gone_quiet(viewer: Viewer, as_of: date | None) -> ContactQuerySet:
    """Connections words went both ways with, but none for half a year before the archive."""
    if as_of is None:
        return connected(viewer).none()
    return exchanged(viewer, "both-ways").filter(in_touch_on__lt=back(as_of, QUIET_AFTER))


def quiet_for(viewer: Viewer, as_of: date | None, count: int) -> ContactQuerySet:
    """Connections whose last exchange lies so many whole months back; the last column holds all older ones."""
    if as_of is None:
        return connected(viewer).none()
    return _since(viewer, as_of).filter(since=count)  # type: ignore[misc]  # annotated


def exchange(viewer: Viewer, known: Sources) -> Exchange:
    row = connected(viewer).aggregate(
        all=Count("pk"),
        first=Min("first_exchange_at"),
        **{way.replace("-", "_"): Count("pk", filter=rule) for way, rule in _WAYS.items()},
    )
    names = {
        "both-ways": _("both ways"),
        "only-they": _("only they wrote"),
        "only-i": _("only you wrote"),
        "never": _("never a message"),
    }
    counts = {
        "both-ways": _("Connections who wrote to you and to whom you wrote."),
        "only-they": _("Connections who wrote to you and never got a word back."),
        "only-i": _("Connections you wrote to who never answered."),
        "never": _("Connections with no message in either direction."),
    }
    unknown = _(
        "Deleted messages, and words in mails, calls and meetings. Advertising does not count; in a conversation of "
        "several only what a person wrote themselves does."
    )
    first = row["first"].date() if row["first"] else None
    figures = {
        way: Figure(
            way,
            row[way.replace("-", "_")] if known.messages else None,
            counts[way],
            span(first, known.as_of),
            known.says("messages.csv"),
            unknown,
            of=row["all"],
            of_what=_("connections with a name"),
            people=way,
        )
        for way in _WAYS
    }
    parts = tuple(Part(names[way], figure.value or 0, people=way) for way, figure in figures.items())
    ways = Parts(parts if known.messages else (), row["all"])
    return Exchange(*figures.values(), ways=ways)  # type: ignore[arg-type, misc]  # one figure a way


def waits_for_me(viewer: Viewer, known: Sources) -> Figure:
    """Everybody who wrote last, answered once before or never."""
    row = waiting(viewer).order_by().aggregate(all=Count("pk"), oldest=Min("wrote_last_at"))
    oldest = row["oldest"].date() if row["oldest"] else None
    return Figure(
        "waiting-for-you",
        row["all"] if known.messages else None,
        _("People who wrote last in a conversation of two. Advertising and groups do not count."),
        span(oldest, known.as_of),
        known.says("messages.csv"),
        _("Whether you answered elsewhere, and whether the last word needed an answer."),
        people="waiting-for-you",
    )


def quiet(viewer: Viewer, known: Sources) -> Quiet:
    figure = Figure(
        "gone-quiet",
        gone_quiet(viewer, known.as_of).count() if known.messages and known.as_of else None,
        _(
            "Connections words once went both ways with, but no message and no talk in the six months before the archive."
        ),
        span(back(known.as_of, QUIET_AFTER), known.as_of) if known.as_of else "",
        known.says("messages.csv"),
        _("Whatever you said to each other outside these messages."),
        of=exchanged(viewer, "both-ways").count(),
        of_what=_("connections with messages both ways"),
        people="gone-quiet",
    )
    if known.as_of is None or not known.messages:
        return Quiet(figure, Parts((), 0))
    found = dict(
        _since(viewer, known.as_of)  # type: ignore[misc]  # annotated
        .order_by()
        .values_list("since")
        .annotate(count=Count("pk"))
        .values_list("since", "count")
    )
    parts = tuple(
        Part(months_in_words(count), found.get(count, 0), people="quiet-for", key=str(count))
        for count in range(LAST_MONTH + 1)
    )
    return Quiet(
        figure,
        Parts(parts, sum(found.values()), unknown=connected(viewer).filter(in_touch_on__isnull=True).count()),
    )


def months_in_words(count: int) -> str:
    """A column of the histogram: `0` to `23`, or `24 and more`."""
    return _("%(count)d and more") % {"count": count} if count == LAST_MONTH else str(count)


def _since(viewer: Viewer, as_of: date) -> ContactQuerySet:
    """Connections with a message or talk, each with whole months `since` the last, capped."""
    at = "in_touch_on"
    gone = (
        Value(as_of.year * 12 + as_of.month)
        - ExtractYear(at) * 12
        - ExtractMonth(at)
        - Case(When(Q(day__gt=as_of.day), then=1), default=0, output_field=IntegerField())
    )
    return (
        connected(viewer)
        .filter(in_touch_on__isnull=False)
        .annotate(day=ExtractDay(at))
        .annotate(gone=gone)
        .annotate(
            since=Case(
                When(gone__gt=LAST_MONTH, then=LAST_MONTH),
                When(gone__lt=0, then=0),
                default=F("gone"),
                output_field=IntegerField(),
            )
        )
    )
