"""An archive beside a profile: the same is said to be the same, and only what is ticked is taken."""

from typing import Any

import pytest

from kith.core.refusal import Refused
from kith.members.models import Member, Organisation
from kith.profiles import actions
from kith.profiles.fill import offers, take
from kith.profiles.models import Education, Language, Link, Position, Section, Skill

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "headline": "Plans less, delivers more",
    "place": "Oslo, Norway",
    "summary": "I help operations teams.",
    "positions": [
        {
            "title": "Head of Operations",
            "organisation": "Brightwater Logistics",
            "place": "Oslo",
            "description": "Three cross-docks",
            "start_year": "2020",
            "start_month": "3",
            "end_year": "2023",
            "end_month": "10",
            "current": "",
        },
        {
            "title": "Analyst",
            "organisation": "Halvorsen Freight",
            "place": "",
            "description": "",
            "start_year": "2013",
            "start_month": "",
            "end_year": "",
            "end_month": "",
            "current": "on",
        },
    ],
    "education": [
        {"school": "Fjordheim Institute", "degree": "MSc", "start_year": "2011", "end_year": "2013"}
    ],
    "skills": [{"name": "Planning"}, {"name": "Forecasting"}, {"name": "Planning"}],
    "languages": [{"name": "Norwegian", "level": "Native"}],
    "links": [{"url": "https://blog.example.com/x", "label": "Blog"}],
}


def states(member: Member) -> dict[str, str]:
    return {offer.tick: offer.state for offer in offers(member, SAID)}


def test_on_an_empty_profile_everything_is_new_and_nothing_is_taken_by_itself(ada: Member) -> None:
    assert set(states(ada).values()) == {"new"}
    assert take(ada, SAID, []) == 0
    ada.refresh_from_db()
    assert ada.headline == "" and not Position.objects.exists()


def test_each_tick_takes_its_own_thing_and_then_it_is_the_same(ada: Member) -> None:
    everything = [offer.tick for offer in offers(ada, SAID)]
    assert take(ada, SAID, everything) == len(everything)
    ada.refresh_from_db()
    assert (ada.headline, ada.place) == ("Plans less, delivers more", "Oslo, Norway")
    assert ada.profile.summary == "I help operations teams."
    row = Position.objects.get(title="Head of Operations")
    assert (row.start_year, row.start_month, row.end_year, row.end_month) == (2020, 3, 2023, 10)
    analyst = Position.objects.get(title="Analyst")
    assert (analyst.start_year, analyst.start_month, analyst.end_year) == (2013, None, None)
    assert Education.objects.get().school == Organisation.objects.get(name="Fjordheim Institute")
    assert list(Skill.objects.values_list("name", flat=True)) == ["Planning", "Forecasting"]
    assert Language.objects.get().level == "Native" and Link.objects.get().label == "Blog"
    assert set(states(ada).values()) == {"same"}
    assert take(ada, SAID, everything) == 0


def test_what_stands_here_is_only_replaced_by_its_own_tick(ada: Member) -> None:
    actions.edit_card(ada, name="Ada Lund", pronunciation="AH-da", headline="My own words", place="")
    actions.add_row(
        ada,
        Section.POSITIONS,
        {
            "title": "Head of Operations",
            "organisation": "BRIGHTWATER logistics",
            "description": "My own words",
            "start_year": "2020",
            "current": "on",
        },
    )
    assert states(ada)["headline"] == states(ada)["positions-0"] == "other"
    take(ada, SAID, ["place", "positions", "positions-1", "skills"])
    ada.refresh_from_db()
    assert (ada.headline, ada.place) == ("My own words", "Oslo, Norway")
    assert Position.objects.get(title="Head of Operations").description == "My own words"
    take(ada, SAID, ["headline", "positions-0"])
    ada.refresh_from_db()
    assert ada.headline == "Plans less, delivers more" and ada.profile.pronunciation == "AH-da"
    row = Position.objects.get(title="Head of Operations")
    assert (row.description, row.end_year, row.end_month) == ("Three cross-docks", 2023, 10)
    assert Position.objects.count() == 2


def test_one_tick_takes_all_the_new_ones_of_a_part(ada: Member) -> None:
    actions.add_skills(ada, "planning")
    assert states(ada)["skills-0"] == "other"
    assert take(ada, SAID, ["skills"]) == 1
    assert list(Skill.objects.values_list("name", flat=True)) == ["planning", "Forecasting"]


def test_a_row_too_long_is_refused_by_name_and_nothing_is_written(ada: Member) -> None:
    said = {"headline": "Fine", "skills": [{"name": "x" * 200}]}
    with pytest.raises(Refused, match="xxx: Skill: at most 80 characters") as refusal:
        take(ada, said, ["headline", "skills-0"])
    assert refusal.value.field == "skills-0"
    ada.refresh_from_db()
    assert ada.headline == ""


def test_two_spans_at_one_company_are_told_apart_by_their_start(ada: Member) -> None:
    twice = [{**SAID["positions"][0], "start_year": year, "end_year": "2024"} for year in ("2020", "2022")]
    assert take(ada, {"positions": twice}, ["positions"]) == 2
    assert {offer.state for offer in offers(ada, {"positions": twice[::-1]})} == {"same"}
