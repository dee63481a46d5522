"""The host's role and the host's own fields; two hosts at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members import hosting, roster
from kith.members.actions import join
from kith.members.models import HostField, Member, MemberField, RosterEntry

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_two_hosts_who_unmake_each_other_at_once_leave_one() -> None:
    hosts = [join(email=f"h{n}@example.org", name=f"Host {n}", as_host=True) for n in range(2)]
    gate = Barrier(2)

    def unmake(member: Member) -> bool:
        try:
            gate.wait()
            hosting.unmake_host(member, member)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(unmake, hosts)) == [False, True]
    assert Member.objects.hosts().count() == 1


@pytest.mark.parametrize("gone", [{"is_active": False}, {"demo_at": "2026-01-01T00:00:00Z"}])
def test_whoever_is_leaving_or_of_the_demo_is_not_the_host_that_stays(gone: dict[str, object]) -> None:
    stays = join(email="h1@example.org", name="Hana Stays", as_host=True)
    other = join(email="h2@example.org", name="Hal Goes", as_host=True)
    Member.objects.filter(pk=other.pk).update(**gone)
    with pytest.raises(Refused, match="Somebody must host"):
        hosting.unmake_host(stays, stays)
    Member.objects.filter(pk=other.pk).update(is_active=True, demo_at=None)
    hosting.unmake_host(stays, stays)
    assert list(Member.objects.hosts()) == [other]


@pytest.mark.django_db(transaction=True)
def test_a_place_on_the_roster_is_claimed_once_by_five_at_once() -> None:
    entry = RosterEntry.objects.create(email="cy@example.org", email_hash="x")
    people = [join(email=f"n{n}@example.org", name=f"Nr {n}", confirmed=False) for n in range(5)]
    gate = Barrier(5)

    def claim(member: Member) -> bool:
        try:
            gate.wait()
            roster.claim_roster_entry(entry, member)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(claim, people)) == 1
    assert Member.objects.let_in().count() == 1


def test_nobody_who_is_held_becomes_a_host(hana: Member, ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(suspended_at=timezone.now())
    with pytest.raises(Refused, match="let in"):
        hosting.make_host(ada, hana)


def test_an_empty_value_empties_the_field_and_a_long_one_is_refused(hana: Member, ada: Member) -> None:
    key = hosting.host_field("Class year").key
    hosting.fill_host_fields(ada, hana, {key: "1998", "unknown": "x"})
    assert MemberField.objects.get().value == "1998"
    with pytest.raises(Refused, match="Class year: at most 200"):
        hosting.fill_host_fields(ada, hana, {key: "x" * 201})
    hosting.fill_host_fields(ada, hana, {key: ""})
    assert not MemberField.objects.exists()


def test_a_field_is_one_whatever_its_case_and_in_any_script() -> None:
    assert hosting.host_field("Class year") == hosting.host_field("class YEAR")
    assert hosting.host_field("届") != hosting.host_field("期")
    assert HostField.objects.count() == 3
