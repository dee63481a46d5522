from collections.abc import Callable

from django.test import Client

from kith.contacts.exchange import recount
from kith.contacts.models import Contact
from kith.desk.models import Answer
from kith.members.models import Member
from kith.network.actions.invitations import invite, set_aside
from tests.contacts.acts import contact, said, thread

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}


def waiting(owner: Member, name: str = "Bo Berg") -> Contact:
    person = contact(owner, name)
    said(thread(owner, person), person)
    recount(owner)
    person.refresh_from_db()
    return person


def test_an_empty_day_says_what_to_do_first(ada: Member, signed_in: SignIn) -> None:
    words = signed_in(ada).get("/today/").content.decode()
    assert "First, bring in whom you know" in words
    assert "Try the sample" in words


def test_whoever_asks_to_connect_is_told_before_the_desk_is_full(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    assert "to connect with you" not in client.get("/today/").content.decode()
    invite(bo, ada)
    words = client.get("/today/").content.decode()
    assert "1 person asks to connect with you." in words and 'href="/network/invitations/"' in words
    set_aside(invite(mal, ada), ada)
    assert "1 person asks" in client.get("/today/").content.decode()


def test_each_person_has_one_filled_next_step(ada: Member, signed_in: SignIn) -> None:
    bo = waiting(ada)
    words = signed_in(ada).get("/today/").content.decode()
    assert words.count("btn go") == 1
    assert f"/contacts/{bo.public_id}/?step=waiting#step" in words
    assert "One thing, about 5 minutes." in words
    step = signed_in(ada).get(f"/contacts/{bo.public_id}/?step=waiting").content.decode()
    assert "Bo wrote last." in step


def test_an_answer_gives_the_day_anew_with_an_undo(ada: Member, signed_in: SignIn) -> None:
    bo = waiting(ada)
    client, address = signed_in(ada), f"/today/{bo.public_id}/answer/"
    part = client.post(address, {"kind": "waiting", "answer": "later"}, headers=HTMX).content.decode()
    assert "<html" not in part
    assert "comes back on" in part
    assert "step=waiting" not in part
    plain = client.post(address, {"kind": "waiting", "answer": "done"})
    assert "done." in client.get(plain.url.partition("#")[0]).content.decode()
    client.post(address, {"kind": "waiting", "answer": "undo"})
    assert not Answer.objects.exists()
    assert "step=waiting" in client.get("/today/").content.decode()


def test_an_answer_today_does_not_know_is_refused(ada: Member, signed_in: SignIn) -> None:
    bo = waiting(ada)
    for said_so in ({"kind": "waiting", "answer": "explode"}, {"kind": "x", "answer": "done"}, {}):
        assert signed_in(ada).post(f"/today/{bo.public_id}/answer/", said_so).status_code == 422


def test_nobody_answers_for_another(ada: Member, mal: Member, signed_in: SignIn) -> None:
    bo = waiting(ada)
    response = signed_in(mal).post(f"/today/{bo.public_id}/answer/", {"kind": "waiting", "answer": "done"})
    assert response.status_code == 404
    assert not Answer.objects.exists()


def test_a_full_day_keeps_its_query_ceiling(
    ada: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for number in range(12):
        waiting(ada, f"P{number}")
    client = signed_in(ada)
    with django_assert_max_num_queries(19):  # one of them: how many ask to connect
        words = client.get("/today/").content.decode()
    assert "and 5 more" in words
    assert "Seven things" in words
