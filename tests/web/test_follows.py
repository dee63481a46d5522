"""Following: the button, both lists, their files."""

import csv
import io
from collections.abc import Callable
from time import perf_counter

import pytest
from django.test import Client

from kith.members.models import Member
from kith.network.actions.connections import connect
from kith.network.actions.follows import follow
from kith.network.models import Follow
from tests.network.test_following import consultant

pytestmark = pytest.mark.thorough

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
CEILING = 12  # session, member, blocks, rows of both kinds, counts, degrees, invitations, contacts, the nav


def test_following_says_what_it_brings_and_twice_is_once(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    page = client.get("/people/bo-ferreira/").content.decode()
    assert "puts them on your list; they see that you follow" in page
    for _time in range(2):
        response = client.post("/people/bo-ferreira/follow/", follow=True)
        words = response.content.decode()
        assert "You follow Bo Ferreira: they are on your list, and they see it." in words
    assert Follow.objects.get().follower == ada and "Unfollow" in words
    client.post("/people/bo-ferreira/unfollow/")
    assert not Follow.objects.exists()


def test_the_button_alone_answers_htmx(ada: Member, bo: Member, signed_in: SignIn) -> None:
    words = signed_in(ada).post("/people/bo-ferreira/follow/", headers=HTMX).content.decode()
    assert "<html" not in words and "/people/bo-ferreira/unfollow/" in words and "they see it" in words


def test_nobody_follows_themselves_or_who_hides_from_them(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    assert client.post("/people/ada-lund/follow/").status_code == 404
    client.post("/people/bo-ferreira/block/")
    assert client.post("/people/bo-ferreira/follow/").status_code == 404
    assert client.get("/people/bo-ferreira/follow/").status_code == 405


def test_the_page_reads_976_with_6273_beneath_in_under_a_second(
    ada: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    consultant(ada, 976, 5_297)  # S-12
    client = signed_in(ada)
    client.get("/network/followers/?q=nobody")  # templates are read once a process
    with django_assert_max_num_queries(CEILING):
        began = perf_counter()
        response = client.get("/network/followers/")
        took = perf_counter() - began
    words = response.content.decode()
    assert words.index("976 <small>signed up to follow you") < words.index("6,273 in all, with your 5,297")
    assert "from a profile" in words and "no engagement yet" in words
    assert not any(row.is_connected for row in response.context["page"].rows), "true followers first"
    assert took < 1, f"{took:.2f} s"


def test_the_list_goes_on_keeps_its_place_and_its_action_leaves_it(ada: Member, signed_in: SignIn) -> None:
    consultant(ada, 60, 80)
    client = signed_in(ada)
    page = client.get("/network/followers/").context["page"]
    more = client.get(f"/network/followers/?after={page.after}&show=50", headers=HTMX)
    assert more["HX-Replace-Url"] == "/network/followers/?show=100"
    rows = [row.person.pk for row in (*page.rows, *more.context["page"].rows)]
    back = client.get("/network/followers/?show=100")
    assert [row.person.pk for row in back.context["page"].rows] == rows
    gone = page.rows[3].person
    response = client.post(
        f"/network/followers/{gone.handle}/remove/", {"back": "/network/followers/?show=100"}, headers=HTMX
    )
    said = response.content.decode()
    assert "no longer follows you" in said and "<html" not in said
    assert 'hx-swap-oob="true"><div class="n">59 <small>' in said, "the figure above the list keeps up"
    plain = client.post(
        f"/network/followers/{page.rows[4].person.handle}/remove/", {"back": "/network/followers/?show=100"}
    )
    assert plain.status_code == 302 and plain.url == "/network/followers/?show=100"
    away = client.post(
        f"/network/followers/{page.rows[5].person.handle}/remove/", {"back": "https://evil.example/"}
    )
    assert away.url == "/network/followers/"
    assert Follow.objects.of(ada).count() == 57


def test_typing_gets_the_list_alone(ada: Member, bo: Member, signed_in: SignIn) -> None:
    follow(bo, ada)
    response = signed_in(ada).get("/network/followers/?q=FERRÊ", headers=HTMX)
    words = response.content.decode()
    assert "1 person fits, 1 signed up." in words and "Bo Ferreira" in words and "<html" not in words
    assert "Nobody fits" in signed_in(ada).get("/network/followers/?q=xyzzy").content.decode()


def test_whom_one_follows_can_be_left_in_the_list(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    assert "You follow nobody yet" in client.get("/network/following/").content.decode()
    assert "Nobody follows you yet" in client.get("/network/followers/").content.decode()
    follow(ada, bo)
    words = client.get("/network/following/").content.decode()
    assert "1 <small>you signed up to follow" in words and "Unfollow" in words


def test_the_file_holds_everybody_and_runs_nothing(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    Member.objects.filter(pk=bo.pk).update(headline='=HYPERLINK("https://evil.example")')
    follow(bo, ada)
    connect(ada, mal)
    response = signed_in(ada).get("/network/followers/followers.csv")
    assert response["Content-Type"].startswith("text/csv") and "attachment" in response["Content-Disposition"]
    _heads, first, second = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert first[0] == "Bo Ferreira" and first[2].startswith("'=HYPERLINK") and first[4] == "signed up"
    assert second[0] == "Mal Grey" and second[3:5] == ["1", "connected"]


@pytest.mark.parametrize("asked", ["order=email", "q=a&follower__email=b"])
def test_only_listed_keys_are_taken(asked: str, ada: Member, signed_in: SignIn) -> None:
    assert signed_in(ada).get(f"/network/followers/?{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["show=²", "after=x", "since=9999999", "kind=all", "q=%25"])
def test_odd_wishes_are_no_wish(asked: str, ada: Member, signed_in: SignIn) -> None:
    assert signed_in(ada).get(f"/network/followers/?{asked}").status_code == 200


def test_a_thousand_rows_take_no_more_questions_than_one(
    ada: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    consultant(ada, 300, 400)
    client = signed_in(ada)
    with django_assert_max_num_queries(CEILING):
        assert len(client.get("/network/followers/?show=1000").context["page"].rows) == 700
