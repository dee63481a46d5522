"""Forms sent twice, one after the other and at once."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from kith.contacts.models import Contact, Note
from kith.core import once
from kith.core.models import AnsweredForm
from kith.core.once import Answer, Form, SentOtherwise, StillAnswering
from kith.members.models import Member
from tests.cast import BACKEND

NONCE = "a-nonce-of-some-length"


def form(**other: object) -> Form:
    return Form(**{"who": "member 1", "path": "/x/", "nonce": NONCE, "content": b"a", **other})  # type: ignore[arg-type]


@pytest.fixture
def note_address(ada: Member) -> str:
    person = Contact.objects.create(owner=ada, name="Bea", sort_name="bea", slug="bea")
    return f"/contacts/{person.public_id}/notes/"


def browser(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


@pytest.mark.django_db
def test_only_the_first_sending_claims_a_form() -> None:
    assert once.claim(form())
    assert not once.claim(form())
    assert once.claim(form(who="member 2"))
    assert once.claim(form(path="/y/"))


@pytest.mark.django_db
def test_the_second_sending_gets_the_first_ones_answer() -> None:
    once.claim(form())
    with pytest.raises(StillAnswering):
        once.first_answer(form(), patience=0)
    once.keep(form(), Answer(302, {"Location": "/there/"}, ""))
    assert once.first_answer(form()) == Answer(302, {"Location": "/there/"}, "")
    with pytest.raises(SentOtherwise):
        once.first_answer(form(content=b"b"))


@pytest.mark.django_db
def test_answers_are_sealed_with_the_nonce() -> None:
    once.claim(form())
    once.keep(form(), Answer(200, {}, "a very private note"))
    row = AnsweredForm.objects.get()
    assert "private" not in str(row.answer)
    assert NONCE not in f"{row.key} {row.answer}"


@pytest.mark.django_db
def test_a_freed_form_may_be_sent_again_and_old_ones_are_swept() -> None:
    once.claim(form())
    once.free(form())
    assert once.first_answer(form()) is None
    assert once.claim(form())
    AnsweredForm.objects.update(sent_at="2020-01-01T00:00Z")
    assert once.sweep() == 1


def test_a_form_sent_twice_writes_once_and_answers_alike(ada: Member, note_address: str) -> None:
    client = browser(ada)
    typed = {"text": "Likes tea", "once": NONCE}
    first, second = client.post(note_address, typed), client.post(note_address, typed)
    assert Note.objects.count() == 1
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    other = client.post(note_address, {"text": "Likes coffee", "once": NONCE})
    assert other.status_code == 409
    assert Note.objects.count() == 1


def test_htmx_gets_the_same_part_twice(ada: Member, note_address: str) -> None:
    client = browser(ada)
    answers = [
        client.post(
            note_address, {"text": "Likes tea"}, headers={"Idempotency-Key": NONCE, "HX-Request": "true"}
        )
        for _ in range(2)
    ]
    assert answers[0].content == answers[1].content
    assert b"Likes tea" in answers[1].content
    assert Note.objects.count() == 1


def test_a_refused_form_is_sent_again_under_its_nonce(ada: Member, note_address: str) -> None:
    client = browser(ada)
    assert client.post(note_address, {"text": "", "once": NONCE}).status_code == 422
    assert client.post(note_address, {"text": "Likes tea", "once": NONCE}).status_code == 302


def test_anothers_nonce_is_ones_own_form(ada: Member, bo: Member, note_address: str) -> None:
    typed = {"text": "Likes tea", "once": NONCE}
    assert browser(ada).post(note_address, typed).status_code == 302
    assert browser(bo).post(note_address, typed).status_code == 404


@pytest.mark.parametrize(
    "from_page", ["http://testserver//evil.example/x", "http://testserver////evil.example/x"]
)
def test_the_way_back_stays_on_this_host(ada: Member, note_address: str, from_page: str) -> None:
    client = browser(ada)
    client.post(note_address, {"text": "Likes tea", "once": NONCE})
    answer = client.post(note_address, {"text": "Another", "once": NONCE}, headers={"Referer": from_page})
    assert answer.status_code == 409
    assert 'href="/evil.example/x"' in answer.content.decode()
    assert 'href="//' not in answer.content.decode()


def test_a_forged_form_claims_nothing(ada: Member, note_address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, backend=BACKEND)
    assert client.post(note_address, {"text": "x", "once": NONCE}).status_code == 403
    assert not AnsweredForm.objects.exists()


def test_a_form_without_a_word_in_it_is_answered_once_too(ada: Member, bo: Member) -> None:
    client = browser(ada)
    for _time in range(2):
        answer = client.post("/people/bo-ferreira/follow/", headers={"Idempotency-Key": NONCE})
        assert answer.status_code == 302, "an empty form in parts is one that has been read"
    assert AnsweredForm.objects.count() == 1


@pytest.mark.parametrize("nonce", ["short", "with blanks in between it", "é" * 20, "x" * 201])
def test_a_nonce_that_is_none_is_refused(nonce: str, ada: Member, note_address: str) -> None:
    assert browser(ada).post(note_address, {"text": "x", "once": nonce}).status_code == 400
    assert not Note.objects.exists()


@pytest.fixture
def emptied(transactional_db: None) -> Iterator[None]:
    yield


def at_once(count: int, act: object) -> list[object]:
    """Run `act` in so many threads that start together; what each returned."""
    barrier, got = threading.Barrier(count), []

    def run() -> None:
        try:
            barrier.wait()
            got.append(act())  # type: ignore[operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.mark.parametrize("_turn", range(5))
def test_of_many_sendings_at_once_one_is_acted_on(
    _turn: int, emptied: None, ada: Member, note_address: str
) -> None:
    client = browser(ada)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def send() -> tuple[int, str]:
        one = Client()
        one.cookies.load(cookies)
        answer = one.post(note_address, {"text": "Likes tea", "once": NONCE})
        return answer.status_code, answer.headers.get("Location", "")

    got = at_once(6, send)
    assert len(got) == 6
    assert len(set(got)) == 1
    assert got[0][0] == 302  # type: ignore[index]
    assert Note.objects.count() == 1
