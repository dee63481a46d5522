"""The network against a model of it: connections, invitations, follows, blocks and choices (d1, d2, d4, d5, d6).

The exception to d6 that we document: somebody blocked still carries a chain of three, and is never named in it.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kith.core.host import set_setting
from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.blocks import unblock
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.network import adjacency
from kith.network.actions import invitations as acts
from kith.network.actions.blocks import block
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect, disconnect
from kith.network.actions.follows import follow, unfollow
from kith.network.models import AddressTry, Connection, Follow, Invitation, NetworkChoices
from kith.network.reach import Reach
from kith.network.sent import Seen, sent
from kith.notifications.models import Notification
from tests.network.circle import pass_days
from tests.network.test_reach import Plain

MEMBERS = 5
State = Invitation.State
Invite = NetworkChoices.Invite
TRIES = 3
one = st.integers(0, MEMBERS - 1)
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

STEPS = {
    State.WAITING: {State.SET_ASIDE, *set(State) - {State.WAITING}},
    State.SET_ASIDE: {State.ACCEPTED, State.DECLINED, State.UNKNOWN, State.WITHDRAWN, State.EXPIRED},
}
ANSWERS = {
    acts.accept: State.ACCEPTED,
    acts.set_aside: State.SET_ASIDE,
    acts.decline: State.DECLINED,
    acts.decline_as_unknown: State.UNKNOWN,
}


class Network(RuleBasedStateMachine):
    """Model: who is connected, who asked whom and waits, who follows whom, who blocked whom, who appears
    in no path, whom each lets invite; members by number."""

    withdrawing = staticmethod(acts.withdraw)

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        set_setting("invitations_unknown", 1_000)
        set_setting("invitations_restrict_below", 0)
        self.members = [join(email=f"m{n}@example.org", name=f"Member {n}") for n in range(MEMBERS)]
        self.ties: set[frozenset[int]] = set()
        self.open: dict[tuple[int, int], int] = {}  # sender and recipient → the invitation
        self.follows: set[tuple[int, int]] = set()
        self.blocks: set[tuple[int, int]] = set()
        self.states: dict[int, str] = {}
        self.unseen: set[int] = set()
        self.lets: dict[int, str] = dict.fromkeys(range(MEMBERS), Invite.EVERYONE)
        self.tries: dict[int, int] = dict.fromkeys(range(MEMBERS), 0)

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def blocked(self, a: int, b: int) -> bool:
        return (a, b) in self.blocks or (b, a) in self.blocks

    def settle(self, a: int, b: int) -> None:
        self.open.pop((a, b), None)
        self.open.pop((b, a), None)

    def tried(self, act: Callable[..., object], *args: object) -> object | None:
        """What the act gave; nothing where it was refused."""
        try:
            with transaction.atomic():
                return act(*args)
        except Refused:
            return None

    def may_ask(self, a: int, b: int, typed: bool) -> bool:
        """Whether whom b lets invite covers a, with or without b's address; an address typed is a try."""
        if self.lets[b] == Invite.MUTUAL:
            return bool((self.near(a) & self.near(b)) - self.unseen)
        if self.lets[b] == Invite.EMAIL:
            return typed and self.tries[a] < TRIES
        return True

    def near(self, a: int) -> set[int]:
        return {n for tie in self.ties if a in tie for n in tie if n != a}

    @rule(a=one, b=one, typed=st.booleans())
    def invite(self, a: int, b: int, typed: bool) -> None:
        address = self.members[b].email if typed else ""
        tried = AddressTry.objects.filter(member=self.members[a]).count()
        gave = self.tried(lambda: acts.invite(self.members[a], self.members[b], address=address))
        new_tries = AddressTry.objects.filter(member=self.members[a]).count() - tried
        if a == b or self.blocked(a, b) or frozenset((a, b)) in self.ties or (a, b) in self.open:
            assert gave is None
        elif (b, a) in self.open:
            assert isinstance(gave, Invitation) and gave.state == State.ACCEPTED
            self.settle(a, b)
            self.ties.add(frozenset((a, b)))
        elif isinstance(gave, Invitation):
            assert self.may_ask(a, b, typed), "asked whoever did not let them"
            self.open[a, b] = gave.pk
        else:
            earlier = Invitation.objects.filter(sender=self.members[a], recipient=self.members[b])
            ended = earlier.exclude(state=State.ACCEPTED).exists()
            assert ended or not self.may_ask(a, b, typed), "refused without a reason"
        assert new_tries == (
            isinstance(gave, Invitation) and (a, b) in self.open and self.lets[b] == Invite.EMAIL
        )
        self.tries[a] += new_tries

    @rule(a=one, b=one, act=st.sampled_from(list(ANSWERS)), by=one)
    def answer(self, a: int, b: int, act: Callable[[Invitation, Member], Invitation], by: int) -> None:
        newest = Invitation.objects.filter(sender=self.members[a], recipient=self.members[b]).last()
        if newest is None:
            return
        gave = self.tried(act, newest, self.members[by])
        if by != b:
            assert gave is None
        elif (a, b) in self.open:
            assert isinstance(gave, Invitation) and gave.state == ANSWERS[act]
            if act is not acts.set_aside:
                self.settle(a, b)
            if act is acts.accept:
                self.ties.add(frozenset((a, b)))
        else:
            assert gave is None or newest.state == ANSWERS[act]

    @rule(a=one, b=one)
    def withdraw(self, a: int, b: int) -> None:
        newest = Invitation.objects.filter(sender=self.members[a], recipient=self.members[b]).last()
        if newest is None:
            return
        gave = self.tried(self.withdrawing, newest, self.members[a])
        assert gave is not None or (a, b) not in self.open
        self.open.pop((a, b), None)

    @rule(a=one, b=one)
    def introduce(self, a: int, b: int) -> None:
        gave = self.tried(connect, self.members[a], self.members[b])
        if a == b or self.blocked(a, b):
            assert gave is None
        else:
            assert gave is (frozenset((a, b)) not in self.ties)
            self.settle(a, b)
            self.ties.add(frozenset((a, b)))

    @rule(a=one, b=one)
    def part(self, a: int, b: int) -> None:
        assert disconnect(self.members[a], self.members[b]) is (frozenset((a, b)) in self.ties)
        self.ties.discard(frozenset((a, b)))

    @rule(a=one, b=one, stop=st.booleans())
    def follow(self, a: int, b: int, stop: bool) -> None:
        if stop:
            assert unfollow(self.members[a], self.members[b]) is ((a, b) in self.follows)
            self.follows.discard((a, b))
            return
        gave = self.tried(follow, self.members[a], self.members[b])
        assert (gave is None) is (a == b or self.blocked(a, b))
        if gave is not None:
            self.follows.add((a, b))

    @rule(a=one, b=one)
    def block(self, a: int, b: int) -> None:
        if self.tried(block, self.members[a], self.members[b]) is not None:
            self.blocks.add((a, b))
            self.ties.discard(frozenset((a, b)))
            self.follows -= {(a, b), (b, a)}
            self.settle(a, b)

    @rule(a=one, b=one)
    def unblock(self, a: int, b: int) -> None:
        # Two days ago, so that the pause of 48 hours does not end every second block.
        gave = unblock(self.members[a], self.members[b], now=timezone.now() - timedelta(days=2))
        assert gave is ((a, b) in self.blocks)
        self.blocks.discard((a, b))

    @rule(a=one, shown=st.booleans())
    def appear_in_paths(self, a: int, shown: bool) -> None:
        choose(self.members[a], in_paths=shown)
        (self.unseen.discard if shown else self.unseen.add)(a)

    @rule(a=one, answer=st.sampled_from(Invite.values))
    def let_invite(self, a: int, answer: str) -> None:
        choose(self.members[a], may_invite=answer)
        self.lets[a] = answer

    @rule(days=st.sampled_from([1, 22, 181]))
    def time_passes(self, days: int) -> None:
        pass_days(days)
        acts.expire_old()
        for pair, key in list(self.open.items()):
            if Invitation.objects.get(pk=key).state == State.EXPIRED:
                del self.open[pair]

    @invariant()
    def rows_and_bitmaps_are_the_model(self) -> None:
        if not hasattr(self, "members"):
            return
        keys = [member.pk for member in self.members]
        rows = set(Connection.objects.values_list("low_id", "high_id"))
        assert rows == {tuple(sorted(keys[n] for n in tie)) for tie in self.ties}
        assert adjacency.differences() == []
        waiting = Invitation.objects.filter(state__in=Invitation.OPEN)
        assert {row.pk for row in waiting} == set(self.open.values())
        follows = set(Follow.objects.values_list("follower_id", "followed_id"))
        assert follows == {(keys[a], keys[b]) for a, b in self.follows}
        standing = set(Block.objects.standing().values_list("blocker_id", "blocked_id"))
        assert standing == {(keys[a], keys[b]) for a, b in self.blocks}

    @invariant()
    def degrees_are_symmetric_and_one_question_waits_between_two(self) -> None:
        if not hasattr(self, "members"):
            return
        keys = [member.pk for member in self.members]
        degrees = {key: Reach(key).degrees(keys) for key in keys}
        for a, b in combinations(range(MEMBERS), 2):
            tied = frozenset((a, b)) in self.ties
            assert ((a, b) in self.open) + ((b, a) in self.open) <= 1
            assert not tied or ((a, b) not in self.open and (b, a) not in self.open)
            there, back = degrees[keys[a]][keys[b]], degrees[keys[b]][keys[a]]
            assert (there == 1) == (back == 1) == tied
            if not {a, b} & self.unseen:
                assert there == back, "symmetric where neither is hidden"

    @invariant()
    def each_sees_of_the_network_what_the_rules_say_and_names_nobody_blocked(self) -> None:
        if not hasattr(self, "members"):
            return
        keys = [member.pk for member in self.members]
        plain = Plain(
            [(keys[min(tie)], keys[max(tie)]) for tie in self.ties], {keys[n] for n in self.unseen}, set()
        )
        for a in range(MEMBERS):
            hidden = {keys[b] for b in range(MEMBERS) if self.blocked(a, b)}
            viewer = Viewer(self.members[a])
            assert viewer.hidden_ids == hidden
            reach, others = Reach(keys[a], viewer.hidden_ids), set(keys) - {keys[a]}
            degrees, mutuals = reach.degrees(others), reach.mutuals(others)
            assert not hidden & (degrees.keys() | mutuals.keys() | set(reach.second_degree()))
            for person in others - hidden:
                expected = plain.degree(keys[a], person)
                assert degrees[person] == expected
                assert mutuals[person][0] == len(plain.mutual(keys[a], person))
                assert not set(mutuals[person][1]) & hidden, "a block parts, so a mutual is never blocked"
                self._path_is_true(plain, reach, person, expected, hidden)
            for person in hidden:
                assert reach.path(person) is None

    def _path_is_true(
        self, plain: Plain, reach: Reach, person: int, degree: int | None, hidden: set[int]
    ) -> None:
        me, path = reach.member_id, reach.path(person)
        assert (len(path) - 1 if path else None) == degree
        if path is None:
            return
        steps = set(path) - {me, person, None}
        assert not steps & (hidden | plain.unseen)
        named = [
            (one, last)
            for one in plain.of(me) - plain.unseen
            for last in (plain.of(one) & plain.of(person)) - plain.unseen - hidden
        ]
        # Unnamed only where nobody but a blocked one carries the chain.
        assert (None in path) == (degree == 3 and not named)

    @invariant()
    def an_invitation_moves_along_its_states_and_an_end_is_an_end(self) -> None:
        if not hasattr(self, "members"):
            return
        for key, state in Invitation.objects.values_list("pk", "state"):
            before = self.states.get(key, State.WAITING)
            assert state == before or state in STEPS.get(before, ()), (before, state)
            self.states[key] = state

    @invariant()
    def a_block_leaves_nothing_to_see(self) -> None:
        if not hasattr(self, "members"):
            return
        for a, b in (pair for blocked in self.blocks for pair in (blocked, blocked[::-1])):
            viewer, other = Viewer(self.members[a]), self.members[b]
            assert not Invitation.objects.visible_to(viewer).between(viewer.member, other).exists()
            assert not Follow.objects.visible_to(viewer).filter(followed=other).exists()
            assert not Notification.objects.visible_to(viewer).filter(actor=other).exists()
            assert other.pk not in Reach(viewer.member.pk, viewer.hidden_ids).degrees([other.pk])

    @invariant()
    def a_sender_sees_waiting_what_waits_and_never_who_declined(self) -> None:
        if not hasattr(self, "members"):
            return
        for member in self.members:
            for row in sent(member):
                state = row.invitation.state
                if state in Invitation.OPEN:
                    assert row.state is Seen.WAITING
                if state in (State.DECLINED, State.UNKNOWN):
                    assert row.state is not Seen.ACCEPTED
                    over = row.invitation.expires_at <= timezone.now()
                    assert over or row.state in (Seen.WAITING, Seen.WITHDRAWN)


@pytest.mark.parametrize("examples", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_any_row_of_acts_keeps_the_network_true(examples: int) -> None:
    run_state_machine_as_test(
        Network,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
