"""The ledger as people read it: newest first, what happened together as one line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Count, F, Max, Q, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.notifications.kinds import KINDS, Kind, Route, Told
from kith.notifications.models import Notification

PAGE = 30
FACES = 3


@dataclass(frozen=True)
class Place:
    """Where a page of the ledger ends: a moment and the line that stood there; right whatever comes meanwhile."""

    at: datetime
    notice: str


@dataclass(frozen=True)
class Line:
    """Events of one group that were unread together; `newest` names the line."""

    newest: Notification
    at: datetime
    kind: Kind
    told: Told
    actors: Sequence[Member]

    @property
    def is_unread(self) -> bool:
        return self.newest.read_at is None

    @cached_property
    def sentence(self) -> str:
        return self.kind.sentence(self.told)

    @property
    def route(self) -> Route | None:
        return self.kind.address(self.told)


@dataclass(frozen=True)
class Page:
    """Some lines and where the older ones begin."""

    lines: Sequence[Line]
    older: Place | None


def page_of(viewer: Viewer, before: Place | None = None, size: int = PAGE) -> Page:
    """Lines newest first, the day of the newest event of each counts; four queries and one a kind that names things."""
    alone = When(group="", then=Concat(Value("alone:"), Cast("pk", CharField())))
    line = Case(alone, default=F("group"), output_field=CharField())
    folded = (
        Notification.objects.visible_to(viewer)
        .annotate(line=line)
        .values("kind", "line", "read_at")
        .annotate(
            newest=Max("at"),
            last=Max("pk"),
            events=Count("pk"),
            actor_keys=ArrayAgg(
                "actor", order_by=["-at", "-pk"], filter=Q(actor__isnull=False), default=Value([])
            ),
        )
    )
    if before:
        there = Notification.objects.filter(public_id=before.notice).values("pk")[:1]
        folded = folded.filter(Q(newest__lt=before.at) | Q(newest=before.at, last__lt=Subquery(there)))
    rows = list(folded.order_by("-newest", "-last")[: size + 1])
    lines = _lines(rows[:size])
    older = Place(lines[-1].at, lines[-1].newest.public_id) if len(rows) > size else None
    return Page(lines, older)


def line_of(notification: Notification) -> Line:
    """One notice as a line of its own, to find where it leads."""
    row = {
        "newest": notification.at,
        "last": notification.pk,
        "events": 1,
        "actor_keys": [notification.actor_id] if notification.actor_id else [],
    }
    return _lines([row])[0]


def _lines(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    notices = Notification.objects.select_related("recipient").in_bulk([row["last"] for row in rows])
    actors = {row["last"]: list(dict.fromkeys(row["actor_keys"])) for row in rows}
    faces = Member.objects.in_bulk({key for keys in actors.values() for key in keys[:FACES]})
    subjects = _subjects(list(notices.values()))
    lines = []
    for row in rows:
        notice = notices[row["last"]]
        people = [faces[key] for key in actors[notice.pk][:FACES] if key in faces]
        told = Told(
            names=tuple(member.name for member in people),
            people=len(actors[notice.pk]),
            count=row["events"],
            facts=notice.facts,
            subject=subjects[notice.kind].get(notice.subject_id or 0),
        )
        lines.append(Line(notice, row["newest"], KINDS[notice.kind], told, people))
    return lines


def _subjects(notices: Sequence[Notification]) -> dict[str, dict[int, Any]]:
    """What the sentences name, fetched once a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        wanted[notice.kind] |= {notice.subject_id} if notice.subject_id else set()
    return {name: dict(KINDS[name].subjects(ids)) if ids else {} for name, ids in wanted.items()}
