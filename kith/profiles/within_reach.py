"""Where the people one reaches are: by company, title and place, from what each of them shows (CON-03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import Lower

from kith.core.text import clean_line, fold
from kith.members.models import Member, MemberQuerySet, Organisation
from kith.members.models.organisation import OrganisationQuerySet, standing_id
from kith.members.policy import Viewer
from kith.network.adjacency import as_rows
from kith.profiles.models import Position
from kith.profiles.shown import rows_shown

MOST = 12  # rows of a table
LOOKED_AT = 400  # of the groups two steps away


@dataclass(frozen=True, slots=True)
class Group:
    """So many people one and two steps away who share a company, a title or a place."""

    name: str
    first: int
    second: int
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class Groups:
    companies: list[Group]
    titles: list[Group]
    places: list[Group]


def groups(viewer: Viewer, first: Iterable[int], second: Iterable[int]) -> Groups:
    """The largest of each, over people the viewer may see and what these show of their present work."""
    near, far = as_rows(first), as_rows(second)
    return Groups(_companies(viewer, near, far), _titles(viewer, near, far), _places(viewer, near, far))


def seen_among(viewer: Viewer, member_ids: Iterable[int]) -> int:
    """How many of these the viewer may see."""
    return Member.objects.visible_to(viewer).filter(pk__in=as_rows(member_ids)).count()


def people_at(viewer: Viewer, company: Organisation) -> MemberQuerySet:
    """Who works there now, of the people the viewer sees, by what each shows."""
    now = _at(viewer, company).filter(end_year=None)
    return Member.objects.visible_to(viewer).filter(pk__in=now.values("member_id"))


def is_known(viewer: Viewer, company: Organisation) -> bool:
    """Whether anybody shows the viewer that they work or worked there."""
    return _at(viewer, company).exists()


def companies_named(viewer: Viewer, words: str) -> OrganisationQuerySet:
    """Companies with these words in their name where somebody the viewer sees works now."""
    found = Organisation.objects.standing()
    for word in fold(clean_line(words, 200)).split():
        found = found.filter(Q(key__contains=word) | Q(spellings__key__contains=word))
    now = rows_shown(Position, viewer).filter(end_year=None)
    ids = now.filter(Q(organisation__in=found) | Q(organisation__merged_into__in=found))
    kept: OrganisationQuerySet = Organisation.objects.filter(
        pk__in=ids.annotate(company=standing_id()).values("company")
    )
    return kept.order_by("key")


def _at(viewer: Viewer, company: Organisation) -> Any:
    spelt = Q(organisation=company) | Q(organisation__merged_into=company)
    return rows_shown(Position, viewer).filter(spelt)


def _companies(viewer: Viewer, near: Any, far: Any) -> list[Group]:
    now = rows_shown(Position, viewer).filter(end_year=None, organisation__isnull=False)
    found = _largest(now.annotate(group=standing_id()), "member", near, far)
    known = Organisation.objects.in_bulk([key for key, _first, _second, _name in found])
    return [
        Group(known[key].name, first, second, known[key].public_id) for key, first, second, _name in found
    ]


def _titles(viewer: Viewer, near: Any, far: Any) -> list[Group]:
    now = rows_shown(Position, viewer).filter(end_year=None).exclude(title="")
    rows = now.annotate(group=Lower("title"))
    return [Group(name, first, second) for _key, first, second, name in _largest(rows, "member", near, far)]


def _places(viewer: Viewer, near: Any, far: Any) -> list[Group]:
    people = Member.objects.visible_to(viewer).exclude(place="")
    rows = people.annotate(group=Lower("place"))
    return [Group(name, first, second) for _key, first, second, name in _largest(rows, "pk", near, far)]


def _largest(rows: Any, member: str, near: Any, far: Any) -> list[tuple[Any, int, int, str]]:
    """Groups with the most people: key, how many one step and two steps away, a spelling."""
    counted: dict[Any, list[Any]] = {}
    for step, people in enumerate((near, far)):
        spelling = {"name": Min("title" if member == "member" else "place")}
        some = rows.filter(**{f"{member}__in": people}).order_by().values("group")
        some = some.annotate(n=Count(member, distinct=True), **spelling).order_by("-n", "group")
        for row in some[:LOOKED_AT]:
            counted.setdefault(row["group"], [0, 0, row["name"]])[step] = row["n"]
    order = sorted(counted.items(), key=lambda item: (-item[1][0] - item[1][1], str(item[0])))
    return [(key, first, second, name) for key, (first, second, name) in order[:MOST]]
