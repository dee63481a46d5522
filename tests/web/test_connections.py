"""The list of connections, somebody else's, and what a member lets others do."""

from collections.abc import Callable, Iterable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from kith.contacts.models import Contact
from kith.members.models import Member
from kith.network.actions.blocks import block
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.models import NetworkChoices
from tests.network.circle import people
from tests.network.test_following import consultant

pytestmark = pytest.mark.thorough

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
CEILING = 11


def found_by_email(member: Member) -> None:
    EmailAddress.objects.update_or_create(
        user=member, email=member.email, defaults={"verified": True, "primary": True}
    )
    choose(member, found_by_email=True)


def names(client: Client, asked: str = "") -> list[str]:
    rows: Iterable = client.get(f"/network/connections/?{asked}").context["page"].rows
    return [row.other.name for row in rows]


@pytest.fixture
def three(ada: Member) -> list[Member]:
    """Connections of Ada's: the first a contact she spoke with, the second one she wrote to, the third unknown."""
    found = people(3)
    for one in found:
        connect(ada, one)
        found_by_email(one)
    spoken = {"last_talk_on": "2026-01-05", "in_touch_on": "2026-01-05", "talk_count": 1}
    Contact.objects.create(owner=ada, name="P", email="P0@example.org", slug="a", **spoken)
    Contact.objects.create(owner=ada, name="Q", email="p1@example.org", slug="b", in_touch_on="2026-05-05")
    return found


def test_connections_are_sorted_by_age_name_and_last_exchange(
    ada: Member, three: list[Member], signed_in: SignIn
) -> None:
    client = signed_in(ada)
    first, second, third = (one.name for one in three)
    assert names(client) == [third, second, first]
    assert names(client, "sort=name") == [first, second, third]
    assert names(client, "sort=touch") == [second, first, third]
    assert names(client, "network=a") == [first] and names(client, "network=b") == [second]
    assert names(client, "q=person+p+2") == [third]
    words = client.get("/network/connections/").content.decode()
    assert "A network: you have spoken" in words and "B network: not spoken yet" in words


def test_nobody_is_matched_who_did_not_choose_to_be_found(
    ada: Member, three: list[Member], signed_in: SignIn
) -> None:
    choose(three[0], found_by_email=False)
    EmailAddress.objects.filter(user=three[1]).update(verified=False)
    words = signed_in(ada).get("/network/connections/").content.decode()
    assert "last exchange" not in words.split("<ul", 1)[1] and names(signed_in(ada), "network=a") == []


@pytest.mark.parametrize("sort", ["since", "name", "touch"])
def test_pages_go_on_where_the_last_ended(sort: str, ada: Member, signed_in: SignIn) -> None:
    consultant(ada, 0, 120)
    for number, one in enumerate(Member.objects.exclude(pk=ada.pk).order_by("pk")[:60]):
        found_by_email(one)
        Contact.objects.create(
            owner=ada,
            name="x",
            slug=str(number),
            email=one.email,
            in_touch_on=f"2025-01-{number // 3 + 1:02}",
        )
    client = signed_in(ada)
    asked = f"sort={sort}&show=120"
    everybody = names(client, asked)
    assert len(set(everybody)) == 120
    page = client.get(f"/network/connections/?sort={sort}").context["page"]
    seen = [row.other.name for row in page.rows]
    while page.after:
        more = client.get(
            f"/network/connections/?sort={sort}&after={page.after}&show={len(seen)}", headers=HTMX
        )
        page = more.context["page"]
        seen += [row.other.name for row in page.rows]
    assert seen == everybody


def test_an_empty_list_says_what_to_do_first(ada: Member, signed_in: SignIn) -> None:
    assert "You are connected with nobody yet" in signed_in(ada).get("/network/connections/").content.decode()


def test_hundreds_of_rows_take_no_more_questions_than_one(
    ada: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    consultant(ada, 0, 600)
    client = signed_in(ada)
    for sort in ("since", "name", "touch"):
        with django_assert_max_num_queries(CEILING):
            assert len(client.get(f"/network/connections/?show=500&sort={sort}").context["page"].rows) == 500


def test_somebodys_connections_are_read_by_whom_they_choose(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    connect(ada, bo)
    address, friend, stranger = "/people/ada-lund/connections/", signed_in(bo), signed_in(mal)
    assert (friend.get(address).status_code, stranger.get(address).status_code) == (200, 404)
    choose(ada, may_browse="members")
    assert (friend.get(address).status_code, stranger.get(address).status_code) == (200, 200)
    choose(ada, may_browse="nobody")
    assert (friend.get(address).status_code, stranger.get(address).status_code) == (404, 404)
    assert signed_in(ada).get(address).url == "/network/connections/"


def test_whoever_appears_in_no_path_or_behind_a_block_is_in_nobodys_list(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    shy, hidden, plain = people(3)
    for one in (bo, shy, hidden, plain):
        connect(ada, one)
    choose(shy, in_paths=False)
    block(hidden, bo)
    Member.objects.filter(pk=plain.pk).update(suspended_at=timezone.now())
    words = signed_in(bo).get("/people/ada-lund/connections/").content.decode()
    assert [row.pk for row in signed_in(bo).get("/people/ada-lund/connections/").context["page"].rows] == [
        bo.pk
    ]
    assert "1 person you may see" in words
    choose(ada, may_browse="members")
    assert len(signed_in(mal).get("/people/ada-lund/connections/").context["page"].rows) == 2


def test_whom_both_know_is_a_list_whatever_either_lets_others_read(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """As many as the profile says, by name; without blocked and suspended people and whoever appears in no path."""
    found = people(5)
    for one in found:
        connect(ada, one)
        connect(bo, one)
    choose(bo, may_browse=NetworkChoices.Browse.NOBODY)
    choose(found[0], in_paths=False)
    block(found[1], ada)
    Member.objects.filter(pk=found[4].pk).update(suspended_at=timezone.now())
    client = signed_in(ada)
    page = client.get(f"/people/{bo.handle}/").content.decode()
    assert "2 mutual connections" in page and f"/people/{bo.handle}/in-common/" in page
    listed = client.get(f"/people/{bo.handle}/in-common/").context["page"].rows
    assert [one.name for one in listed] == [found[2].name, found[3].name]
    narrowed = client.get(f"/people/{bo.handle}/in-common/?q=person+p+3").context["page"].rows
    assert [one.name for one in narrowed] == [found[3].name]
    assert client.get(f"/people/{ada.handle}/in-common/").status_code == 404


def test_a_connection_is_ended_from_the_profile_after_a_page_that_says_what_it_means(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    connect(ada, bo)
    client = signed_in(ada)
    profile = client.get("/people/bo-ferreira/").content.decode()
    assert "/people/bo-ferreira/disconnect/" in profile and "/people/bo-ferreira/connections/" in profile
    assert "They are told nothing" in client.get("/people/bo-ferreira/disconnect/").content.decode()
    response = client.post("/people/bo-ferreira/disconnect/", follow=True)
    assert "no longer connected" in response.content.decode() and names(client) == []
    assert client.get("/people/bo-ferreira/disconnect/").status_code == 404
    assert "disconnect" not in response.content.decode()


def test_choices_are_kept_as_ticked(ada: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    EmailAddress.objects.filter(user=ada).update(verified=False)
    chosen = {
        "may_browse": "members",
        "may_invite": "mutual",
        "openness": "  Gladly ",
        "found_by_email": "on",
    }
    assert client.post("/settings/network/", chosen).status_code == 302
    own = NetworkChoices.objects.get(member=ada)
    assert (own.may_browse, own.may_invite, own.openness) == ("members", "mutual", "Gladly")
    assert own.found_by_email and not own.in_paths and not own.may_be_suggested
    words = client.get("/settings/network/").content.decode()
    assert 'value="Gladly"' in words and "Your address is not confirmed yet" in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"openness": "x" * 201}, "200"),
        ({"may_browse": "all"}, "please choose"),
        ({"may_invite": ""}, "please choose"),
    ],
)
def test_a_refused_choice_keeps_what_was_typed_and_writes_nothing(
    change: dict[str, str], said: str, ada: Member, signed_in: SignIn
) -> None:
    chosen = {"may_browse": "members", "may_invite": "mutual", "openness": "Gladly", **change}
    response = signed_in(ada).post("/settings/network/", chosen)
    assert response.status_code == 422 and said in response.content.decode()
    assert chosen["openness"] in response.content.decode()
    assert not NetworkChoices.objects.filter(member=ada).exists()
