from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.contacts.models import Contact, Note, Talk
from kith.desk.models import Answer, Card
from kith.members.models import Member
from tests.contacts.acts import contact

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}


def tomorrow() -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=1)
    return {"year": str(day.year), "month": str(day.month), "day": str(day.day)}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (tomorrow(), "When: that day has not come yet"),
        ({"notes": "x" * 10_000}, "Notes: at most 5,000 characters; this has 10,000."),
        ({"year": ""}, "When: please give"),
        ({"kind": "letter"}, "How: a call, a meeting or a video talk?"),
    ],
)
def test_a_refused_talk_is_one_sentence_and_keeps_what_was_typed(
    change: dict[str, str], says: str, ada: Member, signed_in: SignIn
) -> None:
    bo = contact(ada)
    typed = {"kind": "video", "year": "2024", "notes": "About the harbour"} | change
    response = signed_in(ada).post(f"/contacts/{bo.public_id}/talks/", typed)
    words = response.content.decode()
    assert response.status_code == 422
    assert says in words
    assert typed["notes"] in words
    assert not Talk.objects.exists()


def test_a_nul_never_reaches_the_database(ada: Member, signed_in: SignIn) -> None:
    bo = contact(ada)
    client, address = signed_in(ada), f"/contacts/{bo.public_id}/notes/"
    urlencoded = "application/x-www-form-urlencoded"
    assert client.post(address, "text=a%00b", content_type=urlencoded).status_code == 400
    client.post(address, {"text": "a\x00b"})
    assert Note.objects.get().text == "ab"
    assert (
        client.post("/contacts/back-fill/answer/", {"contact": "\x00", "answer": "call"}).status_code == 404
    )
    assert client.post(f"/contacts/{bo.public_id}/merge/", {"other": "\x00"}).status_code == 404


def test_notes_are_written_kept_when_refused_and_erased(ada: Member, signed_in: SignIn) -> None:
    bo = contact(ada)
    client, address = signed_in(ada), f"/contacts/{bo.public_id}/notes/"
    assert "Note: there is nothing in it yet." in client.post(address, {"text": " "}).content.decode()
    client.post(address, {"text": "Likes tea"})
    note = Note.objects.get()
    assert "Likes tea" in client.get(f"/contacts/{bo.public_id}/").content.decode()
    client.post(f"{address}erase/", {"note": str(note.pk)})
    assert not Note.objects.exists()


def test_anothers_talks_and_notes_cannot_be_erased(ada: Member, mal: Member, signed_in: SignIn) -> None:
    bo, mine = contact(ada), contact(mal)
    hers = signed_in(ada)
    hers.post(f"/contacts/{bo.public_id}/talks/", {"kind": "call", "year": "2024"})
    hers.post(f"/contacts/{bo.public_id}/notes/", {"text": "Private"})
    client = signed_in(mal)
    for what, row in (("talks", Talk.objects.get()), ("notes", Note.objects.get())):
        response = client.post(f"/contacts/{mine.public_id}/{what}/erase/", {what[:-1]: str(row.pk)})
        assert response.status_code == 404
    assert Talk.objects.count() == Note.objects.count() == 1


def test_a_talk_logged_from_a_step_of_today_answers_it(ada: Member, signed_in: SignIn) -> None:
    bo = contact(ada)
    typed = {"kind": "call", "year": "2024", "step": "quiet"}
    signed_in(ada).post(f"/contacts/{bo.public_id}/talks/", typed)
    assert Answer.objects.get().kind == "quiet"


def test_a_card_is_answered_by_one_press_and_undone_by_another(ada: Member, signed_in: SignIn) -> None:
    bo = contact(ada, "Bo Berg", sent_count=3, received_count=3)
    contact(ada, "Cy Dahl", sent_count=1)
    client = signed_in(ada)
    page = client.get("/contacts/back-fill/").content.decode()
    assert "Bo Berg" in page
    assert "1 of 2" in page
    pressed = {"contact": bo.public_id, "answer": "meeting", "year": "2024", "month": "5"}
    part = client.post("/contacts/back-fill/answer/", pressed, headers=HTMX).content.decode()
    assert "Cy Dahl" in part
    assert "2 of 2" in part
    assert "<html" not in part
    assert Contact.objects.get(pk=bo.pk).is_a
    assert client.post("/contacts/back-fill/undo/").status_code == 302
    assert not Contact.objects.get(pk=bo.pk).is_a
    assert not Card.objects.exists()


@pytest.mark.parametrize("answer", ["call", "spoken", "", "nonsense"])
def test_a_card_without_a_year_or_with_an_unknown_answer_is_refused(
    answer: str, ada: Member, signed_in: SignIn
) -> None:
    bo = contact(ada, sent_count=1)
    response = signed_in(ada).post("/contacts/back-fill/answer/", {"contact": bo.public_id, "answer": answer})
    assert response.status_code == 422
    assert not Talk.objects.exists()


def test_fifty_cards_keep_their_query_ceiling(
    ada: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for number in range(60):
        contact(ada, f"P{number}", sent_count=number)
    client = signed_in(ada)
    with django_assert_max_num_queries(8):
        client.get("/contacts/back-fill/")
