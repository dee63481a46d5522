"""Suspending with a reason and an end, the appeal, and sessions that die with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members import restrictions
from kith.members.models import AuditEntry, Member, Restriction

pytestmark = pytest.mark.django_db


def test_a_suspension_ends_every_session_and_nobody_elses(
    bo: Member, ada: Member, hana: Member, signed_in: Callable[[Member], Client]
) -> None:
    phone, desk, other = signed_in(bo), signed_in(bo), signed_in(ada)
    restrictions.suspend(bo, hana, "Sold addresses.")
    assert [client.get("/today/").status_code for client in (phone, desk)] == [302, 302]
    assert phone.get("/today/").url.startswith("/?next=")
    assert other.get("/today/").status_code == 200


def test_a_suspension_has_a_reason(bo: Member, hana: Member) -> None:
    with pytest.raises(Refused, match="Reason"):
        restrictions.suspend(bo, hana, "  ")
    assert not Restriction.objects.exists()


def test_a_suspension_lifts_itself_at_its_end_and_another_may_follow(bo: Member, hana: Member) -> None:
    first = restrictions.suspend(bo, hana, "Cool down.", timezone.now() + timedelta(days=1))
    assert Member.objects.get(pk=bo.pk).is_suspended
    past = timezone.now() - timedelta(minutes=1)
    Restriction.objects.filter(pk=first.pk).update(ends_at=past)
    Member.objects.filter(pk=bo.pk).update(suspended_until=past)
    assert not Member.objects.get(pk=bo.pk).is_suspended
    assert restrictions.standing(bo) is None
    restrictions.suspend(Member.objects.get(pk=bo.pk), hana, "Again.")
    assert Restriction.objects.filter(lifted_at__isnull=True).count() == 1


def test_it_stands_once(bo: Member, hana: Member) -> None:
    restrictions.suspend(bo, hana, "Sold addresses.")
    with pytest.raises(Refused, match="already"):
        restrictions.suspend(bo, hana, "Twice.")


def test_a_host_is_not_suspended(hana: Member, bo: Member) -> None:
    Member.objects.filter(pk=bo.pk).update(host_since=timezone.now())
    with pytest.raises(Refused, match="host"):
        restrictions.suspend(bo, hana, "No.")
    with pytest.raises(Refused, match="yourself"):
        restrictions.suspend(hana, hana, "No.")


@pytest.mark.parametrize("uphold", [True, False])
def test_an_appeal_is_made_once_and_answered_once(bo: Member, hana: Member, uphold: bool) -> None:
    made = restrictions.suspend(bo, hana, "Sold addresses.")
    restrictions.appeal(made, "That was my brother.")
    with pytest.raises(Refused):
        restrictions.appeal(made, "And again.")
    restrictions.answer_appeal(made, hana, "We looked again.", uphold=uphold)
    with pytest.raises(Refused):
        restrictions.answer_appeal(made, hana, "And again.", uphold=not uphold)
    assert Member.objects.get(pk=bo.pk).is_suspended is uphold
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == [
        "appeal_answered", "suspension_appealed", "member_suspended"
    ]  # fmt: skip


def test_lifting_opens_the_house_again(bo: Member, hana: Member) -> None:
    made = restrictions.suspend(bo, hana, "Sold addresses.")
    restrictions.lift(made, hana, "It was a mistake.")
    assert not Member.objects.get(pk=bo.pk).is_held
    with pytest.raises(Refused):
        restrictions.lift(made, hana)
