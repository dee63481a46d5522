"""Twenty at once on PostgreSQL: each pair one outcome, each limit exact (b57, c12, c13, c17)."""

from collections.abc import Callable
from functools import partial

import pytest

from kith.core.host import set_setting
from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.models import Block, Member, Restriction
from kith.members.policy import Viewer
from kith.network import adjacency, limits
from kith.network.actions import invitations as acts
from kith.network.actions.blocks import block
from kith.network.models import AddressTry, Connection, Invitation
from kith.notifications.models import Notification
from tests.members.test_blocks import at_once
from tests.network.circle import people

AT_ONCE, ROUNDS = 20, 20
State = Invitation.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough, pytest.mark.slow]


def outcomes(acts: list[Callable[[], object]]) -> list[object]:
    """What each act gave; anything raised that is no refusal is a fault."""
    results = at_once(acts)
    assert len(results) == len(acts)
    faults = [
        result for result in results if isinstance(result, Exception) and not isinstance(result, Refused)
    ]
    assert not faults, faults
    return results


def pairs() -> list[tuple[Member, Member]]:
    return list(zip(people(ROUNDS, "a"), people(ROUNDS, "b"), strict=True))


@pytest.mark.parametrize("against", [acts.withdraw, acts.decline])
def test_accepted_or_not_but_one_of_both(against: Callable[[Invitation, Member], Invitation]) -> None:
    for sender, recipient in pairs():
        invitation = acts.invite(sender, recipient)
        other = sender if against is acts.withdraw else recipient
        outcomes(
            [partial(acts.accept, invitation, recipient)] * (AT_ONCE // 2)
            + [partial(against, invitation, other)] * (AT_ONCE // 2)
        )
        invitation.refresh_from_db()
        accepted = invitation.state == State.ACCEPTED
        assert accepted or invitation.state in (State.WITHDRAWN, State.DECLINED)
        assert Connection.objects.between(sender, recipient).exists() == accepted
        told = Notification.objects.visible_to(Viewer(sender)).filter(kind="invitation_accepted")
        assert told.count() == int(accepted)
    assert adjacency.differences() == []


def test_crossing_invitations_make_one_connection_and_leave_nothing_open() -> None:
    for one, other in pairs():
        outcomes(
            [partial(acts.invite, one, other)] * (AT_ONCE // 2)
            + [partial(acts.invite, other, one)] * (AT_ONCE // 2)
        )
        assert Connection.objects.between(one, other).count() == 1
        assert [row.state for row in Invitation.objects.between(one, other)] == [State.ACCEPTED]
    assert adjacency.differences() == []


def test_the_week_holds_exactly_its_limit() -> None:
    set_setting("invitations_a_week", 7)
    sender = join(email="s@example.org", name="Sender")
    results = outcomes([partial(acts.invite, sender, to) for to in people(AT_ONCE)])
    assert sum(isinstance(result, Invitation) for result in results) == 7
    assert Invitation.objects.count() == limits.used(sender) == 7


def test_three_tries_a_day_are_three_at_once_too() -> None:
    sender, recipient = people(2)
    Restriction.objects.create(member=sender, kind=Restriction.Kind.INVITATIONS, reason="Too many.")
    outcomes([lambda: acts.invite(sender, recipient, address="no@example.org")] * AT_ONCE)
    assert AddressTry.objects.count() == 3
    assert not Invitation.objects.exists()


def test_the_fifth_unknown_makes_one_restriction() -> None:
    sender, circle = join(email="s@example.org", name="Sender"), people(AT_ONCE)
    asked = [acts.invite(sender, member) for member in circle]
    outcomes([partial(acts.decline_as_unknown, i, m) for i, m in zip(asked, circle, strict=True)])
    assert Restriction.objects.filter(kind=Restriction.Kind.INVITATIONS).count() == 1
    assert Invitation.objects.filter(state=State.UNKNOWN).count() == AT_ONCE


def test_after_a_block_nothing_stands_between_the_two() -> None:
    for one, other in pairs():
        invitation = acts.invite(one, other)
        outcomes(
            [partial(acts.accept, invitation, other)] * (AT_ONCE // 2)
            + [partial(block, one, other)] * (AT_ONCE // 2)
        )
        assert Block.objects.standing().filter(blocker=one, blocked=other).exists()
        assert not Connection.objects.between(one, other).exists()
        assert not Invitation.objects.open().between(one, other).exists()
    assert adjacency.differences() == []
