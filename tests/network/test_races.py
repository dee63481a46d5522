"""Twenty at once on PostgreSQL: each pair one outcome, each limit exact, nothing behind a block (b57, c12, c13, c17).

Ten rounds in each run of `make test`, two hundred in `make test-all`.
"""

from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from django.db.models import Q
from django.utils import timezone

from kith.core.host import set_setting
from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.blocks import unblock
from kith.members.models import Block, Member, Restriction
from kith.members.policy import Viewer
from kith.network import adjacency, limits
from kith.network.actions import follows, outside
from kith.network.actions import invitations as acts
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect, disconnect, disconnect_all
from kith.network.models import AddressTry, Connection, Follow, Invitation
from kith.network.reach import Reach
from kith.notifications.models import Notification
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.profiles.models import Endorsement, Recommendation, Skill
from kith.trust import actions as trust
from kith.trust.models import Report
from tests.network.circle import people
from tests.network.racing import AT_ONCE, mixed, pairs, race

State = Invitation.State
HOW = "We edited the safety report of 2021 together"
WORDS = "Ada read every table twice, found the one wrong unit, and told me kindly before the deadline came."
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
ROUNDS = [10, pytest.param(200, marks=pytest.mark.slow)]


def told(member: Member, kind: str) -> int:
    return Notification.objects.visible_to(Viewer(member)).filter(kind=kind).count()


def degree(one: Member, other: Member) -> int | None:
    return Reach(one.pk, Viewer(one).hidden_ids).degrees([other.pk]).get(other.pk)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_accept_withdraw_and_decline_at_once_have_one_outcome_that_both_sides_see(rounds: int) -> None:
    """c12: exactly one outcome, the same for both; what the sender is told fits it."""
    circle = pairs(rounds)
    asked = [acts.invite(sender, recipient) for sender, recipient in circle]
    race(
        [
            mixed(
                partial(acts.accept, one, recipient),
                partial(acts.withdraw, one, sender),
                partial(acts.decline, one, recipient),
                partial(acts.set_aside, one, recipient),
            )
            for one, (sender, recipient) in zip(asked, circle, strict=True)
        ]
    )
    for one, (sender, recipient) in zip(asked, circle, strict=True):
        one.refresh_from_db()
        accepted = one.state == State.ACCEPTED
        assert accepted or one.state in (State.WITHDRAWN, State.DECLINED)
        assert Connection.objects.between(sender, recipient).count() == int(accepted)
        assert degree(sender, recipient) == degree(recipient, sender) == (1 if accepted else None)
        assert told(sender, "invitation_accepted") == int(accepted)
    assert adjacency.differences() == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_crossing_invitations_make_one_connection_and_leave_nothing_open(rounds: int) -> None:
    """c13: A invites B while B invites A."""
    circle = pairs(rounds)
    race([mixed(partial(acts.invite, a, b), partial(acts.invite, b, a)) for a, b in circle])
    for one, other in circle:
        assert Connection.objects.between(one, other).count() == 1
        assert [row.state for row in Invitation.objects.between(one, other)] == [State.ACCEPTED]
    assert adjacency.differences() == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_connecting_and_parting_at_once_leaves_bitmaps_and_rows_alike(rounds: int) -> None:
    """Everybody with one hub, so that all of them wait for its bitmap."""
    hub, others = join(email="hub@example.org", name="Hub"), people(AT_ONCE)
    race(
        [
            [partial(connect if (n + number) % 3 else disconnect, hub, o) for n, o in enumerate(others)]
            for number in range(rounds)
        ]
    )
    assert adjacency.differences() == []
    kept = Connection.objects.of(hub).count()
    assert kept == sum((n + rounds - 1) % 3 > 0 for n in range(AT_ONCE)), "the last round decides each"


@pytest.mark.parametrize("rounds", ROUNDS)
def test_whoever_leaves_while_their_circle_connects_stops_nobody(rounds: int) -> None:
    """Leaving takes every bitmap of a circle at once; in another order than a pair does, the two would cross."""
    circle = people(AT_ONCE)
    leaving = people(rounds, "leaving")
    for one in leaving:
        for other in circle:
            connect(one, other)
    chance = Random(1)
    for key in chance.sample(keys := list(Connection.objects.values_list("pk", flat=True)), len(keys)):
        Connection.objects.filter(pk=key).update(made_at=timezone.now())  # rows in another order than ids
    race(
        [
            [partial(disconnect_all, one)]
            + [
                partial(connect if (lane + number) % 2 else disconnect, circle[lane - 1], circle[lane])
                for lane in range(1, AT_ONCE)
            ]
            for number, one in enumerate(leaving)
        ]
    )
    assert not Connection.objects.filter(Q(low__in=leaving) | Q(high__in=leaving)).exists()
    assert adjacency.differences() == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_after_a_block_nothing_new_stands_between_the_two(rounds: int) -> None:
    """c17: against accept, follow, endorse and recommend in flight; and an unblock brings nothing of it back."""
    circle = pairs(rounds)
    asked = [acts.invite(one, other) for one, other in circle]
    race(
        [
            mixed(
                partial(acts.accept, invitation, other),
                partial(follows.follow, other, one),
                partial(block, one, other),
                partial(acts.invite, other, one),
                partial(follows.follow, one, other),
            )
            for invitation, (one, other) in zip(asked, circle, strict=True)
        ]
    )
    for one, other in circle:
        assert Block.objects.standing().filter(blocker=one, blocked=other).count() == 1
        assert not Connection.objects.between(one, other).exists()
        assert not Invitation.objects.open().between(one, other).exists()
        assert not Follow.objects.filter(follower__in=[one, other]).exists()
        for viewer, hidden in ((one, other), (other, one)):
            assert degree(viewer, hidden) is None
            assert not Notification.objects.visible_to(Viewer(viewer)).filter(actor=hidden).exists()
    assert adjacency.differences() == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_is_vouched_while_a_block_comes_is_nobodys_also_after_an_unblock(rounds: int) -> None:
    """c17: endorsements and recommendations in flight, their approval too."""
    circle, mal = pairs(rounds), join(email="mal@example.org", name="Mal")
    sent = []
    for one, other in circle:
        connect(one, other)
        sent.append(praise.write_recommendation(one, other, WORDS, "A team of ours", send=True))
    race(
        [
            mixed(
                partial(vouching.endorse, one, other, "Editing", HOW),
                partial(block, other, one),
                partial(praise.approve, row, other, WORDS),
                partial(praise.write_recommendation, other, one, WORDS, "Our team", send=True),
                partial(praise.ask_for_recommendation, one, other, "Our team"),
            )
            for row, (one, other) in zip(sent, circle, strict=True)
        ]
    )
    assert not Connection.objects.exists()
    for _moment in ("blocked", "unblocked"):
        for one, other in circle:
            for viewer in (one, other, mal):
                assert not Endorsement.objects.visible_to(Viewer(viewer)).filter(endorser=one).exists()
                rows = Recommendation.objects.visible_to(Viewer(viewer))
                assert not rows.filter(author__in=[one, other]).exists()
            unblock(other, one)


def test_the_week_holds_exactly_its_limit() -> None:
    """b57: the usual hundred, with ninety used and twenty more in one moment."""
    set_setting("new_member_days", 0)
    set_setting("invitations_restrict_below", 0)
    sender = join(email="s@example.org", name="Sender")
    for member in people(90, "q"):
        acts.invite(sender, member)
    [results] = race([[partial(acts.invite, sender, to) for to in people(AT_ONCE)]])
    assert sum(isinstance(result, Invitation) for result in results) == 10
    assert {str(r) for r in results if isinstance(r, Refused)} == {
        "You have sent 100 invitations in seven days, as many as the hosts allow."
    }
    assert Invitation.objects.count() == limits.used(sender) == 100
    assert Notification.objects.filter(kind="invited").count() == 100, "a refused one tells nobody"


def test_a_new_members_week_and_the_letters_outside_are_one_budget() -> None:
    sender = join(email="s@example.org", name="Sender")
    set_setting("invitations_a_week_new", 7)
    inside = [partial(acts.invite, sender, to) for to in people(AT_ONCE // 2)]
    out = [partial(outside.invite_address, sender, f"o{n}@example.org") for n in range(AT_ONCE // 2)]
    [results] = race([inside + out])
    assert sum(isinstance(result, Invitation) for result in results) == 7
    assert limits.used(sender) == 7


def test_the_lifetime_cap_is_exact() -> None:
    """b57, S-24."""
    set_setting("invitations_ever", 13)
    sender = join(email="s@example.org", name="Sender")
    [results] = race([[partial(acts.invite, sender, to) for to in people(AT_ONCE)]])
    assert sum(isinstance(result, Invitation) for result in results) == 13
    assert limits.used(sender) == 13


def test_three_tries_a_day_are_three_at_once_too() -> None:
    sender, recipient = people(2)
    Restriction.objects.create(member=sender, kind=Restriction.Kind.INVITATIONS, reason="Too many.")
    race([[lambda: acts.invite(sender, recipient, address="no@example.org")] * AT_ONCE])
    assert AddressTry.objects.count() == limits.used(sender) == 3
    assert not Invitation.objects.exists()


def test_the_fifth_unknown_makes_one_restriction() -> None:
    sender, circle = join(email="s@example.org", name="Sender"), people(AT_ONCE)
    asked = [acts.invite(sender, member) for member in circle]
    race([[partial(acts.decline_as_unknown, i, m) for i, m in zip(asked, circle, strict=True)]])
    assert Restriction.objects.filter(kind=Restriction.Kind.INVITATIONS).count() == 1
    assert Invitation.objects.filter(state=State.UNKNOWN).count() == AT_ONCE
    assert told(sender, "invitations_restricted") == 1


def _endorse(one: Member, circle: list[Member]) -> list[Callable[[], object]]:
    for member in circle:
        connect(one, member)
    return [partial(vouching.endorse, one, member, "Editing", HOW) for member in circle]


def _recommend(one: Member, circle: list[Member]) -> list[Callable[[], object]]:
    for member in circle:
        connect(one, member)
    return [partial(praise.write_recommendation, one, m, WORDS, "Our team", send=True) for m in circle]


def _ask(one: Member, circle: list[Member]) -> list[Callable[[], object]]:
    for member in circle:
        connect(one, member)
    return [partial(praise.ask_for_recommendation, one, m, "Our team") for m in circle]


@pytest.mark.parametrize(
    ("prepared", "made", "most"),
    [
        (_endorse, Endorsement, vouching.A_DAY_NEW),
        (_recommend, Recommendation, praise.SENT_A_WEEK_NEW),
        (_ask, Recommendation, praise.ASKED_A_WEEK),
        (lambda one, circle: [partial(trust.report, Viewer(one), m, "fake", "") for m in circle],
         Report, trust.A_DAY_NEW),
        (lambda one, circle: [partial(follows.follow, one, m) for m in circle], Follow, 5),
    ],
    ids=["endorse", "recommend", "ask", "report", "follow"],
)  # fmt: skip
def test_twenty_at_once_pass_a_cap_exactly_as_often_as_it_allows(
    prepared: Callable, made: type, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """b57."""
    monkeypatch.setattr(follows, "A_DAY_NEW", 5)
    one = join(email="s@example.org", name="Sender")
    [results] = race([prepared(one, people(AT_ONCE))])
    assert sum(not isinstance(result, Refused) for result in results) == most
    assert made.objects.count() == most  # type: ignore[attr-defined]


def test_accepting_what_was_vouched_twenty_times_at_once_lists_the_skill_once() -> None:
    one, other = people(2)
    connect(one, other)
    rows = [vouching.endorse(one, other, name, HOW) for name in ("Editing", "Maps")]
    race([[partial(vouching.accept, other, rows)] * AT_ONCE])
    assert sorted(Skill.objects.of(other).values_list("name", flat=True)) == ["Editing", "Maps"]
