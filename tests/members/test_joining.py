"""Coming in: join links, requests, and the races for the last use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members import joining
from kith.members.actions import join
from kith.members.models import AuditEntry, JoinLink, JoinRequest, Member

pytestmark = pytest.mark.django_db


def newcomer(name: str = "Cy") -> Member:
    return join(email=f"{name.lower()}@example.org", name=name, confirmed=False)


def test_a_join_link_lets_in_and_loses_a_use(hana: Member) -> None:
    link, token = joining.make_join_link(hana, uses=2)
    found = joining.find_join_link(token)
    assert found == link
    cy = newcomer()
    joining.use_join_link(found, cy, cy.email)
    cy.refresh_from_db()
    link.refresh_from_db()
    assert (cy.confirmed_at is not None, cy.joined_by, link.uses_left) == (True, link, 1)


def test_the_same_member_takes_one_use_however_often_they_press(hana: Member) -> None:
    link, _ = joining.make_join_link(hana, uses=2)
    cy = newcomer()
    for _again in range(3):
        joining.use_join_link(link, cy, cy.email)
    link.refresh_from_db()
    assert link.uses_left == 1


def test_a_token_is_not_stored(hana: Member) -> None:
    link, token = joining.make_join_link(hana)
    assert token not in str(JoinLink.objects.filter(pk=link.pk).values())


def test_a_link_for_one_address_opens_to_no_other(hana: Member) -> None:
    link, _ = joining.make_join_link(hana, email="Dee@example.org", uses=5)
    assert link.uses_left == 1
    cy = newcomer()
    with pytest.raises(Refused, match="another address"):
        joining.use_join_link(link, cy, cy.email)
    dee = newcomer("Dee")
    joining.use_join_link(link, dee, "DEE@example.org")


@pytest.mark.parametrize("end", ["revoked", "over", "spent"])
def test_a_link_that_ended_lets_nobody_in(hana: Member, end: str) -> None:
    link, token = joining.make_join_link(hana)
    if end == "revoked":
        joining.revoke_join_link(link, hana)
    elif end == "over":
        JoinLink.objects.filter(pk=link.pk).update(until=timezone.now() - timedelta(minutes=1))
    else:
        JoinLink.objects.filter(pk=link.pk).update(uses_left=0)
    assert joining.find_join_link(token) is None
    with pytest.raises(Refused, match="no longer valid"):
        joining.use_join_link(link, newcomer(), "cy@example.org")


@pytest.mark.django_db(transaction=True)
def test_the_last_use_is_taken_once_by_ten_at_once() -> None:
    host = join(email="hana@example.org", name="Hana", as_host=True)
    link, _ = joining.make_join_link(host)
    people = [newcomer(f"Nr{number}") for number in range(10)]
    gate = Barrier(10)

    def come_in(member: Member) -> bool:
        try:
            gate.wait()
            joining.use_join_link(link, member, member.email)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        came = list(pool.map(come_in, people))
    link.refresh_from_db()
    assert (sum(came), link.uses_left) == (1, 0)
    assert Member.objects.filter(confirmed_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"email": "nobody"}, "email"), ({"days": 0}, "days"), ({"days": 400}, "days"), ({"uses": 0}, "uses")],
)
def test_a_link_that_makes_no_sense_is_refused(hana: Member, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        joining.make_join_link(hana, **wrong)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not JoinLink.objects.exists()


def test_who_asks_waits_until_a_host_lets_them_in(hana: Member) -> None:
    cy = newcomer()
    request = joining.ask_to_join(cy, "I ran the alumni choir.")
    joining.ask_to_join(cy, "I ran the alumni choir for ten years.")
    joining.let_in(request, hana, "Welcome back")
    cy.refresh_from_db()
    request.refresh_from_db()
    assert cy.confirmed_at is not None
    assert (request.decided_by, request.words) == (hana, "Welcome back")
    with pytest.raises(Refused):
        joining.let_in(request, hana)
    assert AuditEntry.objects.filter(verb="member_let_in", subject=cy).count() == 1


def test_a_no_has_words_and_may_become_a_yes(hana: Member) -> None:
    cy = newcomer()
    request = joining.ask_to_join(cy, "Please")
    with pytest.raises(Refused, match="Words"):
        joining.decline(request, hana, " ")
    joining.decline(request, hana, "We know nobody of that name.")
    with pytest.raises(Refused):
        joining.ask_to_join(cy, "Again")
    joining.let_in(request, hana)
    assert JoinRequest.objects.get().declined_at is None
    assert Member.objects.get(pk=cy.pk).confirmed_at is not None


def test_a_host_can_vouch_for_somebody_without_mail(hana: Member) -> None:
    cy = newcomer()
    joining.vouch_for(cy, hana)
    assert Member.objects.get(pk=cy.pk).confirmed_at is not None
    with pytest.raises(Refused):
        joining.vouch_for(cy, hana)
