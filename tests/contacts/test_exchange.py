from datetime import date, timedelta

import pytest

from kith.contacts.exchange import recount
from tests.contacts.acts import START, contact, member, said, talk, thread

pytestmark = pytest.mark.django_db


def test_messages_both_ways_are_counted_with_first_and_last():
    ada = member()
    bo = contact(ada)
    with_bo = thread(ada, bo)
    said(with_bo, None, 0)
    said(with_bo, bo, 3)
    said(with_bo, bo, 5)
    recount(ada)
    bo.refresh_from_db()
    assert (bo.sent_count, bo.received_count) == (1, 2)
    assert bo.first_exchange_at == START
    assert bo.last_exchange_at == START + timedelta(days=5)
    assert bo.last_exchange_outgoing is False


def test_a_sponsored_conversation_counts_for_nobody():
    ada = member()
    bo = contact(ada)
    said(thread(ada, bo, is_sponsored=True), bo)
    recount(ada)
    bo.refresh_from_db()
    assert (bo.received_count, bo.last_exchange_at) == (0, None)


def test_in_a_group_only_what_the_person_wrote_counts():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    group = thread(ada, bo, cy, is_group=True)
    said(group, None, 0)
    said(group, bo, 1)
    recount(ada)
    bo.refresh_from_db()
    cy.refresh_from_db()
    assert (bo.sent_count, bo.received_count) == (0, 1)
    assert (cy.sent_count, cy.received_count, cy.last_exchange_at) == (0, 0, None)


def test_a_merged_contact_counts_with_the_one_it_stands_behind_through_a_chain():
    ada = member()
    bo = contact(ada, "Bo")
    robert = contact(ada, "Robert", merged_into=bo)
    bob = contact(ada, "Bob", merged_into=robert)
    said(thread(ada, bo), None, 0)
    said(thread(ada, robert), robert, 1)
    talk(bob, date(2026, 2, 1))
    recount(ada, [bob.pk])
    for each in (bo, robert, bob):
        each.refresh_from_db()
    assert (bo.sent_count, bo.received_count, bo.talk_count) == (1, 1, 1)
    assert bo.last_talk_on == date(2026, 2, 1)
    assert (robert.received_count, bob.talk_count) == (0, 0)


def test_a_conversation_with_two_faces_of_one_person_is_counted_once():
    ada = member()
    bo = contact(ada, "Bo")
    robert = contact(ada, "Robert", merged_into=bo)
    said(thread(ada, bo, robert), None)
    recount(ada)
    bo.refresh_from_db()
    assert bo.sent_count == 1


def test_messages_promote_nobody_only_a_talk_does():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    with_bo = thread(ada, bo)
    for day in range(40):
        said(with_bo, bo if day % 2 else None, day)
    talk(cy)
    recount(ada)
    bo.refresh_from_db()
    cy.refresh_from_db()
    assert not bo.is_a
    assert cy.is_a


def test_counting_again_changes_nothing_and_what_is_gone_is_no_longer_counted():
    ada = member()
    bo = contact(ada)
    held = talk(bo)
    said(thread(ada, bo), bo)
    assert recount(ada) == 1
    assert recount(ada) == 0
    held.delete()
    recount(ada, [bo.pk])
    bo.refresh_from_db()
    assert (bo.talk_count, bo.last_talk_on, bo.received_count) == (0, None, 1)


def test_another_owner_is_left_alone():
    ada, eve = member("Ada"), member("Eve")
    hers = contact(eve)
    said(thread(eve, hers), hers)
    recount(ada)
    hers.refresh_from_db()
    assert hers.received_count == 0


def test_whoever_wrote_last_in_a_conversation_of_two_waits_since_then():
    ada = member()
    bo, cy, dee = contact(ada, "Bo"), contact(ada, "Cy"), contact(ada, "Dee")
    with_bo, with_cy = thread(ada, bo), thread(ada, cy)
    group = thread(ada, cy, dee, is_group=True)
    said(with_bo, None, 0)
    said(with_bo, bo, 4)
    said(with_cy, cy, 0)
    said(with_cy, None, 4)
    said(group, cy, 6)
    said(group, dee, 7)
    recount(ada)
    for each in (bo, cy, dee):
        each.refresh_from_db()
    assert bo.wrote_last_at == START + timedelta(days=4)
    assert cy.wrote_last_at is None
    assert dee.wrote_last_at is None


def test_in_touch_is_the_later_of_message_and_talk():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    said(thread(ada, bo), bo, 0)
    talk(bo, date(2026, 3, 1))
    said(thread(ada, cy), cy, 90)
    talk(cy, date(2026, 3, 1))
    recount(ada)
    bo.refresh_from_db()
    cy.refresh_from_db()
    assert bo.in_touch_on == date(2026, 3, 1)
    assert cy.in_touch_on == date(2026, 4, 5)


def test_how_exactly_the_last_talk_is_known_is_kept():
    ada = member()
    bo = contact(ada)
    talk(bo, date(2024, 12, 31))
    bo.talks.update(precision="year")
    recount(ada)
    bo.refresh_from_db()
    assert bo.in_touch_precision == "year"
    said(thread(ada, bo), bo, 0)
    recount(ada)
    bo.refresh_from_db()
    assert bo.in_touch_precision == ""
