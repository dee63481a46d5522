"""The bitmaps against the plainest way to answer, over made-up communities."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from kith.members.models import Member
from kith.network import adjacency
from kith.network import reach as reach_module
from kith.network.actions.choices import choose
from kith.network.models import Connection, Neighbours
from kith.network.reach import Introducible, Reach, Tie

pytestmark = pytest.mark.thorough

SIZE = 12

pairs = st.sets(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda pair: pair[0] < pair[1]),
    max_size=24,
)
some = st.sets(st.integers(0, SIZE - 1), max_size=3)


class Plain:
    """The same questions over Python sets, straight from the words of the rules."""

    def __init__(self, pairs: Iterable[tuple[int, int]], unseen: set[int], hidden: set[int]) -> None:
        self.near: dict[int, set[int]] = {}
        for low, high in pairs:
            self.near.setdefault(low, set()).add(high)
            self.near.setdefault(high, set()).add(low)
        self.unseen, self.hidden = unseen, hidden

    def of(self, member_id: int) -> set[int]:
        return self.near.get(member_id, set())

    def degree(self, me: int, other: int) -> int | None:
        if other in self.of(me):
            return 1
        if other in self.unseen:
            return None
        stones = self.of(me) - self.unseen
        if stones & self.of(other):
            return 2
        if any(self.of(step) & stones for step in self.of(other) - self.unseen):
            return 3
        return None

    def mutual(self, me: int, other: int) -> set[int]:
        if other in self.unseen and other not in self.of(me):
            return set()
        return (self.of(me) & self.of(other)) - self.unseen


@pytest.fixture
def members(db: None) -> list[int]:
    made = Member.objects.bulk_create(
        Member(email=f"m{n}@example.org", name=f"Member {n}", handle=f"m{n}") for n in range(SIZE)
    )
    return [member.pk for member in made]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pairs=pairs, unseen=some, hidden=some, me=st.integers(0, SIZE - 1), look=st.sampled_from([1, 3, 50]))
def test_reach_answers_as_the_plainest_way_does(
    members: list[int],
    monkeypatch: pytest.MonkeyPatch,
    pairs: set[tuple[int, int]],
    unseen: set[int],
    hidden: set[int],
    me: int,
    look: int,
) -> None:
    monkeypatch.setattr(reach_module, "LOOKS", (look, 2 * look))
    monkeypatch.setattr(reach_module, "FIRST_BATCH", look)
    monkeypatch.setattr(reach_module, "FIRST_STEPS", look)
    Connection.objects.all().delete()
    # A block ends the connection, so nobody is hidden from somebody they are connected with.
    known = {other for pair in pairs if me in pair for other in pair}
    hidden = {members[n] for n in hidden - known - {me}}
    for low, high in pairs:
        Connection.objects.create(low_id=members[low], high_id=members[high])
    adjacency.rebuild()
    adjacency.set_unseen(members[n] for n in unseen)
    plain = Plain(
        ((members[low], members[high]) for low, high in pairs), {members[n] for n in unseen}, hidden
    )
    reach, mine = Reach(members[me], hidden), members[me]
    others = [other for other in members if other != mine and other not in hidden]
    degrees = {other: plain.degree(mine, other) for other in others}
    mutuals = {other: plain.mutual(mine, other) for other in others}

    assert reach.degrees(members) == degrees
    assert {other: count for other, (count, _) in reach.mutuals(members).items()} == {
        other: len(shared) for other, shared in mutuals.items()
    }
    assert reach.ties(members) == {
        other: Tie(degrees[other], len(mutuals[other]), tuple(sorted(mutuals[other])[:3])) for other in others
    }
    second = {other for other in others if degrees[other] == 2}
    assert set(reach.second_degree()) == second
    total, rows = reach.introducers(members)
    assert total == len(second)
    assert (
        rows
        == sorted(
            (Introducible(other, len(mutuals[other]), tuple(sorted(mutuals[other]))) for other in second),
            key=lambda row: (-row.count, row.member_id),
        )[:10]
    )
    assert reach.within(members, SIZE) == [other for other in others if degrees[other] in (1, 2)]
    for other in others:
        way = reach.path(other)
        assert (len(way) - 1 if way else None) == degrees[other]
        for step, following in zip(way or (), (way or ())[1:], strict=False):
            assert step is None or following is None or following in plain.of(step)
        assert way is None or not ({*way[1:-1]} - {None}) & (plain.unseen | hidden)


def test_a_pair_is_written_in_the_row_and_both_bitmaps_and_taken_from_all_three(members: list[int]) -> None:
    low, high = members[:2]
    assert adjacency.join_pair(low, high)
    assert not adjacency.join_pair(low, high)
    assert Connection.objects.filter(low_id=low, high_id=high).count() == 1
    assert Reach(low).degrees([high]) == {high: 1}
    assert Reach(high).degrees([low]) == {low: 1}
    assert adjacency.differences() == []
    assert adjacency.part_pair(low, high)
    assert not adjacency.part_pair(low, high)
    assert Reach(low).degrees([high]) == {high: None}
    assert adjacency.differences() == []


def test_the_check_names_whoever_differs_from_the_rows(members: list[int]) -> None:
    one, two, three = members[:3]
    adjacency.join_pair(one, two)
    Connection.objects.create(low_id=one, high_id=three)  # behind the door's back
    Neighbours.objects.create(member_id=members[3], degree=1, bitmap=Neighbours.objects.get(pk=one).bitmap)
    assert adjacency.differences() == [one, three, members[3]]
    assert adjacency.rebuild() == 3
    assert adjacency.differences() == []


@pytest.mark.parametrize(
    "broken",
    [
        {"bitmap": BitMap([10_000_000]).serialize(), "degree": 1},
        {"bitmap": BitMap().serialize(), "degree": 0},
        {"bitmap": b"no bitmap"},
        {"bitmap": b""},
        {"degree": 7},
    ],
)
def test_the_proof_finds_every_way_a_bitmap_can_be_wrong(members: list[int], broken: dict[str, Any]) -> None:
    one, two, three = members[:3]
    adjacency.join_pair(one, two)
    adjacency.join_pair(two, three)
    assert adjacency.prove() == adjacency.Proof(3, 2, [], [])
    Neighbours.objects.filter(pk=one).update(**broken)
    assert adjacency.prove() == adjacency.Proof(3, 2, [one], [])
    adjacency.rebuild()
    assert adjacency.prove().holds


def test_the_proof_finds_a_bitmap_that_has_no_rows(members: list[int]) -> None:
    lonely = members[0]
    Neighbours.objects.create(member_id=lonely, degree=0, bitmap=BitMap([members[1]]).serialize())
    assert adjacency.prove() == adjacency.Proof(0, 0, [lonely], [])


def test_the_proof_holds_the_choice_about_paths_against_what_paths_use(members: list[int]) -> None:
    choose(Member.objects.get(pk=members[0]), in_paths=False)
    assert adjacency.prove().holds
    adjacency.set_unseen([members[1]])
    assert adjacency.prove().unseen == members[:2]
    adjacency.rebuild()
    assert adjacency.prove().holds


def test_pieces_cover_everybody_and_say_how_far(members: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    for one, two in pairwise(members):
        adjacency.join_pair(one, two)
    whole = adjacency.prove()
    monkeypatch.setattr(adjacency, "REBUILT_TOGETHER", 3)
    monkeypatch.setattr(adjacency, "SAMPLED", 3)
    said: list[tuple[int, int]] = []
    assert adjacency.prove(lambda done, of: said.append((done, of))) == whole
    assert said[-1] == (members[-1], members[-1])
    assert adjacency.rebuild() == len(members)
    assert adjacency.prove() == whole
    assert adjacency.prove(sampled=True).members <= 3


def test_ids_come_in_one_value_however_many_or_none(members: list[int]) -> None:
    assert set(adjacency.ids_of(Member.objects.order_by("name"))) == set(members)
    assert not adjacency.ids_of(Member.objects.filter(name="Nobody"))
    assert not adjacency.ids_of(Member.objects.none())
