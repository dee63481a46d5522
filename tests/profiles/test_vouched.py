"""Endorsements and recommendations: by connections, with a reason, curated by whom they are about (END-*, REC-*, b60)."""

import pytest

from kith.core.refusal import Refused
from kith.members.blocks import unblock
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect
from kith.notifications.models import Notification
from kith.profiles import actions
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.profiles.models import Endorsement, Recommendation, Skill
from kith.profiles.vouched import recommended, unvouched, vouched
from tests.network.circle import people

pytestmark = pytest.mark.django_db
HOW = "We edited the safety report of 2021 together"
WORDS = "Ada read every table twice, found the one wrong unit, and told me kindly before the deadline came."


@pytest.fixture
def pair(ada: Member, bo: Member) -> tuple[Member, Member]:
    connect(ada, bo)
    actions.add_skills(ada, "Editing, Statistics")
    for member in (ada, bo):
        row = {"title": "Editor", "organisation": "Novamed", "start_year": "2018", "current": "1"}
        actions.add_row(member, "positions", row)
    return ada, bo


def names(member: Member, viewer: Member) -> dict[str, list[str]]:
    return {one.name: [e.endorser.name for e in one.endorsements] for one in vouched(member, Viewer(viewer))}


def test_a_connection_vouches_and_says_how_they_know(pair: tuple[Member, Member], mal: Member) -> None:
    ada, bo = pair
    with pytest.raises(Refused, match="a few words"):
        vouching.endorse(bo, ada, "Editing", "")
    with pytest.raises(Refused, match="connected"):
        vouching.endorse(mal, ada, "Editing", HOW)
    made = vouching.endorse(bo, ada, "editing", HOW)
    assert (made.name, made.role) == ("Editing", "Editor, Novamed")
    assert names(ada, mal) == {"Editing": ["Bo Ferreira"], "Statistics": []}
    assert Notification.objects.get(recipient=ada, kind="endorsed").actor == bo
    vouching.take_back(made, bo)
    assert not Endorsement.objects.exists()


def test_a_skill_never_listed_is_proposed_and_shows_once_accepted(
    pair: tuple[Member, Member], mal: Member
) -> None:
    ada, bo = pair
    made = vouching.endorse(bo, ada, "Negotiation", HOW)
    assert "Negotiation" not in names(ada, mal)
    assert [one.name for one in vouched(ada, Viewer(ada)) if one.is_proposal] == ["Negotiation"]
    vouching.accept(ada, [made])
    assert names(ada, mal)["Negotiation"] == ["Bo Ferreira"]
    assert Skill.objects.of(ada).count() == 3


def test_what_its_owner_hides_nobody_else_sees(pair: tuple[Member, Member], mal: Member) -> None:
    ada, bo = pair
    made = vouching.endorse(bo, ada, "Editing", HOW)
    assert vouching.hide(bo, [made]) == 0
    vouching.hide(ada, [made])
    assert names(ada, mal)["Editing"] == [] and names(ada, bo)["Editing"] == []
    assert names(ada, ada)["Editing"] == ["Bo Ferreira"]


def test_a_block_hides_what_was_said_from_everybody_and_for_good(
    pair: tuple[Member, Member], mal: Member
) -> None:
    ada, bo = pair
    vouching.endorse(bo, ada, "Editing", HOW)
    row = praise.write_recommendation(bo, ada, WORDS, send=True)
    praise.approve(row, ada, WORDS)
    assert len(recommended(ada, Viewer(mal))[0]) == 1
    block(ada, bo)
    for _moment in ("blocked", "unblocked"):
        assert names(ada, mal)["Editing"] == [] and recommended(ada, Viewer(mal))[0] == []
        unblock(ada, bo)
    assert Endorsement.objects.count() == Recommendation.objects.count() == 1


def test_one_person_is_asked_once_for_a_skill(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    vouching.ask_for_endorsement(ada, bo, "Editing")
    with pytest.raises(Refused, match="once is enough"):
        vouching.ask_for_endorsement(ada, bo, "Editing")
    with pytest.raises(Refused, match="on your profile"):
        vouching.ask_for_endorsement(ada, bo, "Sailing")


def test_only_many_connections_make_silence_about_a_skill_say_something(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    vouching.endorse(bo, ada, "Editing", HOW)
    assert unvouched(ada, vouched(ada, Viewer(ada))) == []
    for other in people(19):
        connect(ada, other)
    assert [one.name for one in unvouched(ada, vouched(ada, Viewer(ada)))] == ["Statistics"]


def test_a_recommendation_needs_common_work_found_or_stated(pair: tuple[Member, Member], mal: Member) -> None:
    ada, bo = pair
    connect(ada, mal)
    assert praise.write_recommendation(bo, ada, WORDS, send=True).together == "Novamed, 2018–now"
    with pytest.raises(Refused, match="say it in a line"):
        praise.write_recommendation(mal, ada, WORDS, send=True)
    stated = praise.write_recommendation(mal, ada, WORDS, "She audited my team", send=True)
    assert (stated.together, stated.relation) == ("", "She audited my team")


def test_what_is_approved_stands_as_it_was_read(pair: tuple[Member, Member], mal: Member) -> None:
    ada, bo = pair
    row = praise.write_recommendation(bo, ada, WORDS, send=True)
    assert recommended(ada, Viewer(mal))[0] == []
    praise.write_recommendation(bo, ada, WORDS + " Truly.", send=True)
    with pytest.raises(Refused, match="changed meanwhile"):
        praise.approve(row, ada, WORDS)
    with pytest.raises(Refused, match="nothing to approve"):
        praise.approve(row, bo, WORDS + " Truly.")
    praise.approve(row, ada, WORDS + " Truly.")
    with pytest.raises(Refused, match="stands as it is"):
        praise.write_recommendation(bo, ada, "Something else" * 20, send=True)
    assert [r.text for r in recommended(ada, Viewer(mal))[0]] == [WORDS + " Truly."]
    praise.hide_recommendation(row, ada, hidden=True)
    assert recommended(ada, Viewer(mal))[0] == []
    praise.hide_recommendation(row, ada, hidden=False)
    praise.withdraw_recommendation(row, bo)
    assert recommended(ada, Viewer(mal))[0] == []


def test_mutual_ones_are_marked_and_an_author_who_leaves_takes_theirs_along(
    pair: tuple[Member, Member], mal: Member
) -> None:
    ada, bo = pair
    for author, subject in ((ada, bo), (bo, ada)):
        row = praise.ask_for_recommendation(subject, author)
        praise.write_recommendation(author, subject, WORDS, send=True)
        praise.approve(row, subject, WORDS)
    rows, mutual = recommended(ada, Viewer(mal))
    assert mutual == {rows[0].pk}
    bo.delete()
    assert recommended(ada, Viewer(mal))[0] == []


def test_a_draft_is_nobodys_but_its_authors(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    praise.write_recommendation(bo, ada, "Not ready", send=False)
    assert not Recommendation.objects.visible_to(Viewer(ada)).exists()
    asked = praise.ask_for_recommendation(ada, bo)  # as if there were none
    assert asked.text == "Not ready" and Recommendation.objects.visible_to(Viewer(ada)).count() == 1
    with pytest.raises(Refused, match="generic"):
        praise.write_recommendation(bo, ada, "Great person!", send=True)
