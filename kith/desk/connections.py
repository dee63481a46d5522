"""The list of connections: whom it holds, in which order, and from where on; A and B from one's own contacts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from kith.contacts.models import Contact
from kith.core.folding import Folded
from kith.core.text import clean_line
from kith.members.models import Member, MemberQuerySet
from kith.members.policy import Viewer
from kith.network.adjacency import as_rows, fetch_adjacency, unseen
from kith.network.models import NetworkChoices, Side
from kith.network.models.connection import SideQuerySet
from kith.network.reach import Reach

PAGE = 50
MOST = 500  # rows drawn at once
MOST_WORDS = 10
SORTS = ("since", "name", "touch")
DAYS = ("30", "365")
Browse = NetworkChoices.Browse


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for, as its address says it; anything unknown is no wish."""

    q: str = ""
    network: str = ""
    since: str = ""
    sort: str = "since"

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "Wanted":
        wanted = cls(**{name: clean_line(str(query.get(name, "")), 200) for name in cls.__slots__})
        return replace(
            wanted,
            network=wanted.network if wanted.network in ("a", "b") else "",
            since=wanted.since if wanted.since in DAYS else "",
            sort=wanted.sort if wanted.sort in SORTS else "since",
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.network or self.since)

    def query(self, **changes: str) -> str:
        """The part of an address after the question mark; what is usual is left out."""
        said = {**asdict(self), **changes}
        return urlencode({name: value for name, value in said.items() if value and value != SORTS[0]})


@dataclass(frozen=True, slots=True)
class Known:
    """What one's own contacts say of a connection."""

    in_touch_on: date | None
    is_a: bool
    exchange_count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; `after` names the person further rows follow, empty at the end."""

    rows: list[Side]
    after: str


def wanted_connections(viewer: Viewer, wanted: Wanted, known: Mapping[int, Known]) -> SideQuerySet:
    """The viewer's connections that fit; every word must be found, in name, headline or place.

    `known` are the `known_connections`, for A, B and the order of touch: empty where none of these is asked.
    """
    found = Side.objects.visible_to(viewer)
    for word in wanted.q.split()[:MOST_WORDS]:
        found = found.filter(other__search_text__contains=Folded(Value(word)))
    if wanted.since:
        found = found.filter(made_at__gte=timezone.now() - timedelta(days=int(wanted.since)))
    if wanted.network:
        is_a = wanted.network == "a"
        mine = (person for person, contact in known.items() if contact.is_a == is_a)
        found = found.filter(other__in=as_rows(mine))
    return found


def page_of(
    found: SideQuerySet, sort: str, known: Mapping[int, Known], after: str = "", size: int = PAGE
) -> Page:
    """The next rows behind a person, by their place in the order and not by counting."""
    last = found.filter(other__public_id=after).select_related("other").first() if after else None
    named = found.select_related("other__profile")
    if sort == "touch":
        rows = _by_touch(known, named, last, size + 1)
    elif sort == "name":
        rows = list(_by_name(named, last)[: size + 1])
    else:
        if last:
            named = named.filter(
                Q(made_at__lt=last.made_at) | Q(made_at=last.made_at, other__lt=last.other_id)
            )
        rows = list(named.order_by("-made_at", "-other")[: size + 1])
    return Page(rows[:size], rows[size - 1].other.public_id if len(rows) > size else "")


def known_connections(viewer: Viewer) -> dict[int, Known]:
    """Connections who opted to be found by their verified address, by the viewer's contact with it (b1)."""
    own = Contact.objects.visible_to(viewer).exclude(email="").order_by("pk")
    shown = [Coalesce(f"merged_into__{name}", name) for name in ("in_touch_on", "last_talk_on")]
    exchanged = F("sent_count") + F("received_count")
    contacts = {
        address: Known(in_touch_on, last_talk_on is not None, count)
        for address, in_touch_on, last_talk_on, count in own.values_list(Lower("email"), *shown, exchanged)
    }
    if viewer.member is None or not contacts:
        return {}
    addresses = EmailAddress.objects.filter(
        user__in=Side.objects.of(viewer.member).values("other_id"),
        user__network_choices__found_by_email=True,
        verified=True,
        primary=True,
    )
    owners = addresses.values_list("user_id", Lower("email"))
    return {person: contacts[address] for person, address in owners if address in contacts}


def may_browse(viewer: Viewer, person: Member) -> bool:
    """Whether the viewer may read whom somebody is connected with, as that one chose."""
    if viewer.member is None or viewer.member.is_held:
        return False
    if viewer.member == person:
        return True
    if person.pk in viewer.hidden_ids:
        return False
    chosen = NetworkChoices.objects.filter(member=person).values_list("may_browse", flat=True).first()
    chosen = chosen or NetworkChoices._meta.get_field("may_browse").default
    if chosen == Browse.MEMBERS:
        return True
    return chosen == Browse.CONNECTIONS and Side.objects.filter(member=viewer.member, other=person).exists()


def connections_of(viewer: Viewer, person: Member, words: str) -> MemberQuerySet:
    """Somebody's connections as another may read them: nobody who chose to appear in no path, but oneself."""
    theirs = fetch_adjacency([person.pk]).get(person.pk, frozenset())
    ids = set(theirs - unseen()) if theirs else set[int]()
    if viewer.member and viewer.member.pk in theirs:
        ids.add(viewer.member.pk)
    return _with_words(Member.objects.visible_to(viewer).filter(pk__in=as_rows(ids)), words)


def in_common(viewer: Viewer, person: Member, words: str) -> MemberQuerySet:
    """Whom the viewer and somebody both know, whatever either lets others read."""
    reach = Reach(viewer.member.pk, viewer.out_of_sight_ids) if viewer.member else None
    ids = reach.in_common(person.pk) if reach else ()
    return _with_words(Member.objects.visible_to(viewer).filter(pk__in=as_rows(ids)), words)


def _with_words(found: MemberQuerySet, words: str) -> MemberQuerySet:
    for word in clean_line(words, 200).split()[:MOST_WORDS]:
        found = found.filter(search_text__contains=Folded(Value(word)))
    return found


def _by_name(found: SideQuerySet, last: Side | None) -> SideQuerySet:
    if last:
        name = last.other.sort_name
        later = Q(other__sort_name=name, other__gt=last.other_id)
        found = found.filter(Q(other__sort_name__gt=name) | later)
    return found.order_by("other__sort_name", "other")


def _by_touch(known: Mapping[int, Known], found: SideQuerySet, last: Side | None, size: int) -> list[Side]:
    """Whom one was in touch with, the latest first; then everybody else by name."""
    touched = {person: contact.in_touch_on for person, contact in known.items() if contact.in_touch_on}
    order = _latest_first(
        touched, found.filter(other__in=as_rows(touched)).values_list("other_id", flat=True)
    )
    rows: list[Side] = []
    if last is None or last.other_id in touched:
        start = order.index(last.other_id) + 1 if last else 0
        wanted = order[start : start + size]
        by_person = {side.other_id: side for side in found.filter(other__in=wanted)}
        rows = [by_person[person] for person in wanted]
        last = None
    if len(rows) < size:
        rest = found.exclude(other__in=as_rows(order)) if order else found
        rows += _by_name(rest, last)[: size - len(rows)]
    return rows


def _latest_first(touched: Mapping[int, date | None], people: Iterable[int]) -> list[int]:
    return sorted(people, key=lambda person: (touched[person] or date.min, person), reverse=True)
