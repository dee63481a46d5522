"""Contacts who are here: only by a verified address they opted to be found by, and never as a way to try addresses out."""

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from kith.contacts.models import Contact
from kith.core.models import Budget, HostSetting
from kith.desk.actions import put_off_found
from kith.desk.from_archive import offers
from kith.desk.known import known_contacts
from kith.desk.models import FoundHere
from kith.members.actions import join
from kith.members.addresses import keep_address
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions.blocks import block
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.invitations import accept, decline, invite
from kith.network.actions.outside import invite_address

numbers = count()


def findable(member: Member) -> Member:
    keep_address(member, verified=True)
    choose(member, found_by_email=True)
    return member


def contact_of(owner: Member, email: str, **said: object) -> Contact:
    return Contact.objects.create(owner=owner, name="Somebody", email=email, slug=f"c{next(numbers)}", **said)


def offered(owner: Member) -> list[int]:
    return [offer.member_id for offer in offers(Viewer(owner))]


def crowd(number: int) -> list[Member]:
    return [findable(join(email=f"p{n}@example.org", name=f"Person {n}")) for n in range(number)]


def test_a_contact_who_wished_to_be_found_is_offered(ada: Member, bo: Member) -> None:
    contact = contact_of(ada, "BO@Example.org")
    assert offered(ada) == []
    findable(bo)
    (offer,) = offers(Viewer(ada))
    assert (offer.member_id, offer.contact) == (bo.pk, contact)
    assert offered(bo) == []


def test_nobody_is_offered_by_name_or_by_an_address_not_shown_to_be_theirs(ada: Member, bo: Member) -> None:
    Contact.objects.create(owner=ada, name=bo.name, slug="bo")
    findable(bo)
    assert offered(ada) == []
    contact_of(ada, bo.email)
    EmailAddress.objects.filter(user=bo).update(verified=False)
    assert offered(ada) == []
    EmailAddress.objects.filter(user=bo).update(verified=True, primary=False)
    assert offered(ada) == []
    choose(bo, found_by_email=False)
    EmailAddress.objects.filter(user=bo).update(primary=True)
    assert offered(ada) == []


@pytest.mark.parametrize("both", [True, False])
def test_a_block_in_either_direction_leaves_them_out(ada: Member, bo: Member, both: bool) -> None:
    contact_of(ada, findable(bo).email)
    block(*((ada, bo) if both else (bo, ada)))
    assert offered(ada) == [] and known_contacts(Viewer(ada), [bo.pk]) == {}


def test_whoever_is_held_is_not_offered(ada: Member, bo: Member) -> None:
    contact_of(ada, findable(bo).email)
    Member.objects.filter(pk=bo.pk).update(confirmed_at=None)
    assert offered(ada) == []


def test_the_connected_and_the_asked_are_left_out(ada: Member) -> None:
    friend, asked, asks, refused, gone = crowd(5)
    for one in (friend, asked, asks, refused, gone):
        contact_of(ada, one.email)
    connect(ada, friend)
    invite(ada, asked)
    invite(asks, ada)
    decline(invite(refused, ada), ada)
    accept(invite(ada, gone), gone)
    assert offered(ada) == []


def test_an_invitation_by_address_does_not_tell_whose_address_it_is(ada: Member, bo: Member) -> None:
    contact_of(ada, findable(bo).email)
    invite_address(ada, bo.email)
    assert offered(ada) == [bo.pk]


def test_of_two_contacts_with_one_address_the_one_spoken_with_is_shown_once(ada: Member, bo: Member) -> None:
    findable(bo)
    contact_of(ada, bo.email, in_touch_on="2026-05-01")
    spoken = contact_of(ada, bo.email.upper(), last_talk_on="2020-01-01", in_touch_on="2020-01-01")
    contact_of(ada, bo.email)
    (offer,) = offers(Viewer(ada))
    assert offer.contact == spoken


def test_a_merged_contact_stands_behind_the_one_it_went_into(ada: Member, bo: Member) -> None:
    into = contact_of(ada, "")
    contact_of(ada, findable(bo).email, merged_into=into)
    assert [offer.contact for offer in offers(Viewer(ada))] == [into]
    Contact.objects.filter(pk=into.pk).update(let_go_at=timezone.now())
    assert offered(ada) == []


def test_an_address_changed_later_finds_by_the_new_one_alone(ada: Member, bo: Member) -> None:
    contact_of(ada, findable(bo).email)
    assert offered(ada) == [bo.pk]
    bo.email = "ferreira@example.org"
    bo.save(update_fields=["email"])
    keep_address(bo, verified=True)
    assert offered(ada) == [] and known_contacts(Viewer(ada), [bo.pk]) == {}
    contact_of(ada, "ferreira@example.org")
    assert offered(ada) == [bo.pk]


def test_those_spoken_with_come_first_then_the_latest_in_touch(ada: Member) -> None:
    late, early, spoken, never = crowd(4)
    contact_of(ada, late.email, in_touch_on="2026-01-01")
    contact_of(ada, early.email, in_touch_on="2019-01-01")
    contact_of(ada, spoken.email, in_touch_on="2018-01-01", last_talk_on="2018-01-01")
    contact_of(ada, never.email)
    assert offered(ada) == [spoken.pk, late.pk, early.pk, never.pk]


def test_not_now_is_for_good_and_can_be_undone(ada: Member, bo: Member) -> None:
    contact = contact_of(ada, findable(bo).email)
    assert not put_off_found(ada, bo), "nothing was offered, nothing is remembered"
    assert offered(ada) == [bo.pk]
    assert put_off_found(ada, bo) and offered(ada) == []
    contact.delete()
    contact_of(ada, bo.email)
    assert offered(ada) == []
    assert put_off_found(ada, bo, back=True) and offered(ada) == [bo.pk]


def test_an_address_book_of_guesses_finds_out_no_more_than_the_day_allows(ada: Member) -> None:
    HostSetting.objects.create(name="found_a_day", value=3)
    people = crowd(8)
    for one in people[:6]:
        contact_of(ada, one.email)
    first = offered(ada)
    assert len(first) == 3 and offered(ada) == first, "who was told once stays told, at no cost"
    for one in people[6:]:
        contact_of(ada, one.email)
    assert offered(ada) == first
    keys = [one.pk for one in people]
    assert sorted(known_contacts(Viewer(ada), keys)) == sorted(first), "no other page tells more"
    assert FoundHere.objects.owned_by(ada).count() == 3
    a_day_passes()
    assert len(offered(ada)) == 6 and set(first) < set(offered(ada))


def test_addresses_of_nobody_cost_nothing(ada: Member, bo: Member, mal: Member) -> None:
    HostSetting.objects.create(name="found_a_day", value=1)
    for n in range(50):
        contact_of(ada, f"guess{n}@example.org")
    contact_of(ada, mal.email)
    contact_of(ada, findable(bo).email)
    assert offered(ada) == [bo.pk]


def test_connections_cost_nothing(ada: Member, bo: Member) -> None:
    HostSetting.objects.create(name="found_a_day", value=0)
    contact = contact_of(ada, findable(bo).email)
    assert known_contacts(Viewer(ada), [bo.pk]) == {}
    connect(ada, bo)
    assert known_contacts(Viewer(ada), [bo.pk]) == {bo.pk: contact}
    assert not FoundHere.objects.exists()


def test_thirty_thousand_contacts_are_asked_about_at_once(
    ada: Member, django_assert_max_num_queries: Callable
) -> None:
    people = crowd(60)
    book = [
        Contact(owner=ada, name=f"C {n}", email=f"c{n}@elsewhere.example", slug=f"b{n}")
        for n in range(30_000)
    ]
    Contact.objects.bulk_create(book)
    for one in people:
        contact_of(ada, one.email)
    assert len(offered(ada)) == 50
    a_day_passes()
    assert len(offered(ada)) == 60
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contacts_contact")
    began = time.perf_counter()
    with django_assert_max_num_queries(5):
        assert len(offered(ada)) == 60
    assert (took := time.perf_counter() - began) < 0.5, took


def a_day_passes() -> None:
    for budget in Budget.objects.filter(key__startswith="found-here:"):
        budget.taken_at = [at - timedelta(days=1, seconds=1) for at in budget.taken_at]
        budget.save()
