"""The machine can fail: four mistakes, each a line left out, and an invariant that says so."""

from collections.abc import Callable
from typing import Any

import pytest

from kith.members.models import Block, Member
from kith.network import adjacency
from kith.network.actions import invitations as acts
from kith.network.actions.blocks import block
from kith.network.actions.choices import choose
from kith.network.actions.connections import disconnect
from kith.network.models import Follow, Invitation, Neighbours
from tests.network import test_machine as model

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def _half_parted(one: Member, other: Member) -> bool:
    """The row goes, one of the bitmaps stays."""
    before = Neighbours.objects.filter(member=one).values("bitmap", "degree").first()
    gone = disconnect(one, other)
    if gone and before:
        Neighbours.objects.filter(member=one).update(**before)
    return gone


def _silent_block(blocker: Member, blocked: Member) -> Block:
    """A block that leaves a follow."""
    was = list(Follow.objects.filter(follower=blocked, followed=blocker))
    made = block(blocker, blocked)
    Follow.objects.bulk_create(was, ignore_conflicts=True)
    return made


def _choice_of_nothing(member: Member, **chosen: Any) -> object:
    """Appearing in no path is written down, and taken for nothing."""
    given = choose(member, **chosen)
    adjacency.appear_in_paths(member.pk, shown=True)
    return given


def _undone(invitation: Invitation, member: Member) -> Invitation:
    """A withdrawal after which it waits again."""
    given = acts.withdraw(invitation, member)
    Invitation.objects.filter(pk=invitation.pk).update(state=Invitation.State.WAITING)
    return given


def walk(*steps: tuple[str, tuple[Any, ...]]) -> None:
    """One row of acts by hand, every invariant asked after each."""
    machine = model.Network()
    machine.begin()
    try:
        for name, args in steps:
            getattr(machine, name)(*args)
            for invariant in machine.invariants:
                invariant.function(machine)
    finally:
        machine.teardown()


@pytest.mark.parametrize("is_broken", [False, True])
@pytest.mark.parametrize(
    ("name", "broken", "steps"),
    [
        ("disconnect", _half_parted, [("introduce", (0, 1)), ("part", (0, 1))]),
        ("block", _silent_block, [("follow", (1, 0, False)), ("block", (0, 1))]),
        ("choose", _choice_of_nothing,
         [("introduce", (0, 1)), ("introduce", (1, 2)), ("appear_in_paths", (1, False))]),
        ("withdraw", _undone, [("invite", (0, 1, False)), ("withdraw", (0, 1))]),
    ],
)  # fmt: skip
def test_the_machine_notices_a_network_that_is_broken(
    name: str, broken: Callable, steps: list, is_broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mistake is one that a line left out would make; a machine that sees none of them proves nothing."""
    if not is_broken:
        walk(*steps)
        return
    if name == "withdraw":
        monkeypatch.setattr(model.Network, "withdrawing", staticmethod(broken))
    else:
        monkeypatch.setattr(model, name, broken)
    with pytest.raises(AssertionError):
        walk(*steps)
