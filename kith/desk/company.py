"""One company as the viewer reaches it: who is here, and who of theirs opens the door (S-40, CON-03)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kith.desk.connections import Known, known_connections
from kith.members.models import Member, MemberQuerySet, Organisation
from kith.members.policy import Viewer
from kith.network.adjacency import as_rows, ids_of
from kith.network.reach import Reach
from kith.profiles.within_reach import people_at

CONNECTORS = 20
OTHERS = 20
NAMED = 3


@dataclass(frozen=True, slots=True)
class Connector:
    """One of mine: how many here they know, whether they work here, and what my own contacts say of them."""

    member: Member
    knows: int
    works_here: bool
    contact: Known | None = None

    @property
    def is_a(self) -> bool:
        return self.contact is not None and self.contact.is_a


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody two steps away, and by whom: the first few named."""

    member: Member
    count: int
    through: Sequence[Member]

    @property
    def others(self) -> int:
        return self.count - len(self.through)


@dataclass(frozen=True)
class CompanyReach:
    """Counts are of people the viewer sees; lists hold the first of them."""

    here: int
    others: Sequence[Member] = ()  # mine here who connect me to nobody else
    first_count: int = 0
    second_count: int = 0
    ways: Sequence[Way] = ()
    connectors: Sequence[Connector] = ()
    connector_count: int = 0


def company_reach(viewer: Viewer, company: Organisation) -> CompanyReach:
    """Connectors come A network first, then by how much passed between you, then by how many they know."""
    ids = ids_of(people_at(viewer, company))
    if viewer.member is None or not ids:
        return CompanyReach(here=len(ids))
    reach = Reach(viewer.member.pk, viewer.out_of_sight_ids)
    firsts = list(ids & reach.mine)
    second_count, counts = reach.connectors(ids)
    _count, found = reach.introducers(ids)
    connectors = _connectors(viewer, counts, set(firsts))
    people = _seen(viewer, [key for row in found for key in (row.member_id, *row.connectors[:NAMED])])
    ways = [
        Way(
            people[row.member_id], row.count, [people[key] for key in row.connectors[:NAMED] if key in people]
        )
        for row in found
        if row.member_id in people
    ]
    return CompanyReach(
        here=len(ids),
        others=list(_members(viewer, set(firsts) - counts.keys()).order_by("sort_name", "pk")[:OTHERS]),
        first_count=len(firsts),
        second_count=second_count,
        ways=ways,
        connectors=connectors[:CONNECTORS],
        connector_count=len(connectors),
    )


def _connectors(viewer: Viewer, counts: dict[int, int], here: set[int]) -> list[Connector]:
    contacts = known_connections(viewer) if counts else {}
    found = [
        Connector(member, counts[member.pk], member.pk in here, contacts.get(member.pk))
        for member in _members(viewer, counts)
    ]
    return sorted(
        found,
        key=lambda one: (
            not one.is_a,
            -(one.contact.exchange_count if one.contact else 0),
            -one.knows,
            one.member.sort_name,
        ),
    )


def _seen(viewer: Viewer, ids: Sequence[int]) -> dict[int, Member]:
    return {member.pk: member for member in _members(viewer, ids)}


def _members(viewer: Viewer, ids: Iterable[int]) -> MemberQuerySet:
    return Member.objects.visible_to(viewer).filter(pk__in=as_rows(ids)).select_related("profile")
