"""The lists of those who follow one and whom one follows: whoever signed up first, then connections (S-12, FOL-14).

Connections follow each other by being connected, so the total counts them; the figure is who signed up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, Value
from django.utils import timezone

from kith.core.folding import Folded
from kith.core.text import clean_line
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Follow, Side
from kith.network.models.connection import SideQuerySet
from kith.network.models.follow import FollowQuerySet

PAGE = 50
MOST = 1_000  # rows drawn at once
WRITTEN = 5_000  # rows of a file asked together
MOST_WORDS = 10
DAYS = ("7", "30", "365")
CURSOR = re.compile(r"(s|c)(\d{1,17})-([\w-]{1,16})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Way(StrEnum):
    """Which of the two lists."""

    FOLLOWERS = "followers"
    FOLLOWING = "following"

    @property
    def person(self) -> str:
        """The column of a follow that holds whom the list shows."""
        return "follower" if self is Way.FOLLOWERS else "followed"

    @property
    def mine(self) -> str:
        return "followed" if self is Way.FOLLOWERS else "follower"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for, as its address says it; anything unknown is no wish."""

    q: str = ""
    kind: str = ""
    since: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "Wanted":
        wanted = cls(**{name: clean_line(str(query.get(name, "")), 200) for name in cls.__slots__})
        return replace(
            wanted,
            kind=wanted.kind if wanted.kind in ("signed", "connected") else "",
            since=wanted.since if wanted.since in DAYS else "",
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.kind or self.since)

    def query(self, **changes: str) -> str:
        """The part of an address after the question mark."""
        return urlencode({name: value for name, value in {**asdict(self), **changes}.items() if value})


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a list: since when, by which follow (none: only by being connected)."""

    person: Member
    since: datetime
    follow: Follow | None
    is_connected: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; `after` says where further ones begin, empty at the end."""

    rows: list[Row]
    after: str


@dataclass(frozen=True, slots=True)
class Counts:
    """976 signed up; with 5,297 connections 6,273 in all (E-10)."""

    signed_up: int
    connected: int

    @property
    def all(self) -> int:
        return self.signed_up + self.connected


def counts(viewer: Viewer, way: Way, wanted: Wanted | None = None) -> Counts:
    """How many of each kind fit."""
    wanted = wanted or Wanted()
    return Counts(_signed_up(viewer, way, wanted).count(), _connected(viewer, wanted).count())


def page_of(viewer: Viewer, way: Way, wanted: Wanted, after: str = "", size: int = PAGE) -> Page:
    """The next rows behind a place in the list, which holds even if whoever stood there is gone."""
    place = _place(after)
    rows: list[Row] = []
    if place is None or place.signed:
        found = _signed_up(viewer, way, wanted)
        if place:
            found = found.filter(_behind(place, way.person))
        follows = found.select_related(f"{way.person}__profile").order_by("-made_at", f"-{way.person}")
        rows += [Row(getattr(one, way.person), one.made_at, one, False) for one in follows[: size + 1]]
    if len(rows) <= size:
        sides = _connected(viewer, wanted)
        if place and not place.signed:
            sides = sides.filter(_behind(place, "other"))
        sides = sides.select_related("other__profile").order_by("-made_at", "-other")
        rows += _with_follows(viewer, way, list(sides[: size + 1 - len(rows)]))
    return Page(rows[:size], _cursor(rows[size - 1]) if len(rows) > size else "")


def everybody(viewer: Viewer, way: Way, wanted: Wanted) -> Iterator[list[Row]]:
    """The whole list, some at a time."""
    after, more = "", True
    while more:
        page = page_of(viewer, way, wanted, after, WRITTEN)
        yield page.rows
        after, more = page.after, bool(page.after)


def followed_among(viewer: Viewer, member_ids: list[int]) -> set[int]:
    """Whom of a page the viewer signed up to follow."""
    if viewer.member is None:
        return set()
    mine = Follow.objects.visible_to(viewer).by(viewer.member).filter(followed__in=member_ids)
    return set(mine.values_list("followed_id", flat=True))


@dataclass(frozen=True, slots=True)
class _Place:
    signed: bool
    moment: datetime
    public_id: str


def _signed_up(viewer: Viewer, way: Way, wanted: Wanted) -> FollowQuerySet:
    if viewer.member is None or wanted.kind == "connected":
        return Follow.objects.none()
    connected = Side.objects.of(viewer.member).values("other_id")
    found = Follow.objects.visible_to(viewer).filter(**{way.mine: viewer.member})
    return found.exclude(**{f"{way.person}__in": connected}).filter(_fits(wanted, way.person))


def _connected(viewer: Viewer, wanted: Wanted) -> SideQuerySet:
    if wanted.kind == "signed":
        return Side.objects.none()
    return Side.objects.visible_to(viewer).filter(_fits(wanted, "other"))


def _fits(wanted: Wanted, person: str) -> Q:
    fits = Q()
    for word in wanted.q.split()[:MOST_WORDS]:
        fits &= Q(**{f"{person}__search_text__contains": Folded(Value(word))})
    if wanted.since:
        fits &= Q(made_at__gte=timezone.now() - timedelta(days=int(wanted.since)))
    return fits


def _with_follows(viewer: Viewer, way: Way, sides: list[Side]) -> list[Row]:
    """Connections of a page, with the follow somebody signed up for besides, if there is one."""
    people = [side.other_id for side in sides]
    mine = Follow.objects.filter(**{way.mine: viewer.member, f"{way.person}__in": people}) if people else ()
    follows = {getattr(follow, f"{way.person}_id"): follow for follow in mine}
    return [Row(side.other, side.made_at, follows.get(side.other_id), True) for side in sides]


def _cursor(row: Row) -> str:
    moment = (row.since - EPOCH) // timedelta(microseconds=1)
    return f"{'c' if row.is_connected else 's'}{moment}-{row.person.public_id}"


def _place(after: str) -> _Place | None:
    if not (said := CURSOR.fullmatch(after)):
        return None
    try:
        moment = EPOCH + timedelta(microseconds=int(said[2]))
    except OverflowError:
        return None
    return _Place(said[1] == "s", moment, said[3])


def _behind(place: _Place, person: str) -> Q:
    last = Member.objects.filter(public_id=place.public_id).values_list("pk", flat=True).first()
    behind = Q(made_at__lt=place.moment)
    return behind | Q(made_at=place.moment, **{f"{person}__lt": last}) if last else behind
