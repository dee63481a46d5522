from datetime import date

import pytest

from kith.contacts import actions
from kith.contacts.models import Contact, ImportRun, Note, PastMessage, Sighting, Talk, Thread
from kith.contacts.shown import refresh_shown
from kith.core.refusal import Refused
from tests.contacts.acts import contact, member, said, talk, thread

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def fresh(person: Contact) -> Contact:
    return Contact.objects.get(pk=person.pk)


def test_a_logged_talk_makes_an_a_contact_and_erasing_it_a_b_contact_again():
    bo = contact(member())
    logged = actions.log_talk(bo, kind="video", held_on=TODAY, notes="Promised a list", today=TODAY)
    assert fresh(bo).is_a
    assert fresh(bo).talk_count == 1
    assert "promised a list" in fresh(bo).search_text
    actions.erase_talk(logged)
    assert not fresh(bo).is_a


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held_on": date(2026, 11, 23)}, "when"),
        ({"held_on": date(1849, 1, 1)}, "when"),
        ({"kind": "letter"}, "kind"),
        ({"precision": "era"}, "when"),
        ({"notes": "x" * 10_000}, "notes"),
    ],
)
def test_a_talk_that_cannot_be_is_refused_and_nothing_is_written(change, field):
    bo = contact(member())
    with pytest.raises(Refused) as refusal:
        actions.log_talk(bo, **({"kind": "call", "held_on": TODAY, "today": TODAY} | change))
    assert refusal.value.field == field
    assert not Talk.objects.exists()


def test_a_note_is_kept_found_and_erased():
    bo = contact(member())
    note = actions.write_note(bo, "Speaks Føroyskt\x00\r\nand sails")
    assert note.text == "Speaks Føroyskt\nand sails"
    assert "foroyskt and sails" in fresh(bo).search_text
    actions.erase_note(note)
    assert "sails" not in fresh(bo).search_text


@pytest.mark.parametrize("text", ["", "  \x00 ", "x" * 5_001])
def test_an_empty_or_endless_note_is_refused(text):
    bo = contact(member())
    with pytest.raises(Refused, match="Note"):
        actions.write_note(bo, text)
    assert not Note.objects.exists()


def test_what_the_owner_edits_survives_the_next_archive():
    ada = member()
    bo = contact(ada, "Bo", company="Acme", title="Buyer")
    actions.edit_contact(bo, name="Bo", company="Novamed", title="Buyer", specialties="Medical devices")
    assert fresh(bo).typed_fields == ["company"]
    run = ImportRun.objects.create(owner=ada, file_name="a.zip", as_of=TODAY)
    Sighting.objects.create(owner=ada, contact=bo, run=run, name="Bo B.", company="Elsewhere", title="Head")
    refresh_shown(ada)
    assert (fresh(bo).name, bo.company, fresh(bo).title) == ("Bo B.", "Novamed", "Head")
    assert fresh(bo).specialties == "Medical devices"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": " "}, "name"), ({"email": "nobody"}, "email"), ({"good_fit_for": "x" * 501}, "good_fit_for")],
)
def test_an_edit_that_cannot_be_is_refused(typed, field):
    bo = contact(member())
    with pytest.raises(Refused) as refusal:
        actions.edit_contact(bo, **typed)
    assert refusal.value.field == field


def test_somebody_let_go_can_be_taken_up_again():
    bo = contact(member())
    actions.let_go(bo)
    first = fresh(bo).let_go_at
    actions.let_go(bo)
    assert fresh(bo).let_go_at == first
    assert not Contact.objects.proposable().exists()
    actions.take_up_again(bo)
    assert Contact.objects.proposable().get() == bo


def test_a_merge_counts_both_as_one_and_its_undoing_gives_each_its_own():
    ada = member()
    bo, robert = contact(ada, "Bo"), contact(ada, "Robert")
    said(thread(ada, bo), bo)
    said(thread(ada, robert), robert)
    talk(robert)
    actions.merge_contacts(bo, robert)
    assert (fresh(bo).received_count, fresh(bo).talk_count) == (2, 1)
    assert list(Contact.objects.listed()) == [bo]
    assert "robert" in fresh(bo).search_text
    actions.undo_merge(fresh(robert))
    assert (fresh(bo).received_count, fresh(bo).talk_count) == (1, 0)
    assert (fresh(robert).received_count, fresh(robert).talk_count) == (1, 1)
    assert "robert" not in fresh(bo).search_text


def test_nobody_is_merged_with_themselves_with_a_stranger_or_in_a_ring():
    ada, eve = member("Ada"), member("Eve")
    bo, robert, hers = contact(ada, "Bo"), contact(ada, "Robert"), contact(eve, "Bo")
    for other in (bo, hers):
        with pytest.raises(Refused):
            actions.merge_contacts(bo, other)
    actions.merge_contacts(bo, robert)
    with pytest.raises(Refused):
        actions.merge_contacts(robert, bo)


def test_removing_somebody_removes_what_only_they_took_part_in():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    robert = contact(ada, "Robert", merged_into=bo)
    said(thread(ada, robert), None)
    group = thread(ada, bo, cy, is_group=True)
    said(group, bo)
    said(group, cy, 1)
    actions.remove(bo)
    assert list(Contact.objects.all()) == [cy]
    assert list(Thread.objects.all()) == [group]
    assert PastMessage.objects.get().sender == cy
