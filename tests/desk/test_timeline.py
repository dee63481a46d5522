from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.contacts.actions import log_talk, merge_contacts, write_note
from kith.contacts.models import (
    Contact,
    ImportRun,
    MessageVersion,
    PastEndorsement,
    PastInvitation,
    PastRecommendation,
    Sighting,
)
from kith.desk.timeline import timeline
from kith.members.policy import Viewer
from tests.contacts.acts import START, contact, member, said, thread

pytestmark = pytest.mark.django_db


def kinds(person: Contact) -> list[str]:
    return [entry.kind for entry in timeline(Viewer(person.owner), person)]


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def test_everything_between_two_people_comes_newest_first():
    ada = member()
    bo = contact(ada, connected_on=date(2026, 1, 1))
    said(thread(ada, bo), bo, 0)
    PastInvitation.objects.create(owner=ada, contact=bo, outgoing=True, sent_at=at(-10), note="Hello")
    PastEndorsement.objects.create(owner=ada, contact=bo, received=True, skill="Supply", endorsed_at=at(3))
    PastEndorsement.objects.create(owner=ada, contact=bo, received=False, skill="Sailing", endorsed_at=at(4))
    PastRecommendation.objects.create(
        owner=ada, contact=bo, received=True, name="Bo", text="Good", written_at=at(5), fingerprint="x"
    )
    log_talk(bo, kind="call", held_on=date(2026, 2, 1))
    write_note(bo, "Likes tea")
    assert kinds(bo) == [
        "note",
        "talk",
        "recommendation",
        "you_endorsed",
        "endorsed_you",
        "messages",
        "connected",
        "invitation",
    ]


def test_messages_of_a_day_stand_together_and_tell_their_text_only_if_kept():
    ada = member()
    bo = contact(ada)
    version = MessageVersion.objects.create(owner=ada, text="Hello, may I ask")
    talking = thread(ada, bo, version=version)
    said(talking, None, 0)
    said(talking, bo, 0)
    said(talking, bo, 1, text="Of course")
    newest, oldest = (entry.what for entry in timeline(Viewer(ada), bo))
    assert [line.text for line in newest] == ["Of course"]
    assert [(line.text, line.is_version) for line in oldest] == [("Hello, may I ask", True), ("", False)]


def test_in_a_group_only_their_own_words_are_between_you():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    group = thread(ada, bo, cy, is_group=True, title="Sailors")
    said(group, None, 0)
    said(group, bo, 1)
    assert kinds(cy) == []
    assert timeline(Viewer(ada), bo)[0].what[0].group == "Sailors"


def test_a_job_change_is_what_two_archives_saw_differently():
    ada = member()
    bo = contact(ada)
    for as_of, company in (
        (date(2024, 1, 1), "Acme"),
        (date(2025, 1, 1), "Acme"),
        (date(2026, 1, 1), "Novamed"),
    ):
        run = ImportRun.objects.create(owner=ada, file_name="a", as_of=as_of)
        Sighting.objects.create(owner=ada, contact=bo, run=run, company=company, title="Buyer")
    change = timeline(Viewer(ada), bo)[0]
    assert (change.kind, change.on) == ("job_change", date(2026, 1, 1))
    assert (change.what.before.company, change.what.after.company) == ("Acme", "Novamed")


def test_a_merged_contact_brings_its_history_along():
    ada = member()
    bo, robert = contact(ada, "Bo"), contact(ada, "Robert")
    log_talk(robert, kind="call", held_on=timezone.localdate())
    merge_contacts(bo, robert)
    assert kinds(bo) == ["talk"]


def test_a_long_history_costs_no_more_queries(django_assert_max_num_queries):
    ada = member()
    bo = contact(ada)
    for number in range(30):
        said(thread(ada, bo), bo, number)
    with django_assert_max_num_queries(9):
        assert len(kinds(bo)) == 30
