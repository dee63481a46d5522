"""How a sender stands: limits, the weekly batch in bands, restriction, way back (S-22 to S-25, E-15, E-16, b56)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kith.core.host import set_setting
from kith.core.refusal import Refused
from kith.members import restrictions
from kith.members.models import Member, Restriction
from kith.network import figures, limits
from kith.network.actions import invitations as acts
from kith.network.actions import outside
from kith.network.actions.standing import grant
from kith.network.models import AddressTry, Figures, Invitation
from kith.network.sent import Seen, sent
from kith.network.standing import Rate, Standing, band, lower_end, standing
from kith.notifications.models import Notification
from tests.network.circle import pass_days, people

pytestmark = pytest.mark.thorough


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def restriction_of(member: Member) -> Restriction | None:
    return restrictions.standing(member, Restriction.Kind.INVITATIONS)


def test_ten_sent_and_four_accepted_read_forty_percent_and_say_to_rethink(ada: Member) -> None:
    circle = people(10)
    asked = [acts.invite(ada, member, "A note of my own.") for member in circle]
    for invitation, member in zip(asked[:4], circle, strict=False):
        acts.accept(invitation, member)
    assert standing(ada).percent == 100, "the others have had no time yet"
    pass_days(15)
    stands = standing(ada)
    assert (stands.percent, stands.rate) == (40, Rate(4, 10))
    assert stands.says_rethink
    assert restriction_of(ada) is None, "fewer than twenty restrict nobody"
    figures.close_week()
    assert standing(ada).percent == 40
    assert standing(ada).as_of == figures.week_begin(timezone.now())


def test_declines_show_after_the_weekly_batch_in_bands_and_not_before(ada: Member) -> None:
    circle = people(8)
    asked = [acts.invite(ada, member) for member in circle]
    for invitation, member in zip(asked[:3], circle, strict=False):
        acts.decline_as_unknown(invitation, member)
    assert standing(ada).unknown == (0, 0)
    assert standing(ada).percent is None
    assert figures.close_week() == 1
    stands = standing(ada)
    assert (stands.unknown, stands.unknown_left) == ((3, 4), 1)
    assert stands.rate == Rate(0, 3)
    assert stands.warns
    assert {row.state for row in sent(ada)} == {Seen.WAITING}
    acts.decline_as_unknown(asked[3], circle[3])
    assert standing(ada).unknown == (3, 4)
    assert figures.close_week() == 0, "once a week, however often it runs"


def test_with_fewer_than_five_waiting_no_decline_enters_the_figures(ada: Member) -> None:
    circle = people(4)
    asked = [acts.invite(ada, member) for member in circle]
    acts.decline_as_unknown(asked[0], circle[0])
    acts.decline(asked[1], circle[1])
    figures.close_week()
    assert Figures.objects.get().declined == Figures.objects.get().unknown == 0
    assert standing(ada).percent is None


def test_the_fifth_unknown_restricts_at_once_with_reason_end_and_appeal(ada: Member, hana: Member) -> None:
    circle = people(7)
    asked = [acts.invite(ada, member) for member in circle]
    for invitation, member in zip(asked[:4], circle, strict=False):
        acts.decline_as_unknown(invitation, member)
        assert restriction_of(ada) is None
    acts.decline_as_unknown(asked[4], circle[4])
    found = standing(ada).restriction
    assert found and found.ends_at
    assert "5 people you invited" in found.reason
    assert 29 <= (found.ends_at - timezone.now()).days <= 30
    assert not Member.objects.get(pk=ada.pk).is_suspended
    assert list(Notification.objects.filter(recipient=ada).values_list("kind", flat=True)) == [
        "invitations_restricted"
    ]
    restrictions.appeal(found, "They were customers of a firm I left.")
    found.refresh_from_db()
    restrictions.answer_appeal(found, hana, "Understood.", uphold=False)
    assert restriction_of(ada) is None
    [cy] = people(1, "cy")
    assert acts.invite(ada, cy).pk, "the appeal lifted it, and the same five do not restrict again"


def test_a_restricted_member_needs_the_address_three_tries_a_day(ada: Member) -> None:
    restrictions.restrict(ada, Restriction.Kind.INVITATIONS, "Too many unknown.", None)
    one, two = people(2)
    assert "restricted" in refused(lambda: acts.invite(ada, one))
    assert limits.used(ada) == 0, "an empty field is no try"
    assert "not their address" in refused(lambda: acts.invite(ada, one, address="p9@example.org"))
    assert acts.invite(ada, one, address="p0@example.org").pk
    assert "not their address" in refused(lambda: acts.invite(ada, two, address="p9@example.org"))
    assert "three tries" in refused(lambda: acts.invite(ada, two, address="p1@example.org"))
    assert "three tries" in refused(lambda: outside.invite_address(ada, "cy@example.org"))
    assert limits.used(ada) == 3
    assert standing(ada).tries_left == 0
    AddressTry.objects.update(tried_at=timezone.now() - timedelta(hours=25))
    assert acts.invite(ada, two, address="p1@example.org").pk


def test_below_thirty_percent_of_twenty_restricts_ignored_ones_counted(ada: Member, bo: Member) -> None:
    circle = people(20)
    asked = [acts.invite(ada, member) for member in circle]
    for invitation, member in zip(asked[:5], circle, strict=False):
        acts.accept(invitation, member)
    pass_days(15)
    assert standing(ada).to_restriction == 0
    assert "restricted" in refused(lambda: acts.invite(ada, bo))
    found = restriction_of(ada)
    assert found and "25 %" in found.reason


def test_the_batch_restricts_whoever_was_only_ignored(ada: Member) -> None:
    for member in people(20):
        acts.invite(ada, member)
    pass_days(15)
    figures.close_week()
    assert restriction_of(ada)


def test_a_quick_withdrawal_is_a_correction_and_a_late_one_an_unanswered_invitation(ada: Member) -> None:
    quick, late = (acts.invite(ada, member) for member in people(2))
    acts.withdraw(quick, ada)
    pass_days(15)
    acts.withdraw(late, ada)
    assert standing(ada).rate == Rate(0, 1)


def test_a_week_holds_so_many_and_withdrawing_gives_nothing_back(ada: Member) -> None:
    set_setting("invitations_a_week", 3)
    circle = people(4)
    acts.withdraw(acts.invite(ada, circle[0]), ada)
    outside.invite_address(ada, "out@example.org")
    acts.invite(ada, circle[1])
    assert standing(ada).left_this_week == 0
    assert standing(ada).warns
    assert "3 invitations in seven days" in refused(lambda: acts.invite(ada, circle[2]))
    assert "in seven days" in refused(lambda: outside.invite_address(ada, "other@example.org"))
    back = acts.invite(circle[3], ada)
    assert acts.invite(ada, circle[3]).pk == back.pk, "accepting is no invitation"
    pass_days(7.01)
    assert acts.invite(ada, circle[2]).pk


def test_a_lifetime_cap_and_what_the_host_grants_beyond_it(ada: Member, hana: Member) -> None:
    circle = people(7)
    assert standing(ada).left_ever is None
    set_setting("invitations_ever", 4)
    for member in circle[:4]:
        acts.invite(ada, member)
    assert "Ask a host" in refused(lambda: acts.invite(ada, circle[4]))
    assert "whole number" in refused(lambda: grant(hana, ada, 0))
    grant(hana, ada, 2)
    for member in circle[4:6]:
        acts.invite(ada, member)
    assert "Ask a host" in refused(lambda: acts.invite(ada, circle[6]))
    assert (standing(ada).ever_limit, standing(ada).left_ever) == (6, 0)


def test_the_distance_is_what_may_still_go_unaccepted() -> None:
    def of(accepted: int, answered: int) -> Standing:
        return Standing(
            sent_this_week=0, week_limit=100, sent_ever=0, ever_limit=None, rate=Rate(accepted, answered),
            unknown=(0, 0), unknown_limit=5, rethink_below=50, restrict_below=30, as_of=None,
            restriction=None, tries_left=3,
        )  # fmt: skip

    assert of(0, 0).to_restriction == 20
    assert of(4, 10).to_restriction == 10
    assert of(10, 30).to_restriction == 4, "10 of 34 is 29 %"
    assert of(5, 20).to_restriction == 0
    assert of(16, 50).to_restriction == 2, "two accepted ones may fall out of the last fifty"
    assert of(9, 18).warns is False and of(8, 20).warns is True


@pytest.mark.parametrize(
    ("count", "shown"), [(0, (0, 0)), (1, (1, 2)), (2, (1, 2)), (4, (3, 4)), (5, (5, 9)), (12, (10, 14))]
)
def test_bands(count: int, shown: tuple[int, int]) -> None:
    assert band(lower_end(count)) == shown


def test_what_a_sender_sees_does_not_tell_a_decline_from_silence(ada: Member, bo: Member) -> None:
    """Twin worlds: in one Bo's circle declines early, in the other it says nothing; weeks later both are one."""
    circle = people(6)
    for number, member in enumerate(circle):
        theirs = acts.invite(ada, member)
        acts.invite(bo, member)
        if number < 3:
            acts.decline(theirs, member)
    pass_days(15)
    figures.close_week()
    assert standing(ada) == standing(bo)
    assert [(row.recipient, row.state, row.days) for row in sent(ada)] == [
        (row.recipient, row.state, row.days) for row in sent(bo)
    ]
    assert Invitation.objects.filter(state=Invitation.State.DECLINED).count() == 3
