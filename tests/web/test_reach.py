"""My reach and the company page: the arithmetic beside the truth, and who opens the door."""

from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from kith.contacts.models import Contact
from kith.members.models import Member, Organisation
from kith.members.organisations import find_or_make
from kith.network import adjacency
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect
from kith.network.models import Connection
from kith.profiles.models import Audience, Position, Profile
from tests.network.circle import people
from tests.network.test_following import consultant
from tests.web.test_connections import found_by_email

pytestmark = pytest.mark.thorough

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
CEILING = 19


def work_at(members: Iterable[Member], name: str, **more: object) -> Organisation:
    company = find_or_make(name)
    Position.objects.bulk_create(
        Position(member=member, title="Planner", organisation=company, **more) for member in members
    )
    return company


def wire(pairs: Iterable[tuple[Member, Member]]) -> None:
    Connection.objects.bulk_create(
        Connection(low_id=min(one.pk, other.pk), high_id=max(one.pk, other.pk)) for one, other in pairs
    )
    adjacency.rebuild()


@pytest.fixture
def intel(ada: Member) -> Organisation:
    """Three of Ada's connections work there, and 56 people they know; the second of the three is an A."""
    consultant(ada, 0, 0)
    crowd = people(59)
    three, others = crowd[:3], crowd[3:]
    pairs = [(ada, one) for one in three]
    pairs += [(three[number % 3], other) for number, other in enumerate(others)]
    wire([*pairs, (three[0], others[1])])
    found_by_email(three[1])
    Contact.objects.create(
        owner=ada, name="x", email=three[1].email, slug="x", last_talk_on="2026-01-01", sent_count=3
    )
    return work_at(crowd, "Intel")


def test_those_of_mine_at_a_company_are_offered_as_ways_to_the_others_a_before_b(
    ada: Member, intel: Organisation, signed_in: SignIn
) -> None:
    """S-40, with a hundredth of its second degree."""
    response = signed_in(ada).get(f"/companies/{intel.public_id}/")
    reached = response.context["reached"]
    assert (reached.here, reached.first_count, reached.second_count) == (59, 3, 56)
    assert [one.member.email for one in reached.connectors] == [f"p{n}@example.org" for n in (1, 0, 2)]
    assert [one.is_a for one in reached.connectors] == [True, False, False]
    assert all(one.works_here for one in reached.connectors)
    assert sum(one.knows for one in reached.connectors) == 57
    assert reached.ways[0].count == 2 and len(reached.ways[0].through) == 2
    words = response.content.decode()
    assert "works here" in words and "3 messages between you" in words


def test_whoever_of_mine_here_opens_no_door_stands_apart(ada: Member, signed_in: SignIn) -> None:
    crowd = people(13)
    doors, lone, far = crowd[:11], crowd[11], crowd[12]
    wire([(ada, one) for one in (*doors, lone)] + [(one, far) for one in doors])
    company = work_at([lone, far, doors[0]], "Corvane")
    response = signed_in(ada).get(f"/companies/{company.public_id}/")
    assert response.context["reached"].others == [lone]
    words = response.content.decode()
    assert "The next 3" in words and words.index(doors[10].name) < words.index(
        "who connect you to nobody else"
    )
    assert all(one.pk in response.context["near"] for one in (*doors, lone, far))


def test_a_company_is_found_by_its_name_where_somebody_seen_works(
    ada: Member, intel: Organisation, bo: Member, signed_in: SignIn
) -> None:
    Position.objects.create(member=bo, title="Spy", organisation=find_or_make("Intelligence Bureau"))
    Profile.objects.create(member=bo, audiences={"positions": Audience.ME})
    words = signed_in(ada).get("/network/reach/?company=INTÉL").content.decode()
    assert f'href="/companies/{intel.public_id}/"' in words and "Intelligence" not in words
    assert "Nobody you see here works" in signed_in(ada).get("/network/reach/?company=xyzzy").content.decode()


def test_where_nobody_shows_that_they_work_there_is_no_company(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    company = work_at([bo], "Corvane")
    address = f"/companies/{company.public_id}/"
    client = signed_in(ada)
    assert client.get(address).status_code == 200
    Profile.objects.create(member=bo, audiences={"positions": Audience.ME})
    assert client.get(address).status_code == 404
    Profile.objects.all().delete()
    block(bo, ada)
    assert client.get(address).status_code == 404


def test_a_merged_company_leads_to_the_one_that_stands(ada: Member, bo: Member, signed_in: SignIn) -> None:
    merged, stands = work_at([bo], "Corvane Ltd"), find_or_make("Corvane")
    Organisation.objects.filter(pk=merged.pk).update(merged_into=stands)
    response = signed_in(ada).get(f"/companies/{merged.public_id}/", follow=True)
    assert response.redirect_chain and [row.pk for row in response.context["page"].rows] == [bo.pk]


def test_the_arithmetic_stands_beside_the_true_number(ada: Member, signed_in: SignIn) -> None:
    crowd = people(14)
    mine, theirs = crowd[:4], crowd[4:]
    wire([(ada, one) for one in mine] + [(one, other) for one in mine for other in theirs])
    work_at(theirs[:6], "Novamed")
    Position.objects.filter(member=theirs[0]).update(end_year=2020)
    Member.objects.filter(pk__in=[theirs[1].pk, mine[0].pk]).update(place="Oslo")
    response = signed_in(ada).get("/network/reach/")
    words = response.content.decode()
    assert "4 connections × 11 each on average: up to 44 people two steps away." in words
    assert "10 <small>of up to 44" in words
    groups = response.context["groups"]
    assert [(one.name, one.first, one.second) for one in groups.companies] == [("Novamed", 0, 5)]
    assert [(one.name, one.first, one.second) for one in groups.places] == [("Oslo", 1, 1)]
    assert [(one.name, one.second) for one in groups.titles] == [("Planner", 5)]


@pytest.mark.slow
def test_500_connections_with_500_each_are_up_to_250000(ada: Member, signed_in: SignIn) -> None:
    """The arithmetic of S-40 and CON-02, beside how many they truly are."""
    consultant(ada, 0, 1_000)
    crowd = list(Member.objects.exclude(pk=ada.pk).order_by("pk"))
    mine, theirs = crowd[:500], crowd[500:999]
    Connection.objects.all().delete()
    wire([(ada, one) for one in mine] + [(one, other) for one in mine for other in theirs])
    client = signed_in(ada)
    words = client.get("/network/reach/").content.decode()
    assert "500 connections × 500 each on average: up to 250,000 people two steps away." in words
    assert "takes a moment" in words and "/network/reach/?count=1" in words
    counted = client.get("/network/reach/?count=1", headers=HTMX).content.decode()
    assert "499 <small>of up to 250,000" in counted and "<html" not in counted
    assert "<html" in client.get("/network/reach/?count=1").content.decode()


def test_without_connections_the_page_says_where_to_begin(ada: Member, signed_in: SignIn) -> None:
    assert "Your reach begins with one connection" in signed_in(ada).get("/network/reach/").content.decode()


def test_whoever_appears_in_no_path_connects_nobody(ada: Member, signed_in: SignIn) -> None:
    from kith.network.actions.choices import choose

    via, far = people(2)
    connect(ada, via)
    connect(via, far)
    company = work_at([far], "Corvane")
    reached = signed_in(ada).get(f"/companies/{company.public_id}/").context["reached"]
    assert [one.member for one in reached.connectors] == [via] and reached.second_count == 1
    choose(via, in_paths=False)
    reached = signed_in(ada).get(f"/companies/{company.public_id}/").context["reached"]
    assert not reached.connectors and reached.second_count == 0


def test_many_people_take_no_more_questions(
    ada: Member, intel: Organisation, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(ada)
    with django_assert_max_num_queries(CEILING):
        client.get(f"/companies/{intel.public_id}/")
    with django_assert_max_num_queries(CEILING):
        client.get("/network/reach/?company=intel")
