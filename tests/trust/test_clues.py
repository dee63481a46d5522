"""Clues on invitations: three together or none, against this house, from what the invited one is shown (FAK, S-38)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kith.members.addresses import keep_address
from kith.members.models import Block, Member, RosterEntry
from kith.members.policy import Viewer
from kith.network.actions.connections import connect
from kith.network.actions.invitations import decline, invite, say
from kith.network.models import Invitation
from kith.profiles import actions
from kith.profiles.actions import endorsements
from kith.profiles.models import Position, Profile
from kith.trust.clues import Wonder, wonders
from kith.trust.mending import own_clues
from kith.trust.models import Usual
from kith.trust.usual import FEWEST, SAMPLE, measure
from tests.network.circle import people
from tests.trust.suspect import ALL, HERE, settle, suspect

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def house(ada: Member) -> list[Member]:
    return settle(ada)


@pytest.fixture
def mal(house: list[Member]) -> Member:
    return suspect()


def shown(asked: Invitation, viewer: Member | None = None, tied: tuple[int, ...] = ()) -> Wonder | None:
    found = wonders(Viewer(viewer or asked.recipient), [asked], tied)
    return found.get(asked.sender_id)


def names(asked: Invitation, tied: tuple[int, ...] = ()) -> list[str]:
    wonder = shown(asked, tied=tied)
    return [clue.name for clue in wonder.clues] if wonder else []


def mend(mal: Member, *which: str) -> None:
    """Take these clues away."""
    if "place" in which:
        actions.edit_card(mal, name=mal.name, pronunciation="", headline="HR", place="")
    if "thin" in which:
        actions.write_summary(mal, "I hire.")
    if "dates" in which:
        Position.objects.filter(member=mal, title="HR Manager").update(start_year=2025)
    if "few" in which:
        for other in people(3, "more"):
            connect(mal, other)


def test_five_of_the_eight_come_together_with_their_reasons(ada: Member, mal: Member) -> None:
    wonder = shown(invite(mal, ada))
    assert wonder and [clue.name for clue in wonder.clues] == ALL
    why = {clue.name: clue.why for clue in wonder.clues}
    assert "far fewer" in why["few"] and "half have" in why["few"] and "2" not in why["few"].split("half")[0]
    assert "São Paulo, Brazil" in why["place"] and HERE in why["place"]
    assert "without a note" in why["note"]
    assert "no summary" in why["thin"]
    assert "“HR Manager”, held now, has no dates." in why["dates"]


@pytest.mark.parametrize(
    "gone", [("few", "place", "note"), ("thin", "dates", "few"), ("note", "thin", "dates")]
)
def test_two_clues_are_shown_to_nobody(ada: Member, mal: Member, gone: tuple[str, ...]) -> None:
    mend(mal, *gone)
    measure()
    assert names(invite(mal, ada, "Hello" if "note" in gone else "")) == []


def test_three_are_enough(ada: Member, mal: Member) -> None:
    mend(mal, "few", "place")
    assert names(invite(mal, ada)) == ["note", "thin", "dates"]


def test_a_place_never_stands_alone(ada: Member, mal: Member) -> None:
    mend(mal, "few", "thin", "dates")
    assert names(invite(mal, ada, "Hello")) == []


def test_whom_the_roster_knows_shows_none(ada: Member, mal: Member) -> None:
    asked = invite(mal, ada)
    assert names(asked) == ALL
    RosterEntry.objects.create(email_hash="x", claimed_by=mal, claimed_at=timezone.now())
    assert names(asked) == []


def test_only_the_one_who_is_invited_and_only_while_it_is_open(ada: Member, bo: Member, mal: Member) -> None:
    asked = invite(mal, ada)
    assert shown(asked, bo) is None and shown(asked, mal) is None
    assert wonders(Viewer(None), [asked], ()) == {}
    decline(asked, ada)
    asked.refresh_from_db()
    assert shown(asked) is None


def test_no_place_is_wondered_about_where_something_ties_the_two(ada: Member, mal: Member) -> None:
    asked = invite(mal, ada)
    assert "place" not in names(asked, tied=(mal.pk,))
    worked = {"title": "Clerk", "organisation": "Acme", "start_year": "1999", "end_year": "2000"}
    actions.add_row(ada, "positions", worked)
    assert "place" not in names(asked)


@pytest.mark.parametrize("place", ["Rio, Brazil", "Brazil"])
def test_who_worked_in_the_others_country_is_not_far(ada: Member, mal: Member, place: str) -> None:
    asked = invite(mal, ada)
    Position.objects.filter(member=ada).update(place=place)
    assert "place" not in names(asked)


def test_a_place_that_names_no_country_says_nothing(ada: Member, mal: Member) -> None:
    Member.objects.filter(pk=mal.pk).update(place="São Paulo")
    mal.refresh_from_db()
    assert "place" not in names(invite(mal, ada))


def test_where_many_live_is_no_far_place(ada: Member, mal: Member, house: list[Member]) -> None:
    Member.objects.filter(pk__in=[one.pk for one in house[1:5]]).update(place="Recife, Brazil")
    measure()
    assert "place" not in names(invite(mal, ada))


def test_what_half_of_the_house_does_is_no_clue(ada: Member, mal: Member, house: list[Member]) -> None:
    Profile.objects.filter(member__in=house[:18]).update(summary="")
    Position.objects.filter(member__in=house[:6]).update(start_year=None)
    measure()
    asked = invite(mal, ada)
    assert names(asked) == ["few", "place", "note", "dates"]
    Position.objects.filter(member__in=house[:18]).update(start_year=None)
    measure()
    assert names(asked) == ["few", "place", "note"]


def test_leaving_the_note_out_is_no_clue_where_half_of_the_senders_do(
    ada: Member, mal: Member, house: list[Member]
) -> None:
    asked = invite(mal, ada)
    target = people(1, "target")[0]
    for number, one in enumerate(house[1:]):
        Invitation.objects.create(sender=one, recipient=target, note="" if number < 12 else "Hello",
                                  expires_at=timezone.now() + timedelta(days=9))  # fmt: skip
    measure()
    assert "note" not in names(asked)


def test_the_median_of_this_house_decides_what_few_is(ada: Member, mal: Member) -> None:
    asked = invite(mal, ada)
    assert "few" in names(asked)
    row = Usual.objects.get()
    row.medians = dict.fromkeys(row.medians, 9)
    row.save()
    assert "few" not in names(asked)


def test_newcomers_are_measured_against_newcomers(ada: Member, mal: Member, house: list[Member]) -> None:
    old = [one.pk for one in house]
    Member.objects.filter(pk__in=old).update(joined_at=timezone.now() - timedelta(days=2_000))
    measure()
    assert "few" not in names(invite(mal, ada))


def test_years_at_work_are_compared_but_an_odd_date_makes_one_clue_alone(
    ada: Member, mal: Member, house: list[Member]
) -> None:
    asked = invite(mal, ada)
    row = Usual.objects.get()
    row.medians = {"here 0": 9, "here 0/work 2": 99}
    row.save()
    assert "few" not in names(asked)
    Position.objects.filter(member=mal, title="HR Analyst").update(start_year=1990, end_year=2025)
    assert "few" in names(asked)
    Position.objects.filter(member=mal, title="HR Analyst").update(start_year=1890)
    assert "few" not in names(asked) and "dates" in names(asked)


def test_two_full_jobs_side_by_side_are_named_as_one_clue(ada: Member, mal: Member) -> None:
    Position.objects.filter(member=mal).delete()
    for employer in ("Oracle", "IBM"):
        row = {
            "title": f"HR at {employer}",
            "organisation": employer,
            "start_year": "2019",
            "end_year": "2023",
        }
        actions.add_row(mal, "positions", row)
    wonder = shown(invite(mal, ada))
    assert wonder and [clue.name for clue in wonder.clues] == ALL
    assert "at Oracle" in wonder.clues[-1].why and "side by side" in wonder.clues[-1].why


def test_who_says_why_when_asked_has_said_why(ada: Member, mal: Member) -> None:
    asked = invite(mal, ada)
    say(asked, ada, "Do we know each other?")
    assert "note" in names(asked)
    say(asked, mal, "From the fair.")
    assert "note" not in names(asked)


@pytest.mark.parametrize("section", ["positions", "summary"])
def test_what_is_hidden_changes_nothing(ada: Member, mal: Member, section: str) -> None:
    actions.write_summary(mal, "I hire for three harbours.")
    asked = invite(mal, ada)
    actions.set_audience(mal, section, "me")
    hidden = shown(asked)
    if section == "positions":
        Position.objects.filter(member=mal).delete()
    else:
        Profile.objects.filter(member=mal).update(summary="")
    assert shown(asked) == hidden


def test_connections_whom_the_viewer_never_meets_count_no_more_than_if_they_were_not(
    ada: Member, mal: Member
) -> None:
    asked, crowd = invite(mal, ada), people(8, "hidden")
    for one in crowd:
        connect(mal, one)
    assert "few" not in names(asked)
    for one in crowd[:4]:
        Block.objects.create(blocker=one, blocked=ada)
    Member.objects.filter(pk__in=[one.pk for one in crowd[4:]]).update(suspended_at=timezone.now())
    assert "few" in names(asked)


def test_what_speaks_for_them_stands_beside(ada: Member, mal: Member, house: list[Member]) -> None:
    friend = house[1]
    connect(friend, mal)
    actions.add_skills(mal, "Hiring, Sailing")
    endorsements.endorse(friend, mal, "Hiring", "We hired together for the harbour")
    keep_address(mal, verified=True)
    asked = invite(mal, ada)
    Member.objects.filter(pk=mal.pk).update(joined_at=timezone.now() - timedelta(days=100))
    asked = Invitation.objects.get(pk=asked.pk)
    wonder = shown(asked)
    assert wonder and wonder.clues[0].name == "place"
    assert wonder.speaks[0] == "Person p 0, whom you know, endorses: Hiring."
    assert "here since" in wonder.speaks[1] and wonder.speaks[2] == "Their e-mail address is confirmed."
    actions.set_audience(mal, "skills", "me")
    again = shown(asked)
    assert again and not any("endorses" in line for line in again.speaks)


def test_a_small_or_unmeasured_house_says_nothing(ada: Member, mal: Member) -> None:
    asked = invite(mal, ada)
    Usual.objects.all().delete()
    assert names(asked) == [] and own_clues(mal) is None
    Member.objects.exclude(pk__in=[ada.pk, mal.pk]).update(suspended_at=timezone.now())
    assert measure() is None and FEWEST > 2


def test_everybody_reads_which_they_show_and_how_to_mend_each(ada: Member, mal: Member) -> None:
    assert own_clues(ada) == []
    invite(mal, ada)
    own = own_clues(mal)
    assert own is not None and [one.name for one in own] == ALL
    assert "2 connections" in own[0].why and "From 3 on" in own[0].mend
    assert all(one.mend for one in own)
    mend(mal, "place", "thin", "dates", "few")
    mal.refresh_from_db()
    alone = own_clues(mal)
    assert alone is not None and [one.name for one in alone] == ["note"]


def test_a_page_asks_as_much_for_many_as_for_one(
    ada: Member, mal: Member, django_assert_max_num_queries: Callable
) -> None:
    asked = [invite(mal, ada), *(invite(one, ada) for one in people(12, "asks"))]
    with django_assert_max_num_queries(16):
        wonders(Viewer(ada), asked, ())
    with django_assert_max_num_queries(16):
        wonders(Viewer(ada), asked[:1], ())
    assert SAMPLE >= 1_000
