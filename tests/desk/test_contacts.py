from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kith.contacts.actions import write_note
from kith.contacts.models import Contact
from kith.contacts.shown import refresh_search
from kith.desk.contacts import SORTS, Wanted, counts, page_of, wanted_contacts
from kith.members.models import Member
from kith.members.policy import Viewer
from tests.contacts.acts import contact, member

TODAY = date(2026, 3, 1)


def found(owner: Member, **query: str) -> list[str]:
    refresh_search(owner)
    wanted = Wanted.from_query(query)
    return [row.name for row in page_of(wanted_contacts(Viewer(owner), wanted, TODAY), wanted.sort).rows]


@pytest.mark.django_db
def test_every_word_must_be_found_whatever_accents_and_private_notes_count():
    ada = member()
    bo = contact(ada, "Bjørn Håkonsen", company="Novamed", title="Head of Supply")
    contact(ada, "Bjarne Novak", company="Acme")
    write_note(bo, "Sails near Älesund")
    assert found(ada, q="bjorn") == ["Bjørn Håkonsen"]
    assert found(ada, q="NOVA supp alesund") == ["Bjørn Håkonsen"]
    assert found(ada, q="nova") == ["Bjørn Håkonsen", "Bjarne Novak"]
    assert found(ada, q="nova zzz") == []
    assert found(ada, q="100%_") == []


@pytest.mark.django_db
def test_each_filter_narrows_the_list():
    ada = member()
    contact(
        ada,
        "Both",
        sent_count=1,
        received_count=1,
        in_touch_on=TODAY - timedelta(days=10),
        company="Novamed AS",
    )
    contact(ada, "One", sent_count=1, in_touch_on=TODAY - timedelta(days=400), title="Buyer")
    contact(ada, "None", connected_on=date(2025, 5, 1), last_talk_on=TODAY)
    contact(ada, "Gone", let_go_at="2026-01-01T00:00:00Z")
    contact(ada, "")
    cases = {
        ("messages", "both"): ["Both"],
        ("messages", "one"): ["One"],
        ("messages", "never"): ["None"],
        ("company", "novamed"): ["Both"],
        ("title", "buy"): ["One"],
        ("since", "2025-05-01"): ["None"],
        ("touch", "3"): ["Both"],
        ("touch", "-12"): ["One"],
        ("touch", "never"): ["None"],
        ("network", "a"): ["None"],
        ("network", "b"): ["Both", "One"],
        ("state", "let-go"): ["Gone"],
        ("messages", "nonsense"): ["Both", "One", "None"],
        ("since", "soon"): ["Both", "One", "None"],
    }
    for (name, value), expected in cases.items():
        assert found(ada, **{name: value}) == expected, (name, value)
    assert vars_of(counts(Viewer(ada))) == (1, 3, 1)


def vars_of(row):
    return (row.a, row.all, row.let_go)


@pytest.mark.django_db
def test_the_list_begins_and_ends_with_its_owner():
    ada, eve = member("Ada"), member("Eve")
    contact(eve, "Hers")
    assert found(ada) == []
    assert counts(Viewer(ada)).all == 0


def test_an_address_holds_what_was_asked_and_leaves_out_what_is_usual():
    wanted = Wanted.from_query({"q": " nova ", "sort": "name", "network": "a", "messages": "x"})
    assert wanted.query() == "q=nova&network=a&sort=name"
    assert Wanted.from_query({}).query() == ""
    assert wanted.query(network="") == "q=nova&sort=name"


class Paging(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        rows=st.lists(
            st.tuples(
                st.sampled_from(["Bo", "bo", "Åse", "Cy"]),
                st.sampled_from(["", "Acme", "acme", "Zeta"]),
                st.sampled_from([None, TODAY, TODAY - timedelta(days=1)]),
            ),
            max_size=12,
        ),
        sort=st.sampled_from(SORTS),
        size=st.integers(1, 5),
    )
    def test_pages_together_are_the_whole_list_in_order(self, rows, sort, size):
        ada = member()
        for name, company, day in rows:
            contact(ada, name, company=company, in_touch_on=day, connected_on=day)
        refresh_search(ada)
        everyone = Contact.objects.owned_by(ada)
        whole = [row.pk for row in page_of(everyone, sort, size=100).rows]
        paged: list[int] = []
        after = None
        while True:
            page = page_of(everyone, sort, after, size)
            paged += [row.pk for row in page.rows]
            if not page.after:
                break
            after = Contact.objects.get(public_id=page.after)
        assert paged == whole
        assert len(paged) == len(rows)
