"""Caps by age: whoever came lately floods nobody, and what was spent stays spent (b55, b56)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kith.core.host import set_setting
from kith.core.refusal import Refused
from kith.members import restrictions
from kith.members.models import Member, Restriction
from kith.members.policy import Viewer
from kith.network import limits
from kith.network.actions import follows, outside
from kith.network.actions import invitations as acts
from kith.network.actions.connections import connect
from kith.network.models import Follow, Invitation
from kith.network.standing import standing
from kith.profiles import actions as profiles
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.profiles.models import Endorsement, Recommendation
from kith.trust import actions as trust
from kith.trust.models import Report
from tests.network.circle import pass_days, people

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
HOW = "We edited the safety report of 2021 together"
WORDS = "Ada read every table twice, found the one wrong unit, and told me kindly before the deadline came."


@pytest.fixture
def settled(ada: Member) -> Member:
    """Ada, who is here for longer than a week."""
    ada.confirmed_at = timezone.now() - timedelta(days=8)
    ada.save(update_fields=["confirmed_at"])
    return ada


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def test_a_new_member_invites_twenty_a_week_and_a_settled_one_a_hundred(ada: Member, bo: Member) -> None:
    set_setting("invitations_restrict_below", 0)
    for member in people(20):
        acts.invite(ada, member)
    stands = standing(ada)
    assert (stands.left_this_week, stands.week_limit, stands.usual_week_limit) == (0, 20, 100)
    sentence = "You have sent 20 invitations in seven days, as many as the hosts allow new members."
    assert refused(lambda: acts.invite(ada, bo)) == sentence
    assert refused(lambda: outside.invite_address(ada, "out@example.org")) == sentence
    assert Invitation.objects.count() == 20, "what is refused writes nothing"
    ada.confirmed_at = timezone.now() - timedelta(days=8)
    ada.save(update_fields=["confirmed_at"])
    assert acts.invite(ada, bo).pk
    assert (standing(ada).week_limit, standing(ada).usual_week_limit) == (100, 0)


def test_the_host_says_how_long_somebody_is_new_and_a_lower_usual_limit_holds(ada: Member) -> None:
    set_setting("new_member_days", 0)
    assert limits.week_limit(ada) == 100
    set_setting("new_member_days", 30)
    set_setting("invitations_a_week", 5)
    assert limits.week_limit(ada) == 5


def test_withdrawing_gives_nothing_back_to_a_week_or_a_lifetime(settled: Member) -> None:
    set_setting("invitations_a_week", 2)
    set_setting("invitations_ever", 3)
    for member in people(2):
        acts.withdraw(acts.invite(settled, member), settled)
    one, two = people(2, "q")
    assert "in seven days" in refused(lambda: acts.invite(settled, one))
    pass_days(8)
    acts.withdraw(acts.invite(settled, one), settled)
    assert "Ask a host" in refused(lambda: acts.invite(settled, two))


def test_the_same_pair_rests_three_weeks_after_a_withdrawal(ada: Member, bo: Member) -> None:
    acts.withdraw(acts.invite(ada, bo), ada)
    assert "not long ago" in refused(lambda: acts.invite(ada, bo))
    pass_days(20.9)
    assert "not long ago" in refused(lambda: acts.invite(ada, bo))
    pass_days(0.2)
    assert acts.invite(ada, bo).pk


def test_following_again_and_again_ends_at_the_days_cap_and_tells_nobody_more(
    ada: Member, monkeypatch
) -> None:
    monkeypatch.setattr(follows, "A_DAY_NEW", 3)
    circle = people(4)
    for member in circle[:3]:
        follows.follow(ada, member)
        follows.follow(ada, member)
    follows.unfollow(ada, circle[0])
    assert "begun to follow 3 people today" in refused(lambda: follows.follow(ada, circle[3]))
    assert Follow.objects.count() == 2


def test_endorsing_has_a_days_cap_a_lower_one_for_the_new(settled: Member, bo: Member) -> None:
    connect(settled, bo)
    for number in range(vouching.A_DAY_NEW):
        vouching.endorse(bo, settled, f"Skill {number}", HOW)
    assert "That is 10 endorsements today" in refused(lambda: vouching.endorse(bo, settled, "One more", HOW))
    assert vouching.endorse(bo, settled, "Skill 3", "We drew the maps of 2019 together").pk, (
        "changing is none"
    )
    for number in range(vouching.A_DAY):
        vouching.endorse(settled, bo, f"Skill {number}", HOW)
    assert "That is 30 endorsements" in refused(lambda: vouching.endorse(settled, bo, "One more", HOW))
    assert Endorsement.objects.count() == 40


def test_recommending_has_a_weeks_cap_a_lower_one_for_the_new(ada: Member) -> None:
    for member in people(4):
        connect(ada, member)
    for number, member in enumerate(Member.objects.exclude(pk=ada.pk).order_by("pk")):
        if number < praise.SENT_A_WEEK_NEW:
            praise.write_recommendation(ada, member, WORDS, "We worked together", send=True)
            praise.write_recommendation(ada, member, WORDS + " Yes.", "We worked together", send=True)
        else:
            said = refused(
                lambda to=member: praise.write_recommendation(ada, to, WORDS, "We worked together", send=True)
            )
            assert "3 recommendations this week" in said
            assert praise.write_recommendation(ada, member, WORDS, "We worked together", send=False).pk
    assert Recommendation.objects.filter(sent_at__isnull=False).count() == 3


def test_reporting_has_a_days_cap_a_lower_one_for_the_new(ada: Member) -> None:
    circle = people(4)
    for member in circle[:3]:
        trust.report(Viewer(ada), member, "fake", "")
    assert "3 reports today" in refused(lambda: trust.report(Viewer(ada), circle[3], "fake", ""))


def test_a_hundred_reports_about_one_person_restrict_nothing_and_ban_nobody(
    mal: Member, hana: Member
) -> None:
    for other in people(100):
        trust.report(Viewer(other), mal, "harvest", "")
    mal.refresh_from_db()
    assert not mal.is_held and not mal.is_suspended
    assert restrictions.standing(mal, Restriction.Kind.INVITATIONS) is None
    assert Report.objects.waiting().filter(about=mal).count() == 100, "they wait for a person"
    [bo] = people(1, "q")
    assert acts.invite(mal, bo).pk


def test_nobody_vouches_for_or_recommends_themselves(ada: Member) -> None:
    """b60: by nobody but a connection, and oneself is none."""
    profiles.add_skills(ada, "Editing")
    assert "yourself" in refused(lambda: vouching.endorse(ada, ada, "Editing", HOW))
    assert refused(lambda: praise.write_recommendation(ada, ada, WORDS, "I know me", send=True))
    assert not Endorsement.objects.exists() and not Recommendation.objects.exists()
