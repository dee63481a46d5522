"""Reports: kept with what was seen, decided by a host with words, never told to whom they are about (S-38, b56)."""

import pytest

from kith.core.host import set_setting
from kith.core.refusal import Refused
from kith.members import restrictions
from kith.members.models import Member, Restriction
from kith.members.policy import Viewer
from kith.network.actions.invitations import invite
from kith.notifications.models import Notification
from kith.profiles import actions as profiles
from kith.trust import actions
from kith.trust.models import Report
from tests.network.circle import people

pytestmark = pytest.mark.django_db


def test_a_report_keeps_what_was_seen_though_it_changes_after(ada: Member, mal: Member, hana: Member) -> None:
    profiles.write_summary(mal, "Guaranteed returns")
    asked = invite(mal, ada, "Buy my course")
    made = actions.report(Viewer(ada), mal, "fake", "", asked)
    profiles.write_summary(mal, "A quiet gardener")
    made.refresh_from_db()
    assert made.evidence["summary"] == "Guaranteed returns"
    assert made.evidence["invitation"]["note"] == "Buy my course"
    told = Notification.objects.filter(kind="reported")
    assert [notice.recipient for notice in told] == [hana]


def test_an_upheld_pitch_costs_standing_and_the_reporter_sees_when_it_was_decided(
    ada: Member, mal: Member, hana: Member
) -> None:
    made = actions.report(Viewer(ada), mal, "pitch", "A minute after I accepted")
    with pytest.raises(Refused, match="sentence"):
        actions.decide(made, hana, "", uphold=True)
    actions.decide(made, hana, "Thank you, you were right.", uphold=True)
    mine = Report.objects.visible_to(Viewer(ada)).get()
    assert mine.upheld_at and mine.took is not None and mine.words == "Thank you, you were right."
    standing = restrictions.standing(mal, Restriction.Kind.INVITATIONS)
    assert standing and "pitched" in standing.reason and standing.ends_at
    assert Notification.objects.filter(recipient=ada, kind="report_decided").exists()
    assert not Notification.objects.filter(recipient=mal, kind__startswith="report").exists()
    with pytest.raises(Refused, match="decided already"):
        actions.decide(made, hana, "No", uphold=False)


def test_what_is_not_upheld_or_costs_no_standing_restricts_nobody(
    ada: Member, bo: Member, mal: Member, hana: Member
) -> None:
    actions.decide(actions.report(Viewer(ada), mal, "pitch", ""), hana, "No pitch", uphold=False)
    actions.decide(actions.report(Viewer(bo), mal, "abuse", ""), hana, "We spoke", uphold=True)
    assert restrictions.standing(mal, Restriction.Kind.INVITATIONS) is None


def test_a_hundred_reports_queue_and_do_nothing_by_themselves(mal: Member) -> None:
    for other in people(12):
        actions.report(Viewer(other), mal, "harvest", "")
    mal.refresh_from_db()
    assert Report.objects.waiting().count() == 12
    assert not mal.is_suspended and restrictions.standing(mal, Restriction.Kind.INVITATIONS) is None


def test_one_waits_at_a_time_and_ten_a_day_are_enough(ada: Member, mal: Member) -> None:
    set_setting("new_member_days", 0)
    actions.report(Viewer(ada), mal, "fake", "")
    with pytest.raises(Refused, match="waits for a host already"):
        actions.report(Viewer(ada), mal, "abuse", "")
    for other in people(9):
        actions.report(Viewer(ada), other, "abuse", "")
    with pytest.raises(Refused, match="today"):
        actions.report(Viewer(ada), people(1, "last")[0], "abuse", "")


def test_a_host_does_not_decide_about_themselves(ada: Member, hana: Member) -> None:
    made = actions.report(Viewer(ada), hana, "abuse", "")
    with pytest.raises(Refused, match="another host"):
        actions.decide(made, hana, "I did nothing", uphold=False)
    assert not Notification.objects.filter(recipient=hana).exists()
