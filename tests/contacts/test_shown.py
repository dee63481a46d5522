from datetime import date

import pytest

from kith.contacts.models import Contact, ImportRun, Note, Sighting
from kith.contacts.shown import refresh_shown
from kith.members.models import Member
from tests.contacts.acts import contact, member

pytestmark = pytest.mark.django_db


def run(owner: Member, as_of: date) -> ImportRun:
    return ImportRun.objects.create(owner=owner, file_name="archive.zip", as_of=as_of)


def saw(of: ImportRun, person: Contact, **fields: object) -> Sighting:
    return Sighting.objects.create(owner=of.owner, contact=person, run=of, **fields)


def shown(person: Contact) -> Contact:
    person.refresh_from_db()
    return person


def test_the_newest_archive_speaks_even_when_an_older_one_comes_in_later():
    ada = member()
    bo = contact(ada, "")
    newer, older = run(ada, date(2026, 5, 1)), run(ada, date(2024, 5, 1))
    saw(newer, bo, name="Bo Berg", company="Novamed", title="Head of Supply")
    saw(older, bo, name="Bo Old", company="Acme", title="Buyer")
    refresh_shown(ada)
    assert (shown(bo).name, bo.company, bo.title) == ("Bo Berg", "Novamed", "Head of Supply")


def test_what_the_owner_typed_wins_over_every_archive():
    ada = member()
    bo = contact(ada, "Bobby", company="Her own firm", typed_fields=["name", "company"])
    saw(run(ada, date(2026, 5, 1)), bo, name="Bo Berg", company="Novamed", title="Head")
    refresh_shown(ada)
    assert (shown(bo).name, bo.company, bo.title) == ("Bobby", "Her own firm", "Head")


def test_a_title_never_stands_beside_a_company_of_another_time():
    ada = member()
    bo = contact(ada)
    saw(run(ada, date(2024, 5, 1)), bo, name="Bo", company="Acme", title="Buyer")
    saw(run(ada, date(2026, 5, 1)), bo, name="Bo", title="Independent consultant")
    refresh_shown(ada)
    assert (shown(bo).company, bo.title) == ("", "Independent consultant")


def test_a_sighting_that_only_knows_a_name_takes_nothing_away():
    ada = member()
    bo = contact(ada)
    saw(run(ada, date(2024, 5, 1)), bo, name="Bo", company="Acme", title="Buyer", email="bo@example.org")
    saw(run(ada, date(2026, 5, 1)), bo, name="Bo Berg")
    refresh_shown(ada)
    assert (shown(bo).name, bo.company, bo.email) == ("Bo Berg", "Acme", "bo@example.org")


def test_somebody_the_newest_list_leaves_out_is_no_longer_connected():
    ada = member()
    bo, cy = contact(ada, "Bo"), contact(ada, "Cy")
    old, new = run(ada, date(2024, 5, 1)), run(ada, date(2026, 5, 1))
    saw(old, bo, name="Bo", connected_on=date(2020, 1, 1))
    saw(old, cy, name="Cy", connected_on=date(2020, 1, 2))
    saw(new, cy, name="Cy", connected_on=date(2020, 1, 2))
    refresh_shown(ada)
    assert shown(bo).connected_on is None
    assert shown(cy).connected_on == date(2020, 1, 2)


def test_an_archive_without_connections_disconnects_nobody():
    ada = member()
    bo = contact(ada)
    saw(run(ada, date(2024, 5, 1)), bo, name="Bo", connected_on=date(2020, 1, 1))
    saw(run(ada, date(2026, 5, 1)), bo, name="Bo")
    refresh_shown(ada)
    assert shown(bo).connected_on == date(2020, 1, 1)


def test_a_contact_with_no_sighting_left_keeps_its_name_alone():
    ada = member()
    bo = contact(ada, "Bo Berg", slug="bo-berg", company="Acme", connected_on=date(2020, 1, 1))
    refresh_shown(ada)
    assert (shown(bo).name, bo.slug, bo.company, bo.connected_on) == ("Bo Berg", "bo-berg", "", None)


def test_a_merged_contact_lends_its_newer_work_but_neither_name_nor_slug():
    ada = member()
    bo = contact(ada, "Bo")
    robert = contact(ada, "Robert", merged_into=bo)
    saw(run(ada, date(2024, 5, 1)), bo, name="Bo", slug="bo")
    saw(run(ada, date(2026, 5, 1)), robert, name="Robert", slug="robert", company="Novamed", title="Head")
    refresh_shown(ada, [robert.pk])
    assert (shown(bo).name, bo.slug, bo.company) == ("Bo", "bo", "Novamed")
    assert "robert" in bo.search_text
    assert (shown(robert).name, robert.slug, robert.company) == ("Robert", "robert", "Novamed")


def test_names_are_sorted_and_found_without_accents_and_notes_are_found_too():
    ada = member()
    bo = contact(ada, "Łukasz Ødegård", specialties="Healthcare Writing", typed_fields=["name"])
    Note.objects.create(owner=ada, contact=bo, text="Met at the Køln fair")
    refresh_shown(ada, [bo.pk])
    assert shown(bo).sort_name == "lukasz odegard"
    assert "healthcare writing" in bo.search_text
    assert "koln fair" in bo.search_text


def test_a_name_that_grows_when_folded_still_fits():
    ada = member()
    bo = contact(ada, "ﷺ" * 300, typed_fields=["name"])
    refresh_shown(ada)
    assert len(shown(bo).sort_name) == 300
