from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.contacts.actions import let_go, log_talk
from kith.contacts.exchange import recount
from kith.contacts.models import Contact, ImportRun, PastInvitation
from kith.desk.actions import answer_step, undo_answer
from kith.desk.today import Today, today_for
from kith.members.models import Member
from kith.members.policy import Viewer
from tests.contacts.acts import contact, member, said, thread

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def archive(owner: Member, as_of: date = TODAY, **fields: object) -> ImportRun:
    return ImportRun.objects.create(
        owner=owner, file_name="a.zip", as_of=as_of, finished_at=timezone.now(), **fields
    )


def day(owner: Member, today: date = TODAY, opened: str = "") -> Today:
    recount(owner)
    return today_for(Viewer(owner), today, opened)


def names(owner: Member, kind: str, today: date = TODAY) -> list[str]:
    return [
        step.contact.name for group in day(owner, today).groups if group.kind == kind for step in group.steps
    ]


def writes(person: Contact, on: int = 0, **fields: object) -> None:
    said(thread(person.owner, person, **fields), person, on)


def invites(person: Contact, sent_at: datetime = NOW, **fields: object) -> None:
    PastInvitation.objects.create(
        owner=person.owner, contact=person, outgoing=False, sent_at=sent_at, **fields
    )


def test_who_wrote_last_waits_and_who_knows_you_comes_first():
    ada = member()
    stranger, known, answered = contact(ada, "Stranger"), contact(ada, "Known"), contact(ada, "Answered")
    writes(stranger, 5)
    talking = thread(ada, known)
    said(talking, None, 0)
    said(talking, known, 1)
    done = thread(ada, answered)
    said(done, answered, 0)
    said(done, None, 1)
    assert names(ada, "waiting") == ["Known", "Stranger"]


def test_advertising_groups_the_nameless_and_those_let_go_are_never_proposed():
    ada = member()
    for name in ("Campaign", "Chorus", "Gone", ""):
        contact(ada, name)
    sponsor, chorus, gone, nobody = Contact.objects.order_by("pk")
    writes(sponsor, is_sponsored=True)
    said(thread(ada, chorus, gone, is_group=True), chorus)
    writes(gone)
    writes(nobody)
    invites(gone)
    invites(nobody)
    let_go(gone)
    assert day(ada).groups == []


def test_a_talk_held_since_is_an_answer_too():
    ada = member()
    bo = contact(ada)
    writes(bo, 0)
    log_talk(bo, kind="call", held_on=date(2026, 1, 6), today=TODAY)
    assert names(ada, "waiting") == []


def test_done_hides_a_waiting_person_until_they_write_anew():
    ada = member()
    bo = contact(ada)
    writes(bo, 0)
    assert names(ada, "waiting") == ["Bo Berg"]
    bo.refresh_from_db()
    answer_step(bo, "waiting", "done", now=NOW)
    assert names(ada, "waiting") == []
    writes(bo, 10)
    assert names(ada, "waiting") == ["Bo Berg"]


def test_later_hides_for_a_week_or_as_long_as_one_says_and_undo_brings_back():
    ada = member()
    bo = contact(ada)
    writes(bo)
    answer_step(bo, "waiting", "later", now=NOW)
    assert names(ada, "waiting", TODAY + timedelta(days=6)) == []
    assert names(ada, "waiting", TODAY + timedelta(days=7)) == ["Bo Berg"]
    answer_step(bo, "waiting", "later", days=30, now=NOW)
    assert names(ada, "waiting", TODAY + timedelta(days=29)) == []
    undo_answer(bo, "waiting")
    assert names(ada, "waiting") == ["Bo Berg"]


def test_open_invitations_are_proposed_with_their_note_and_accepted_ones_are_not():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    invites(bo, note="We met in Bergen")
    invites(cy, accepted=True)
    group = day(ada).groups[0]
    assert (group.kind, group.total, group.steps[0].note) == ("invitation", 1, "We met in Bergen")
    answer_step(bo, "invitation", "drop", now=NOW)
    assert names(ada, "invitation") == []


def test_a_new_connection_without_a_word_of_yours_is_greeted_within_sixty_days_of_the_archive():
    ada = member()
    archive(ada)
    contact(ada, "New", connected_on=TODAY - timedelta(days=60))
    contact(ada, "Old", connected_on=TODAY - timedelta(days=61))
    greeted = contact(ada, "Greeted", connected_on=TODAY - timedelta(days=3))
    said(thread(ada, greeted), None)
    assert names(ada, "greeting", TODAY + timedelta(days=200)) == ["New"]


def test_quiet_people_are_a_first_then_b_with_many_exchanges():
    ada = member()
    spoken, chatty, once = contact(ada, "Spoken"), contact(ada, "Chatty"), contact(ada, "Once")
    log_talk(spoken, kind="call", held_on=date(2026, 1, 6), today=TODAY)
    talking = thread(ada, chatty)
    for number in range(8):
        said(talking, None if number % 2 else chatty, number)
    said(thread(ada, once), None, 0)
    assert names(ada, "quiet") == []
    assert names(ada, "quiet", TODAY + timedelta(days=250)) == ["Spoken", "Chatty"]


def test_quiet_done_rests_for_half_a_year_and_not_this_one_for_good():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    for each in (bo, cy):
        log_talk(each, kind="call", held_on=date(2025, 1, 6), today=TODAY)
    recount(ada)
    answer_step(Contact.objects.get(pk=bo.pk), "quiet", "done", now=NOW)
    answer_step(Contact.objects.get(pk=cy.pk), "quiet", "drop", now=NOW)
    assert names(ada, "quiet") == []
    assert names(ada, "quiet", TODAY + timedelta(days=184)) == ["Bo"]


def test_job_changes_of_the_newest_archive_are_proposed_until_answered():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    archive(ada, date(2025, 1, 1), diff={"changed": [{"contact": cy.public_id, "before": {}, "after": {}}]})
    change = {"before": {"company": "A", "title": "B"}, "after": {"company": "N", "title": "H"}}
    archive(ada, diff={"changed": [{"contact": bo.public_id, **change}, {"contact": "gone", **change}]})
    group = day(ada).groups[0]
    assert [(step.contact.name, step.after) for step in group.steps] == [
        ("Bo", {"company": "N", "title": "H"})
    ]
    answer_step(bo, "job_change", "done", now=NOW)
    assert names(ada, "job_change") == []
    archive(ada, TODAY + timedelta(days=30), diff={"changed": [{"contact": bo.public_id, **change}]})
    assert names(ada, "job_change") == ["Bo"]


def test_a_group_shows_seven_counts_all_and_opens_on_demand():
    ada = member()
    for number in range(9):
        writes(contact(ada, f"P{number}"), number)
    group = day(ada).groups[0]
    assert (len(group.steps), group.more, group.total) == (7, 2, 9)
    assert group.oldest == date(2026, 1, 5)
    assert len(day(ada, opened="waiting").groups[0].steps) == 9


def test_nobody_sees_anothers_day():
    ada, eve = member("Ada"), member("Eve")
    writes(contact(eve, "Hers"))
    recount(eve)
    assert day(ada).groups == []
    assert not day(ada).has_contacts
