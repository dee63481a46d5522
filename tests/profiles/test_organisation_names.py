"""How often organisations are named, and which names may be one."""

import pytest

from kith.members.models import Member, Organisation
from kith.members.organisations import find_or_make, merge_organisations
from kith.profiles.models import Position
from kith.profiles.organisations import look_alikes, named_often

pytestmark = pytest.mark.django_db


def made(name: str) -> Organisation:
    organisation = find_or_make(name)
    assert organisation is not None
    return organisation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Novamed", "Novamed GmbH"),
        ("Novamed Devices", "Novamed Devices International"),
        ("Lund University", "Lund Univeristy"),
        ("Acme, Inc.", "ACME"),
    ],
)
def test_names_that_may_be_one_are_offered_together(one: str, other: str) -> None:
    pair = {made(one), made(other)}
    assert [set(found) for found in look_alikes(10)] == [pair]


@pytest.mark.parametrize(("one", "other"), [("Novamed", "Novatech"), ("SAP", "SAS"), ("Acme", "Zenith")])
def test_names_that_only_begin_alike_are_left_alone(one: str, other: str) -> None:
    made(one), made(other)
    assert look_alikes(10) == []


def test_a_merged_spelling_counts_for_the_one_that_stands(ada: Member) -> None:
    kept, other = made("Novamed"), made("Novamed GmbH")
    for organisation in (kept, other, other):
        Position.objects.create(member=ada, organisation=organisation, title="Planner")
    merge_organisations(kept, other)
    rows = named_often("", 10)
    assert [(row.organisation, row.times, row.spellings) for row in rows] == [(kept, 3, (other,))]
    assert [row.organisation for row in named_often("gmbh", 10)] == [kept]
    assert look_alikes(10) == []
