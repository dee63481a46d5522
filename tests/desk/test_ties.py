"""What ties two people, and what stands beside a name."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from kith.contacts.models import Contact
from kith.desk.beside import Step, beside
from kith.desk.growth import growth
from kith.desk.ties import ties
from kith.members.actions import join
from kith.members.addresses import keep_address
from kith.members.models import Member
from kith.members.organisations import find_or_make
from kith.members.policy import Viewer
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.invitations import decline, invite
from kith.network.actions.outside import invite_address
from kith.network.models import Connection
from kith.profiles.models import Position, Profile


def worked(member: Member, name: str, start: int, end: int | None = None) -> None:
    Position.objects.create(
        member=member, title="Clerk", organisation=find_or_make(name), start_year=start, end_year=end
    )


def said(viewer: Member, member: Member) -> list[str]:
    return list(ties(Viewer(viewer), member).sentences)


def test_nothing_in_common_is_blind(ada: Member, bo: Member) -> None:
    assert ties(Viewer(ada), bo).is_blind


def test_whom_both_know_is_named(ada: Member, bo: Member, mal: Member, hana: Member) -> None:
    connect(ada, mal)
    connect(bo, mal)
    assert said(ada, bo) == ["You both know Mal Grey."]
    connect(ada, hana)
    connect(bo, hana)
    assert said(ada, bo) == ["You both know Mal Grey and Hana Okafor."]


def test_the_same_place_at_the_same_time_ties(ada: Member, bo: Member) -> None:
    worked(ada, "Halvorsen Freight", 2013, 2017)
    worked(bo, "Halvorsen Freight", 2015, 2019)
    assert said(ada, bo) == ["You were both at Halvorsen Freight, 2015–2017."]


@pytest.mark.parametrize(("start", "end"), [(2018, None), (2001, 2012)])
def test_the_same_place_at_another_time_does_not(
    ada: Member, bo: Member, start: int, end: int | None
) -> None:
    worked(ada, "Halvorsen Freight", 2013, 2017)
    worked(bo, "Halvorsen Freight", start, end)
    assert ties(Viewer(ada), bo).is_blind


def test_work_they_show_to_nobody_ties_nobody(ada: Member, bo: Member) -> None:
    worked(ada, "Halvorsen Freight", 2013)
    worked(bo, "Halvorsen Freight", 2015)
    Profile.objects.create(member=bo, audiences={"positions": "me"})
    assert ties(Viewer(ada), bo).is_blind
    assert said(bo, ada) == ["You were both at Halvorsen Freight, since 2015."]


def test_an_archive_ties_only_to_whoever_opted_to_be_found_by_that_address(ada: Member, bo: Member) -> None:
    contact = Contact.objects.create(
        owner=ada, name="Bo Ferreira", email="Bo@Example.org", connected_on=date(2019, 5, 2)
    )
    assert ties(Viewer(ada), bo).is_blind, "never by name (b1)"
    choose(bo, found_by_email=True)
    EmailAddress.objects.filter(user=bo).update(verified=False)
    assert ties(Viewer(ada), bo).is_blind, "not by an address nobody showed to be theirs"
    keep_address(bo, verified=True)
    assert said(ada, bo) == ["Your archive has you connected elsewhere since May 2019."]
    Contact.objects.filter(pk=contact.pk).update(last_talk_on=date(2024, 3, 1))
    assert said(ada, bo) == ["You have spoken with each other, last in March 2024."]
    assert beside(Viewer(ada), [bo.pk])[bo.pk].contact == contact


def test_what_could_come_next_stands_beside_each_name(ada: Member, bo: Member, mal: Member) -> None:
    dee = join(email="dee@example.org", name="Dee Dahl")
    connect(ada, bo)
    asked = invite(ada, mal)
    invite(dee, ada)
    found = beside(Viewer(ada), [ada.pk, bo.pk, mal.pk, dee.pk])
    steps = [found[member.pk].step for member in (ada, bo, mal, dee)]
    assert steps == [Step.NONE, Step.CONNECTED, Step.WAITING, Step.ANSWER]
    decline(asked, mal)
    assert beside(Viewer(ada), [mal.pk])[mal.pk].step is Step.WAITING, "a no is not told"


def test_whoever_was_asked_by_an_address_is_not_known_by_it(ada: Member, bo: Member) -> None:
    keep_address(bo, verified=True)
    invite_address(ada, "bo@example.org")
    assert beside(Viewer(ada), [bo.pk])[bo.pk].step is Step.CONNECT
    assert beside(Viewer(bo), [ada.pk])[ada.pk].step is Step.ANSWER


def test_growth_counts_every_month(ada: Member, bo: Member, mal: Member) -> None:
    connect(ada, bo)
    connect(ada, mal)
    first = Connection.objects.of(ada).order_by("pk").first()
    assert first
    Connection.objects.filter(pk=first.pk).update(made_at="2026-03-31T23:30:00Z")
    Connection.objects.exclude(pk=first.pk).update(made_at="2026-05-02T10:00:00Z")
    assert [total for _month, total in growth(Viewer(ada), date(2026, 6, 1))][-3:] == [1, 2, 2]
