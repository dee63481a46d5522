"""Pages of endorsements and recommendations: who gets them, what they keep, what shows on a profile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.members.models import Member
from kith.network.actions.connections import connect
from kith.profiles import actions
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.profiles.models import Endorsement, Position, Profile, Recommendation, Section, Skill
from tests.network.circle import people
from tests.safety.pages import chanceless

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SignIn = Callable[[Member], Client]
HOW = "We edited the safety report of 2021 together"
WORDS = "Ada read every table twice, found the one wrong unit, and told me kindly before the deadline came."


@pytest.fixture
def pair(ada: Member, bo: Member) -> tuple[Member, Member]:
    connect(ada, bo)
    actions.add_skills(ada, "Editing")
    return ada, bo


def test_an_endorsement_goes_from_the_form_to_the_profile_and_is_curated(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    ada, bo = pair
    form = f"/people/{ada.handle}/endorse/"
    refused = signed_in(bo).post(form, {"name": "Editing", "how": "ok"})
    assert refused.status_code == 422 and 'value="ok"' in refused.text
    assert signed_in(bo).post(form, {"name": "Editing", "how": HOW}).status_code == 302
    assert "1 person vouches for it" in signed_in(mal).get(f"/people/{ada.handle}/").text
    row = Endorsement.objects.get()
    assert HOW in signed_in(ada).get("/endorsements/").text
    signed_in(ada).post(f"/endorsements/{row.public_id}/", {"act": "hide"})
    assert "vouches for it" not in signed_in(mal).get(f"/people/{ada.handle}/").text
    signed_in(ada).post("/endorsements/skill/", {"key": row.key, "act": "accept"})
    assert HOW in signed_in(mal).get(f"/people/{ada.handle}/").text
    signed_in(bo).post(f"/endorsements/{row.public_id}/", {"act": "take_back"})
    assert not Endorsement.objects.exists()


def test_a_proposed_skill_waits_for_its_owner(pair: tuple[Member, Member], signed_in: SignIn) -> None:
    ada, bo = pair
    signed_in(bo).post(f"/people/{ada.handle}/endorse/", {"name": "Editing", "other": "Sailing", "how": HOW})
    assert "Sailing" not in signed_in(bo).get(f"/people/{ada.handle}/").text
    assert "Somebody would add 1 skill to yours" in signed_in(ada).get(f"/people/{ada.handle}/").text
    signed_in(ada).post("/endorsements/skill/", {"key": "sailing", "act": "accept"})
    assert Skill.objects.of(ada).count() == 2


def test_somebody_who_is_no_connection_has_no_such_page(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    for page in ("endorse", "recommend"):
        assert signed_in(mal).get(f"/people/{pair[0].handle}/{page}/").status_code == 404


def test_a_recommendation_is_asked_written_read_and_approved(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    ada, bo = pair
    asked = signed_in(ada).post(f"/people/{bo.handle}/recommend/ask/", {"relation": "We shared a desk"})
    assert asked.status_code == 302 and "They ask you" in signed_in(bo).get("/recommendations/").text
    form = f"/people/{ada.handle}/recommend/"
    thin = signed_in(bo).post(form, {"act": "send", "text": "Great!", "relation": "Same desk"})
    assert thin.status_code == 422 and "Great!" in thin.text
    signed_in(bo).post(form, {"act": "draft", "text": "Half a thought", "relation": "Same desk"})
    assert "Half a thought" not in signed_in(ada).get("/recommendations/").text
    assert "Half a thought" not in signed_in(ada).get(f"/people/{bo.handle}/recommend/").text
    signed_in(bo).post(form, {"act": "send", "text": WORDS, "relation": "Same desk"})
    row = Recommendation.objects.get()
    decide = f"/recommendations/{row.public_id}/"
    assert signed_in(mal).post(decide, {"act": "approve", "text": WORDS}).status_code == 404
    assert WORDS not in signed_in(mal).get(f"/people/{ada.handle}/").text
    assert signed_in(ada).post(decide, {"act": "approve", "text": "other"}).status_code == 422
    signed_in(ada).post(decide, {"act": "approve", "text": WORDS})
    assert WORDS in signed_in(mal).get(f"/people/{ada.handle}/").text
    assert WORDS not in Client().get(f"/people/{ada.handle}/").text
    signed_in(bo).post(decide, {"act": "withdraw"})
    assert WORDS not in signed_in(mal).get(f"/people/{ada.handle}/").text


def test_many_who_vouch_take_no_more_questions_than_one(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    ada, bo = pair
    browser = signed_in(mal)
    vouching.endorse(bo, ada, "Editing", HOW)
    browser.get(f"/people/{ada.handle}/")
    with CaptureQueriesContext(connection) as one:
        browser.get(f"/people/{ada.handle}/")
    for other in people(8):
        connect(ada, other)
        vouching.endorse(other, ada, "Editing", HOW)
        Member.objects.filter(pk=other.pk).update(photo_key=f"k{other.pk}")
    with django_assert_max_num_queries(len(one)):
        assert "9 people vouch for it" in browser.get(f"/people/{ada.handle}/").text


def vouch_for(ada: Member, bo: Member) -> None:
    vouching.endorse(bo, ada, "Editing", HOW)
    row = praise.write_recommendation(bo, ada, WORDS, "We shared a desk", send=True)
    praise.approve(row, ada, WORDS)


def test_the_owner_chooses_who_reads_what_others_say(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    ada, bo = pair
    vouch_for(ada, bo)
    owner, page = signed_in(ada), f"/people/{ada.handle}/"
    for section, said in (("endorsements", HOW), ("recommendations", WORDS)):
        assert said in signed_in(mal).get(page).text and said in owner.get(f"{page}?as=member").text
        table = {"audience": "me", "mode": "table"}
        assert owner.post(f"/profile/{section}/audience/", table).status_code == 302
        for client in (signed_in(mal), signed_in(bo)):
            assert said not in client.get(page).text
        assert said in owner.get(page).text and said not in owner.get(f"{page}?as=member").text
        refused = owner.post(f"/profile/{section}/audience/", table | {"audience": "web"})
        assert refused.status_code == 422 and "agreed to members" in refused.text
        assert owner.get(f"/profile/{section}/").url == f"/{section}/"
        part = owner.post(f"/profile/{section}/audience/", {"audience": "me"}, headers={"HX-Request": "true"})
        assert part.status_code == 302


def test_the_web_reads_nothing_of_what_others_said(pair: tuple[Member, Member], signed_in: SignIn) -> None:
    ada, bo = pair
    vouch_for(ada, bo)
    own = Profile.objects.get_or_create(member=ada)[0]
    own.public_since, own.audiences = timezone.now(), dict.fromkeys(Section.values, "web")
    own.save()
    for client in (Client(), signed_in(ada)):
        words = client.get(f"/people/{ada.handle}/", {"as": "web"}).text
        assert "Editing" in words and HOW not in words and WORDS not in words and "Bo Ferreira" not in words


def test_work_of_that_time_stands_beside_what_was_said_of_it(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    ada, bo = pair
    page = f"/people/{ada.handle}/"
    row = {"title": "Editor", "organisation": "Novamed", "start_year": "2018", "current": "1"}
    actions.add_row(ada, "positions", row)
    vouching.endorse(bo, ada, "Editing", HOW)
    assert "when the work was" not in signed_in(mal).get(page).text
    Position.objects.filter(member=ada).update(end_year=2024)
    actions.add_row(ada, "positions", row | {"title": "Trainer", "start_year": "2024"})
    assert "when the work was: Editor, Novamed" in signed_in(mal).get(page).text
    assert "when the work was: Editor, Novamed" in signed_in(ada).get("/endorsements/").text
    actions.set_audience(ada, "positions", "me")
    assert "Novamed" not in signed_in(mal).get(page).text


def test_a_skill_nobody_vouches_for_is_named_to_its_owner_alone(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    ada, _bo = pair
    for other in people(19):
        connect(ada, other)
    said = "nobody vouches for “Editing” yet"
    assert said in signed_in(ada).get(f"/people/{ada.handle}/").text
    assert "Nobody vouches for" in signed_in(ada).get("/endorsements/").text
    assert said not in signed_in(ada).get(f"/people/{ada.handle}/?as=member").text
    assert said not in signed_in(mal).get(f"/people/{ada.handle}/").text


def test_one_connection_is_asked_for_one_skill_from_their_page(
    pair: tuple[Member, Member], signed_in: SignIn
) -> None:
    ada, bo = pair
    ask = f"/people/{bo.handle}/endorse/ask/"
    assert signed_in(ada).post(ask, {"name": "Sailing"}).status_code == 422
    assert "Bo Ferreira is asked." in signed_in(ada).post(ask, {"name": "Editing"}, follow=True).text
    again = signed_in(ada).post(ask, {"name": "Editing"})
    assert again.status_code == 422 and "once is enough" in again.text
    assert "Ada asks you about: Editing" in signed_in(bo).get(f"/people/{ada.handle}/endorse/").text


def test_skills_kept_to_oneself_are_offered_to_nobody(pair: tuple[Member, Member], signed_in: SignIn) -> None:
    ada, bo = pair
    actions.set_audience(ada, "skills", "me")
    assert "Editing" not in signed_in(bo).get(f"/people/{ada.handle}/endorse/").text


def test_two_who_recommend_each_other_are_marked(
    pair: tuple[Member, Member], mal: Member, signed_in: SignIn
) -> None:
    ada, bo = pair
    vouch_for(ada, bo)
    page = f"/people/{ada.handle}/"
    assert "mutual</span>" not in signed_in(mal).get(page).text
    actions.add_skills(bo, "Editing")
    vouch_for(bo, ada)
    assert "mutual</span>" in signed_in(mal).get(page).text


def test_what_is_kept_to_oneself_leaves_the_page_as_if_it_never_was(
    pair: tuple[Member, Member], mal: Member, hana: Member, signed_in: SignIn
) -> None:
    ada, bo = pair
    connect(mal, bo)
    vouch_for(ada, bo)
    actions.add_skills(bo, "Editing")
    vouch_for(bo, ada)
    for section in ("endorsements", "recommendations"):
        actions.set_audience(ada, section, "me")
    clients = [signed_in(one) for one in (mal, hana)]
    paths = [f"/people/{one.handle}/" for one in pair]

    def pages() -> list[bytes]:
        return [chanceless(client.get(path)) for client in clients for path in paths]

    with_them = pages()
    Endorsement.objects.filter(member=ada).delete()
    Recommendation.objects.filter(subject=ada).delete()
    assert pages() == with_them
