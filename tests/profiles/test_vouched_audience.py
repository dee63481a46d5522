"""Who sees what others say of a member: as its owner chose, never the web, and nothing about work that is hidden."""

import pytest

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions.connections import connect
from kith.profiles import actions
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.profiles.models import Endorsement, Position, Profile, Recommendation
from kith.profiles.vouched import recommended, vouched
from tests.profiles.test_vouched import HOW, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ada: Member, bo: Member) -> tuple[Member, Member]:
    """Each vouches for the other and recommends them."""
    connect(ada, bo)
    for one, other in ((ada, bo), (bo, ada)):
        actions.add_skills(one, "Editing")
        row = {"title": "Editor", "organisation": "Novamed", "start_year": "2018", "current": "1"}
        actions.add_row(one, "positions", row)
        connect(one, other)
    for author, subject in ((ada, bo), (bo, ada)):
        vouching.endorse(author, subject, "Editing", HOW)
        praise.approve(praise.write_recommendation(author, subject, WORDS, send=True), subject, WORDS)
    return ada, bo


def read_by(viewer: Member, member: Member) -> tuple[int, int, int]:
    """Endorsements, recommendations, and how many of these are marked mutual."""
    rows, mutual = recommended(member, Viewer(viewer))
    return sum(len(skill.shown) for skill in vouched(member, Viewer(viewer))), len(rows), len(mutual)


def test_what_is_kept_to_oneself_is_read_by_its_owner_and_who_said_it_alone(
    pair: tuple[Member, Member], mal: Member, hana: Member
) -> None:
    ada, bo = pair
    assert read_by(mal, ada) == (1, 1, 1)
    actions.set_audience(ada, "endorsements", "me")
    assert read_by(mal, ada) == read_by(hana, ada) == (0, 1, 1) and read_by(ada, ada) == (1, 1, 1)
    actions.set_audience(ada, "recommendations", "me")
    assert read_by(mal, ada) == read_by(hana, ada) == (0, 0, 0) and read_by(ada, ada) == (1, 1, 1)
    assert Endorsement.objects.visible_to(Viewer(bo)).filter(endorser=bo).count() == 1
    assert Recommendation.objects.visible_to(Viewer(bo)).filter(author=bo).count() == 1
    actions.set_audience(ada, "recommendations", "members")
    assert read_by(mal, ada) == (0, 1, 1)


def test_the_mark_of_a_mutual_one_does_not_tell_what_the_other_keeps(
    pair: tuple[Member, Member], mal: Member
) -> None:
    ada, bo = pair
    actions.set_audience(bo, "recommendations", "me")
    assert read_by(mal, ada) == (1, 1, 0)


def test_words_of_others_are_never_for_the_web(ada: Member) -> None:
    for section in ("endorsements", "recommendations"):
        with pytest.raises(Refused, match="agreed to members"):
            actions.set_audience(ada, section, "web")
    assert not Profile.objects.filter(member=ada).exclude(audiences={}).exists()


def test_an_endorsement_keeps_the_role_as_far_as_its_author_saw_it(
    ada: Member, bo: Member, mal: Member
) -> None:
    connect(ada, bo)
    connect(ada, mal)
    actions.add_skills(ada, "Editing")
    row = {"title": "Editor", "organisation": "Novamed", "start_year": "2018", "current": "1"}
    actions.add_row(ada, "positions", row)
    assert vouching.endorse(bo, ada, "Editing", HOW).role == "Editor, Novamed"
    actions.set_audience(ada, "positions", "me")
    assert vouching.endorse(mal, ada, "Editing", HOW).role == ""


def test_common_work_that_is_hidden_is_not_found_and_has_to_be_said(
    pair: tuple[Member, Member], mal: Member
) -> None:
    ada, _bo = pair
    connect(ada, mal)
    row = {"title": "Clerk", "organisation": "Novamed", "start_year": "2019", "end_year": "2020"}
    actions.add_row(mal, "positions", row)
    actions.set_audience(ada, "positions", "me")
    with pytest.raises(Refused, match="say it in a line"):
        praise.write_recommendation(mal, ada, WORDS, send=True)
    actions.set_audience(ada, "positions", "members")
    assert praise.write_recommendation(mal, ada, WORDS, send=True).together == "Novamed, 2019–2020"
    Position.objects.filter(member=mal).update(end_year=2017, start_year=2012)
    with pytest.raises(Refused, match="say it in a line"):
        praise.ask_for_recommendation(mal, ada)
