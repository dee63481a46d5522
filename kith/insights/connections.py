"""How many connections there are and how they came, month by month."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.contacts.models import Contact, Deed, ImportRun, Sighting
from kith.contacts.models.contact import ContactQuerySet
from kith.contacts.models.owned import OwnedQuerySet
from kith.insights.calendar import back, months, span
from kith.insights.figure import Figure, Month
from kith.insights.sources import Sources
from kith.members.policy import Viewer


@dataclass(frozen=True, slots=True)
class Connections:
    """All connections, of them named and hidden; `growth` has every month from the first to the archive's."""

    all: Figure
    named: Figure
    hidden: int
    last_year: Figure
    spoken: Figure
    growth: tuple[Month, ...]
    busiest: Month | None


def connected(viewer: Viewer) -> ContactQuerySet:
    """Connections with a name, merged ones once."""
    return Contact.objects.visible_to(viewer).listed().connected()


def _hidden(viewer: Viewer) -> OwnedQuerySet[Deed]:
    """Connections without a name in the newest archive that lists connections: older ones may be named by now."""
    listing = Sighting.objects.visible_to(viewer).filter(connected_on__isnull=False)
    newest = (
        ImportRun.objects.visible_to(viewer)
        .standing()
        .filter(pk__in=listing.values("run"))
        .order_by("-as_of", "-finished_at")
        .first()
    )
    deeds = Deed.objects.visible_to(viewer).filter(kind="hidden_connection")
    return deeds.filter(seen_in__contains=[newest.pk]) if newest else deeds


def of_last_year(viewer: Viewer, as_of: date | None) -> ContactQuerySet:
    return connected(viewer).filter(connected_on__gt=back(as_of, 12)) if as_of else connected(viewer).none()


def connections(viewer: Viewer, known: Sources) -> Connections:
    named = _by_month(connected(viewer), "connected_on")
    hidden = _by_month(_hidden(viewer), "done_at")
    first, last = min(named | hidden, default=None), max(named | hidden, default=None)
    named_count, hidden_count = sum(named.values()), sum(hidden.values())
    growth = tuple(_growth(named, hidden, first, max(last, known.as_of or last))) if first and last else ()
    period = span(first, known.as_of or last)
    source = known.says("Connections.csv")
    unknown = _("Connections that ended before the archive was made are not in it.")
    if hidden_count:
        unknown += " " + ngettext(
            "%(count)d connection hides behind its date: it counts, but has no name.",
            "%(count)d connections hide behind their dates: they count, but have no name.",
            hidden_count,
        ) % {"count": hidden_count}
    counts = Counter(named) + Counter(hidden)
    year = back(known.as_of, 12) if known.as_of else None
    is_known = known.connections
    return Connections(
        all=Figure(
            "connections",
            named_count + hidden_count if is_known else None,
            _("People you are connected with, each once."),
            period,
            source,
            unknown,
            people="connections",
        ),
        named=Figure(
            "named", named_count if is_known else None, _("Connections with a name."), period, source
        ),
        hidden=hidden_count,
        last_year=Figure(
            "connected-last-year",
            of_last_year(viewer, known.as_of).count() if is_known and year else None,
            _("Connections with a name made in the twelve months before the archive."),
            span(year, known.as_of),
            source,
            unknown,
            of=named_count,
            of_what=_("connections with a name"),
            people="connected-last-year",
        ),
        spoken=Figure(
            "a-network",
            connected(viewer).in_a_network().count() if is_known else None,
            _(
                "Connections with a logged real conversation: a call, a meeting, a video talk. Nothing else promotes."
            ),
            period,
            _("The talks you logged here"),
            _("Talks you have not logged yet. No archive knows them."),
            of=named_count,
            of_what=_("connections with a name"),
            people="a-network",
        ),
        growth=growth,
        busiest=Month(max(counts, key=lambda on: (counts[on], on)), {"new": max(counts.values())})
        if counts
        else None,
    )


def _by_month(rows: OwnedQuerySet, field: str) -> dict[date, int]:
    zone = UTC if field.endswith("_at") else None
    found = (
        rows.filter(**{f"{field}__isnull": False})
        .order_by()
        .values_list(ExtractYear(field, tzinfo=zone), ExtractMonth(field, tzinfo=zone))
        .annotate(count=Count("pk"))
    )
    return {date(year, month, 1): count for year, month, count in found}


def _growth(named: dict[date, int], hidden: dict[date, int], first: date, last: date) -> list[Month]:
    total, grown = 0, []
    for on in months(first, last):
        new, unnamed = named.get(on, 0), hidden.get(on, 0)
        total += new + unnamed
        grown.append(Month(on, {"new": new + unnamed, "hidden": unnamed, "total": total}))
    return grown
