"""Invitations sent elsewhere: accepted, waiting and for how long, with a note and without (INV-03, INV-06, INV-10)."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from kith.contacts.models import Contact, PastInvitation
from kith.contacts.models.contact import ContactQuerySet
from kith.insights.calendar import month_of, months, span
from kith.insights.chance import Difference, Rate, difference
from kith.insights.figure import Figure, Month, Part, Parts
from kith.insights.merged import in_front
from kith.insights.sources import Sources
from kith.members.policy import Viewer

IGNORED_AFTER = 14  # days: from then on silence counts as an answer (INV-10)
AGES = ((0, 14), (14, 31), (31, 61), (61, 92), (92, 183), (183, None))  # days: from, below

_STATES = {
    "invited": Q(outgoing=True),
    "accepted": Q(outgoing=True, accepted=True),
    "unanswered": Q(outgoing=True, accepted=False),
    "invited-you": Q(outgoing=False),
    "you-accepted": Q(outgoing=False, accepted=True),
    "you-left-open": Q(outgoing=False, accepted=False),
    "with-note": Q(outgoing=True) & ~Q(note=""),
    "without-note": Q(outgoing=True, note=""),
    "accepted-with-note": Q(outgoing=True, accepted=True) & ~Q(note=""),
    "accepted-without-note": Q(outgoing=True, accepted=True, note=""),
}


@dataclass(frozen=True, slots=True)
class Invitations:
    """What became of invitations; counts are invitations, the people behind them may be fewer."""

    sent: Figure
    accepted: Figure
    waiting: Figure
    received: Figure
    left_open: Figure
    accepted_with: Figure
    accepted_without: Figure
    rate: Rate
    settled: Rate  # only those older than IGNORED_AFTER days
    with_note: Rate
    without_note: Rate
    note: Difference
    ages: Parts
    oldest_days: int | None
    by_month: tuple[Month, ...]
    first: date | None
    last: date | None


def people(viewer: Viewer, state: str) -> ContactQuerySet:
    """The people behind a state: invited, accepted, unanswered, with-note, invited-you, you-left-open ..."""
    rows = PastInvitation.objects.visible_to(viewer).filter(_STATES[state])
    return _behind(viewer, rows)


def waiting_for(viewer: Viewer, as_of: date | None, least: int) -> ContactQuerySet:
    """Whoever has not accepted, by age of the invitation: the class of AGES that begins at `least` days."""
    most = dict(AGES).get(least)
    rows = (
        PastInvitation.objects.visible_to(viewer)
        .filter(_STATES["unanswered"])
        .annotate(day=TruncDate("sent_at", tzinfo=UTC))
    )
    if as_of is None:
        return _behind(viewer, rows.none())
    if least:
        rows = rows.filter(day__lte=as_of - timedelta(days=least))
    if most is not None:
        rows = rows.filter(day__gt=as_of - timedelta(days=most))
    return _behind(viewer, rows)


def _behind(viewer: Viewer, rows: QuerySet[PastInvitation]) -> ContactQuerySet:
    ids = rows.annotate(front=in_front("contact")).values("front")
    return Contact.objects.visible_to(viewer).listed().filter(pk__in=ids)


def invitations(viewer: Viewer, known: Sources) -> Invitations:
    rows = PastInvitation.objects.visible_to(viewer)
    total = rows.aggregate(
        **{f"n_{state}": Count("pk", filter=rule) for state, rule in _STATES.items()},
        first=Min(TruncDate("sent_at", tzinfo=UTC)),
        last=Max(TruncDate("sent_at", tzinfo=UTC)),
    )
    days = _days(rows)
    as_of = known.as_of or total["last"]
    ages = Counter({(as_of - on).days: 0 for on in days} if as_of else {})
    for on, (_sent, _accepted, waits) in days.items():
        ages[(as_of - on).days] += waits
    settled = [
        (sent, accepted) for on, (sent, accepted, _waits) in days.items() if (as_of - on).days > IGNORED_AFTER
    ]
    with_note = Rate(total["n_accepted-with-note"], total["n_with-note"])
    without = Rate(total["n_accepted-without-note"], total["n_without-note"])
    return Invitations(
        **_figures(known, total),
        rate=Rate(total["n_accepted"], total["n_invited"]),
        settled=Rate(sum(accepted for _sent, accepted in settled), sum(sent for sent, _accepted in settled)),
        with_note=with_note,
        without_note=without,
        note=difference(without, with_note),
        ages=_ages(ages),
        oldest_days=max((age for age, count in ages.items() if count), default=None),
        by_month=_by_month(days, total["first"], total["last"]),
        first=total["first"],
        last=total["last"],
    )


def _figures(known: Sources, total: dict[str, int]) -> dict[str, Figure]:
    window = span(total["first"], total["last"])  # type: ignore[arg-type]
    unknown = _("An archive holds only the last months of invitations.") + " "
    if window:
        unknown = (
            _("An archive holds only the last months of invitations: here %(window)s.") % {"window": window}
            + " "
        )
    silent = _("Whether an open one waits, was ignored, declined or withdrawn: the file does not say.")
    source = known.says("Invitations.csv")

    def figure(
        slug: str, state: str, counts: str, unsaid: str = "", of: str = "", of_what: str = ""
    ) -> Figure:
        is_known = known.invitations
        value = total[f"n_{state}"] if is_known else None
        whole = total[f"n_{of}"] if of and is_known else None
        return Figure(
            slug, value, counts, window, source, (unknown + unsaid).strip(), whole, of_what, people=state
        )

    sent, came = _("invitations you sent"), _("invitations you received")
    return {
        "sent": figure("sent", "invited", _("Invitations you sent.")),
        "accepted": figure(
            "accepted",
            "accepted",
            _("Invitations you sent to people who are your connections now."),
            "",
            "invited",
            sent,
        ),
        "waiting": figure(
            "waiting",
            "unanswered",
            _("Invitations you sent that made no connection yet."),
            silent,
            "invited",
            sent,
        ),
        "received": figure("received", "invited-you", _("Invitations you received.")),
        "left_open": figure(
            "left-open",
            "you-left-open",
            _("Invitations you received that made no connection."),
            silent,
            "invited-you",
            came,
        ),
        "accepted_with": figure(
            "accepted-with",
            "accepted-with-note",
            _("Invitations you sent with a note to people who are your connections now."),
            of="with-note",
            of_what=_("invitations with a note"),
        ),
        "accepted_without": figure(
            "accepted-without",
            "accepted-without-note",
            _("Invitations you sent without a note to people who are your connections now."),
            of="without-note",
            of_what=_("invitations without a note"),
        ),
    }


def _days(rows: QuerySet[PastInvitation]) -> dict[date, tuple[int, int, int]]:
    """Per day sent: sent, accepted, not accepted."""
    found = (
        rows.filter(outgoing=True)
        .order_by()
        .annotate(on=TruncDate("sent_at", tzinfo=UTC))
        .values_list("on")
        .annotate(sent=Count("pk"), accepted=Count("pk", filter=Q(accepted=True)))
    )
    return {on: (sent, accepted, sent - accepted) for on, sent, accepted in found}


def _ages(ages: Counter[int]) -> Parts:
    parts = []
    for least, below in AGES:
        count = sum(
            waits for age, waits in ages.items() if max(age, 0) >= least and (below is None or age < below)
        )
        parts.append(Part(age_class(least), count, people="unanswered-for", key=str(least)))
    return Parts(tuple(parts), sum(ages.values()))


def age_class(least: int) -> str:
    """A class of AGES by the days it begins at: `14 to 30 days`."""
    below = dict(AGES).get(least)
    if below is None:
        return _("%(least)d days and more") % {"least": least}
    return _("%(least)d to %(most)d days") % {"least": least, "most": below - 1}


def _by_month(
    days: dict[date, tuple[int, int, int]], first: date | None, last: date | None
) -> tuple[Month, ...]:
    if first is None or last is None:
        return ()
    found = {on: Counter(accepted=0, open=0) for on in months(first, last)}
    for on, (_sent, accepted, waits) in days.items():
        found[month_of(on)].update(accepted=accepted, open=waits)
    return tuple(Month(on, dict(counts)) for on, counts in found.items())
