from datetime import date

import pytest

from kith.contacts.models import Contact, Talk
from kith.contacts.when import remember
from kith.core.refusal import Refused
from kith.desk import backfill
from kith.desk.actions import answer_card, skip_no_more, undo_card
from kith.members.policy import Viewer
from tests.contacts.acts import contact, member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def test_cards_come_most_exchanged_first_and_ask_nobody_spoken_with_let_go_or_nameless():
    ada = member()
    contact(ada, "Little", sent_count=1, received_count=1)
    contact(ada, "Campaign of mine", sent_count=40)
    contact(ada, "Much", sent_count=9, received_count=8)
    contact(ada, "Spoken", sent_count=9, received_count=9, talk_count=1)
    contact(ada, "Gone", sent_count=9, received_count=9, let_go_at="2026-01-01T00:00:00Z")
    contact(ada, "", sent_count=9, received_count=9)
    asked = [person.name for person in backfill.to_ask(Viewer(ada))]
    assert asked == ["Much", "Little", "Campaign of mine"]


def test_having_spoken_makes_an_a_contact_and_the_next_card_comes():
    ada = member()
    contact(ada, "Much", sent_count=9, received_count=8)
    contact(ada, "Little", sent_count=1, received_count=1)
    deck = backfill.deck(Viewer(ada))
    assert (deck.contact.name, deck.place, deck.of) == ("Much", 1, 2)
    answer_card(deck.contact, "spoken", talk_kind="meeting", when=remember("2024", today=TODAY), today=TODAY)
    assert Contact.objects.get(name="Much").is_a
    deck = backfill.deck(Viewer(ada))
    assert (deck.contact.name, deck.place, deck.of, deck.spoken) == ("Little", 2, 2, 1)


def test_not_yet_and_skip_promote_nobody_and_skipped_cards_can_come_again():
    ada = member()
    bo, cy = contact(ada, "Bo", sent_count=2), contact(ada, "Cy", sent_count=1)
    answer_card(bo, "not_yet")
    answer_card(cy, "skipped")
    deck = backfill.deck(Viewer(ada))
    assert (deck.contact, deck.answered, deck.of, deck.skipped) == (None, 2, 2, 1)
    assert not Contact.objects.in_a_network().exists()
    assert skip_no_more(ada) == 1
    assert backfill.deck(Viewer(ada)).contact == cy


def test_undo_takes_the_answer_and_its_talk_back():
    ada = member()
    bo = contact(ada, sent_count=2)
    card = answer_card(bo, "spoken", talk_kind="call", when=remember("2024", "5", today=TODAY), today=TODAY)
    undo_card(card)
    assert not Talk.objects.exists()
    assert not Contact.objects.get(pk=bo.pk).is_a
    assert backfill.deck(Viewer(ada)).contact == bo


def test_a_second_answer_to_the_same_card_logs_no_second_talk():
    bo = contact(member(), sent_count=2)
    when = remember("2024", today=TODAY)
    answer_card(bo, "spoken", talk_kind="call", when=when, today=TODAY)
    with pytest.raises(Refused):
        answer_card(bo, "spoken", talk_kind="call", when=when, today=TODAY)
    assert Talk.objects.count() == 1


def test_a_run_has_fifty_cards_and_a_rest_at_its_end():
    ada = member()
    people = [contact(ada, f"P{number}", sent_count=number + 1) for number in range(60)]
    for person in people[10:]:
        answer_card(person, "not_yet")
    deck = backfill.deck(Viewer(ada))
    assert deck.is_rest
    assert (deck.place, deck.of) == (1, 10)


def test_the_year_chosen_beforehand_is_that_of_the_last_exchange():
    ada = member()
    bo = contact(ada, in_touch_on=date(2024, 5, 1), connected_on=date(2012, 1, 1))
    assert backfill.likely_year(bo, TODAY) == 2024
    assert backfill.years(bo, TODAY)[0] == 2026
    assert 2024 in backfill.years(bo, TODAY)
