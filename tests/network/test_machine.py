"""The network against a model of it: connections, invitations, follows and blocks (d1, d2, d4, d5)."""

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
from kith.network.actions.connections import connect, disconnect
from kith.network.actions.follows import follow, unfollow
from kith.network.models import Connection, Follow, Invitation
from kith.network.reach import Reach
from kith.network.sent import Seen, sent
from kith.notifications.models import Notification
from tests.network.circle import pass_days

MEMBERS = 5
State = Invitation.State
one = st.integers(0, MEMBERS - 1)
pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.slow]

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
    """Model: who is connected, who asked whom and waits, who follows whom, who blocked whom; members by number."""

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

    @rule(a=one, b=one)
    def invite(self, a: int, b: int) -> None:
        gave = self.tried(acts.invite, self.members[a], self.members[b])
        if a == b or self.blocked(a, b) or frozenset((a, b)) in self.ties or (a, b) in self.open:
            assert gave is None
        elif (b, a) in self.open:
            assert isinstance(gave, Invitation) and gave.state == State.ACCEPTED
            self.settle(a, b)
            self.ties.add(frozenset((a, b)))
        elif isinstance(gave, Invitation):
            self.open[a, b] = gave.pk
        else:
            earlier = Invitation.objects.filter(sender=self.members[a], recipient=self.members[b])
            assert earlier.exclude(state=State.ACCEPTED).exists(), "refused without a reason"

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
        gave = self.tried(acts.withdraw, newest, self.members[a])
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
            assert degrees[keys[a]][keys[b]] == degrees[keys[b]][keys[a]]
            assert ((a, b) in self.open) + ((b, a) in self.open) <= 1
            if frozenset((a, b)) in self.ties:
                assert degrees[keys[a]][keys[b]] == 1
                assert (a, b) not in self.open and (b, a) not in self.open

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


def test_any_row_of_acts_keeps_the_network_true() -> None:
    run_state_machine_as_test(
        Network,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
