"""The Contacts list: whom it holds, in which order, and from where on."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Lower, NullIf
from django.db.models.lookups import Exact, GreaterThan

from kith.contacts.models import Contact
from kith.contacts.models.contact import ContactQuerySet
from kith.core.text import clean_line, fold
from kith.members.policy import Viewer

PAGE = 50
MOST = 500  # rows drawn at once; further ones start a page of their own
SORTS = ("touch", "name", "connected", "company")
MESSAGES = {
    "both": Q(sent_count__gt=0, received_count__gt=0),
    "one": Q(sent_count__gt=0, received_count=0) | Q(sent_count=0, received_count__gt=0),
    "never": Q(sent_count=0, received_count=0),
}
MONTHS = {"3": 91, "12": 365, "36": 1096}
COMPANY = NullIf(Lower("company"), Value(""), output_field=CharField())  # Whoever has none comes last


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for, as its address says it; anything unknown is no wish."""

    q: str = ""
    company: str = ""
    title: str = ""
    since: str = ""
    messages: str = ""
    touch: str = ""
    network: str = ""
    state: str = ""
    sort: str = "touch"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Wanted":
        wanted = cls(**{name: clean_line(query.get(name, ""), 200) for name in cls.__slots__})
        return replace(
            wanted,
            since=_day(wanted.since),
            messages=_one_of(wanted.messages, MESSAGES),
            touch=_one_of(wanted.touch, ("never", *MONTHS, *(f"-{months}" for months in MONTHS))),
            network=_one_of(wanted.network, ("a", "b")),
            state=_one_of(wanted.state, ("let-go",)),
            sort=_one_of(wanted.sort, SORTS) or "touch",
        )

    @property
    def filters(self) -> int:
        """How many wishes besides words and order."""
        return sum(1 for name, value in asdict(self).items() if value and name not in ("q", "sort"))

    def query(self, **changes: str) -> str:
        """The part of an address after the question mark; what is usual is left out."""
        said = {**asdict(self), **changes}
        return urlencode(
            {name: value for name, value in said.items() if value and (name, value) != ("sort", "touch")}
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; `after` names the row further ones follow, empty at the end."""

    rows: list[Contact]
    after: str


@dataclass(frozen=True, slots=True)
class Counts:
    """A of all: people with a name who are not let go."""

    a: int
    all: int
    let_go: int


def counts(viewer: Viewer) -> Counts:
    here = Q(let_go_at__isnull=True)
    row = (
        Contact.objects.visible_to(viewer)
        .listed()
        .exclude(name="")
        .aggregate(
            a=Count("pk", filter=here & Q(last_talk_on__isnull=False)),
            all=Count("pk", filter=here),
            let_go=Count("pk", filter=~here),
        )
    )
    return Counts(**row)


def fitting(found: ContactQuerySet) -> tuple[int, int]:
    """How many fit, and how many of those are A: dozens of web designers, five spoken with (S-35)."""
    row = found.aggregate(all=Count("pk"), a=Count("pk", filter=Q(last_talk_on__isnull=False)))
    return row["all"], row["a"]


def wanted_contacts(viewer: Viewer, wanted: Wanted, today: date) -> ContactQuerySet:
    """Everybody who fits; every word must be found, in names, work, specialties or private notes."""
    found = Contact.objects.visible_to(viewer).listed().exclude(name="")
    found = found.filter(let_go_at__isnull=wanted.state != "let-go")
    for word in fold(wanted.q).split():
        found = found.filter(search_text__contains=word)
    if wanted.company:
        found = found.filter(company__icontains=wanted.company)
    if wanted.title:
        found = found.filter(title__icontains=wanted.title)
    if wanted.since:
        found = found.filter(connected_on__gte=wanted.since)
    if wanted.messages:
        found = found.filter(MESSAGES[wanted.messages])
    if wanted.touch == "never":
        found = found.filter(in_touch_on__isnull=True)
    elif wanted.touch:
        edge = today - timedelta(days=MONTHS[wanted.touch.removeprefix("-")])
        longer_ago = wanted.touch.startswith("-")
        found = found.filter(Q(in_touch_on__lt=edge) if longer_ago else Q(in_touch_on__gte=edge))
    if wanted.network:
        found = found.in_a_network() if wanted.network == "a" else found.in_b_network()
    return found


def page_of(found: ContactQuerySet, sort: str, after: Contact | None = None, size: int = PAGE) -> Page:
    """The next rows behind a contact, by its place in the order and not by counting."""
    if after is not None:
        found = found.filter(_behind(sort, after))
    rows = list(found.order_by(*_order(sort))[: size + 1])
    return Page(rows[:size], rows[size - 1].public_id if len(rows) > size else "")


def _order(sort: str) -> tuple[Any, ...]:
    if sort == "name":
        return ("sort_name", "pk")
    if sort == "company":
        return (COMPANY.asc(nulls_last=True), "sort_name", "pk")
    return (F(_moment(sort)).desc(nulls_last=True), "pk")


def _behind(sort: str, row: Contact) -> Q:
    if sort == "name":
        return Q(sort_name__gt=row.sort_name) | Q(sort_name=row.sort_name, pk__gt=row.pk)
    if sort == "company":
        later = Q(sort_name__gt=row.sort_name) | Q(sort_name=row.sort_name, pk__gt=row.pk)
        if not row.company:
            return Q(company="") & later
        key = Lower(Value(row.company))
        return Q(GreaterThan(COMPANY, key)) | Q(company="") | (Q(Exact(COMPANY, key)) & later)
    moment = getattr(row, _moment(sort))
    if moment is None:
        return Q(**{f"{_moment(sort)}__isnull": True}, pk__gt=row.pk)
    return (
        Q(**{f"{_moment(sort)}__lt": moment})
        | Q(**{_moment(sort): moment}, pk__gt=row.pk)
        | Q(**{f"{_moment(sort)}__isnull": True})
    )


def _moment(sort: str) -> str:
    return "connected_on" if sort == "connected" else "in_touch_on"


def _one_of(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
