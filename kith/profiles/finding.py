"""Finding people here: by what they show of themselves, in any script, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, Value

from kith.core.folding import Folded
from kith.core.text import clean_line, fold
from kith.members.models import Member, MemberQuerySet, Organisation
from kith.members.policy import Viewer
from kith.profiles.models import Position
from kith.profiles.shown import rows_shown

PAGE = 50
MOST = 1_000  # people one question finds, however far one pages (b55)
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """People by name; `after` names the one further rows follow, empty at the end; `is_cut`: more is not shown."""

    rows: list[Member]
    after: str
    is_cut: bool = False


def people_found(viewer: Viewer, words: str) -> MemberQuerySet:
    """Whom the viewer may see and every word finds: in name, headline, place, or where they work."""
    found = Member.objects.visible_to(viewer)
    for word in clean_line(words, 200).split()[:MOST_WORDS]:
        spelt = _spelt(word)
        at_work = rows_shown(Position, viewer).filter(organisation__in=spelt).values("member_id")
        found = found.filter(_holds(word) | Q(pk__in=at_work) if spelt else _holds(word))
    return found


def work_found(viewer: Viewer, words: str, people: Collection[Member]) -> dict[int, Position]:
    """Why somebody is in the list whose own line does not say it: the position that a word found, by member."""
    wanted = clean_line(words, 200).split()[:MOST_WORDS]
    unsaid = [one.pk for one in people if not all(fold(word) in _line(one) for word in wanted)]
    if not unsaid:
        return {}
    spelt = {organisation for word in wanted for organisation in _spelt(word)}
    rows = rows_shown(Position, viewer).filter(organisation__in=spelt, member__in=unsaid)
    rows = rows.select_related("organisation__merged_into").order_by("-place_in_list", "-pk")
    return {row.member_id: row for row in rows}  # the first of their list stays


def page_of(found: MemberQuerySet, after: Member | None = None, size: int = PAGE) -> Page:
    """The next rows behind a member, by their place in the order and not by counting; 1,000 in all."""
    before = 0
    if after is not None:
        until = found.filter(sort_name__lte=after.sort_name)
        before = until.exclude(sort_name=after.sort_name, pk__gt=after.pk).order_by()[:MOST].count()
        found = found.filter(sort_name__gte=after.sort_name).exclude(
            sort_name=after.sort_name, pk__lte=after.pk
        )
    size = min(size, MOST - before)
    rows = list(found.select_related("profile").order_by("sort_name", "pk")[: size + 1])
    goes_on = len(rows) > size
    is_cut = goes_on and before + size == MOST
    return Page(rows[:size], rows[size - 1].public_id if goes_on and not is_cut else "", is_cut)


def _holds(word: str) -> Q:
    return Q(search_text__contains=Folded(Value(word)))


def _spelt(word: str) -> list[int]:
    """Organisations with this word in their name, or in the name they were merged into; mostly there is none."""
    key = fold(word)
    named = Q(key__contains=key) | Q(merged_into__key__contains=key)
    return list(Organisation.objects.filter(named).values_list("pk", flat=True))


def _line(member: Member) -> str:
    return fold(f"{member.name} {member.headline} {member.place}")
