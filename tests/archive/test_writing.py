"""What an import writes, again and back, from archives made in memory."""

from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

import pytest

from kith.archive import actions
from kith.archive.reading.model import (
    AddressBookEntry,
    Archive,
    Connection,
    Deed,
    Endorsement,
    Invitation,
    Message,
    Note,
    Owner,
    Person,
    Recommendation,
    Thread,
)
from kith.archive.writing.undo import IMPORTED
from kith.contacts import actions as acts
from kith.contacts.models import Contact, ImportRun, MessageVersion, PastInvitation, PastMessage, Sighting
from kith.contacts.models import Thread as StoredThread
from kith.members.models import Member

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def small(**changes: object) -> Archive:
    """Three people: Bea connected and answered, Cal invited, Dan in the phone book."""
    bea = Person(0, "Bea Quist", "bea-quist", "bea@example.org", "Acme", "Planner", date(2024, 3, 1))
    cal = Person(1, "Cal Ode", "cal-ode")
    archive = Archive(
        owner=Owner("Ada", "Lund", headline="Consultant", place="Oslo"),
        as_of=date(2026, 6, 1),
        kind="complete",
        era=2026,
        people=[bea, cal],
        connections=[Connection(0, date(2024, 3, 1)), *[Connection(None, date(2020, 1, 1))] * 2],
        invitations=[Invitation(0, True, at(1), "Hello Bea"), Invitation(1, True, at(2))],
        threads=[Thread("t1", people=[0])],
        messages=[
            Message(0, None, True, at(3), text="Hi Bea, thanks for connecting. What are you working on?"),
            Message(0, 0, False, at(4), text="Buffers!"),
        ],
        endorsements=[Endorsement(0, True, "Planning", at(5), "ACCEPTED")],
        recommendations=[Recommendation(0, "Bea Quist", "Acme", "Planner", "Good.", at(6), True)],
        deeds=[
            Deed("share", at(7), "urn:li:share:1", "Text"),
            Deed("reaction", at(8), "urn:li:activity:2", detail={"type": "LIKE"}),
        ],
        notes=[Note(0, "Bea Quist", "likes trains", at(9))],
        address_book=[
            AddressBookEntry("Dan Roe", ["dan@example.org"], ["+47 22 00 00 00"], birthday="4 May")
        ],
    )
    for name, value in changes.items():
        setattr(archive, name, value)
    return archive


def bring_in(member: Member, archive: Archive, **choices: bool) -> ImportRun:
    with (
        mock.patch.object(actions, "sniff", return_value="archive"),
        mock.patch.object(actions, "read_archive", return_value=archive),
    ):
        actions.import_now(member, Path("archive.zip"), choices)
    return ImportRun.objects.latest("pk")


def everything(owner: Member) -> dict[str, list[object]]:
    """All that stands in an address book, but for row numbers and moments of writing."""
    state: dict[str, list[object]] = {
        "contacts": list(
            Contact.objects.filter(owner=owner)
            .order_by("name")
            .values_list(
                "name", "slug", "email", "company", "title", "connected_on", "sent_count", "received_count"
            )
        ),
        "versions": list(
            MessageVersion.objects.filter(owner=owner).order_by("text").values_list("text", flat=True)
        ),
    }
    return state | {model.__name__: [model.objects.filter(owner=owner).count()] for model in IMPORTED}


def test_an_import_brings_people_ties_and_directions(ada: Member) -> None:
    bring_in(ada, small())
    bea = Contact.objects.get(owner=ada, slug="bea-quist")
    assert (bea.name, bea.company, bea.connected_on) == ("Bea Quist", "Acme", date(2024, 3, 1))
    assert (bea.sent_count, bea.received_count, bea.last_exchange_outgoing) == (1, 1, False)
    assert set(PastInvitation.objects.values_list("contact__name", "accepted")) == {
        ("Bea Quist", True),
        ("Cal Ode", False),
    }
    thread = StoredThread.objects.get()
    assert (thread.opened_at, thread.answered_at) == (at(3), at(4))


def test_texts_stay_out_unless_ticked_but_the_first_message_is_kept_once(ada: Member) -> None:
    bring_in(ada, small())
    assert set(PastMessage.objects.values_list("text", flat=True)) == {""}
    assert all(PastMessage.objects.values_list("text_hash", flat=True))
    assert "thanks for connecting" in MessageVersion.objects.get().text
    bring_in(ada, small(), bodies=True)
    assert PastMessage.objects.count() == 2
    assert "Buffers!" in PastMessage.objects.values_list("text", flat=True)


def test_the_phone_book_and_birthdays_stay_out_unless_ticked(ada: Member) -> None:
    bring_in(ada, small())
    assert not Contact.objects.filter(name="Dan Roe").exists()
    bring_in(ada, small(), phone_book=True)
    assert Contact.objects.get(name="Dan Roe").birthday == ""
    bring_in(ada, small(), phone_book=True, birthdays=True)
    dan = Contact.objects.get(name="Dan Roe")
    assert (dan.birthday, dan.phones, dan.connected_on) == ("4 May", "+47 22 00 00 00", None)


def test_bringing_the_same_in_again_changes_nothing(ada: Member) -> None:
    bring_in(ada, small(), phone_book=True)
    once = everything(ada)
    bring_in(ada, small(), phone_book=True)
    assert everything(ada) == once


def test_homonyms_without_addresses_stay_two_people_however_often_they_come(ada: Member) -> None:
    twins = [
        Person(0, "Kim Lee", connected_on=date(2020, 1, 1)),
        Person(1, "Kim Lee", connected_on=date(2021, 1, 1)),
    ]
    archive = Archive(Owner("Ada", "Lund"), date(2026, 6, 1), "basic", 2018, people=twins)
    bring_in(ada, archive)
    bring_in(ada, archive)
    assert Contact.objects.filter(name="Kim Lee").count() == 2


def test_taking_an_import_back_leaves_nothing_of_it(ada: Member) -> None:
    empty = everything(ada)
    run = bring_in(ada, small(), phone_book=True, bodies=True)
    actions.take_back(run)
    assert everything(ada) == empty
    assert not Sighting.objects.exists()
    actions.take_back(run)  # twice is once


def test_what_two_imports_saw_stays_when_one_is_taken_back(ada: Member) -> None:
    bring_in(ada, small())
    once = everything(ada)
    second = bring_in(ada, small())
    actions.take_back(second)
    assert everything(ada) == once


def test_a_contact_with_a_talk_keeps_it_and_its_name(ada: Member) -> None:
    run = bring_in(ada, small())
    bea = Contact.objects.get(slug="bea-quist")
    acts.log_talk(bea, kind="call", held_on=date(2026, 5, 20))
    actions.take_back(run)
    assert [(contact.name, contact.is_a) for contact in Contact.objects.all()] == [("Bea Quist", True)]


def test_a_newer_archive_tells_new_gone_changed_and_answered(ada: Member) -> None:
    bring_in(ada, small())
    people = [
        Person(0, "Cal Ode", "cal-ode", connected_on=date(2026, 7, 1)),
        Person(1, "Bea Quist", "bea-quist", None, "Novamed", "Head of Supply", date(2024, 3, 1)),
    ]
    newer = small(
        as_of=date(2026, 9, 1), people=people, connections=[], invitations=[Invitation(0, True, at(2))]
    )
    newer.threads = newer.messages = newer.endorsements = newer.recommendations = newer.notes = []
    diff = bring_in(ada, newer).diff
    assert diff is not None
    assert [row["name"] for row in diff["new"]] == ["Cal Ode"]
    assert [row["name"] for row in diff["answered"]] == ["Cal Ode"]
    assert [(row["before"]["company"], row["after"]["company"]) for row in diff["changed"]] == [
        ("Acme", "Novamed")
    ]
    assert diff["gone"] == []


def test_an_older_archive_does_not_overwrite_and_tells_no_difference(ada: Member) -> None:
    bring_in(ada, small())
    older = small(as_of=date(2025, 1, 1))
    older.people[0].company = "Before Ltd"
    run = bring_in(ada, older)
    assert run.diff is None
    assert Contact.objects.get(slug="bea-quist").company == "Acme"


def test_a_profile_takes_headline_and_place_but_never_over_what_was_typed(ada: Member) -> None:
    ada.place = "Bergen"
    ada.save()
    bring_in(ada, small(), headline=True, place=True)
    ada.refresh_from_db()
    assert (ada.headline, ada.place) == ("Consultant", "Bergen")


def test_an_import_that_fails_midway_writes_nothing(ada: Member) -> None:
    with (
        mock.patch("kith.archive.writing.deeds.write", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        bring_in(ada, small())
    assert not Contact.objects.exists() and not ImportRun.objects.exists()


def test_what_comes_in_is_seen_by_its_owner_alone(ada: Member, bo: Member) -> None:
    from kith.members.policy import Viewer

    bring_in(ada, small())
    for model in (*IMPORTED, Contact, Sighting, MessageVersion, ImportRun):
        assert not model.objects.visible_to(Viewer(bo)).exists()
        assert not model.objects.visible_to(Viewer(None)).exists()


def test_a_changed_address_word_is_believed_only_with_the_same_date(ada: Member) -> None:
    bring_in(ada, small())
    moved = small(as_of=date(2026, 9, 1))
    moved.people[0].slug = "bea-q-new"
    moved.people[0].email = None
    bring_in(ada, moved)
    assert Contact.objects.filter(name="Bea Quist").count() == 1
    other = small(as_of=date(2026, 10, 1))
    other.people[0] = Person(0, "Bea Quist", "another-bea", None, "Elsewhere", "", date(2026, 9, 9))
    bring_in(ada, other)
    assert Contact.objects.filter(name="Bea Quist").count() == 2
