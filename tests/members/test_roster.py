"""The roster: one letter, two reminders at most, never again, forgotten after ninety days (b35)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.core.models import Letter
from kith.core.refusal import Refused
from kith.members import roster
from kith.members.actions import join
from kith.members.hosting import host_field
from kith.members.models import Member, MemberField, RosterEntry

pytestmark = pytest.mark.django_db


def entry(email: str = "cy@example.org", **more: object) -> RosterEntry:
    return RosterEntry.objects.create(
        email=email, email_hash=roster.email_hash(email), name="Cy Moreau", **more
    )


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_one_letter_and_no_reminder_without_the_hosts_tick(hana: Member) -> None:
    entry()
    assert roster.agree_to_letters(hana, reminders=False) == 1
    assert roster.write_letters() == 1
    assert roster.write_letters() == 0
    for later in (8, 22, 60):
        roster.remind(timezone.now() + days(later))
    assert Letter.objects.count() == 1


def test_at_most_two_reminders_with_the_tick(hana: Member) -> None:
    entry()
    roster.agree_to_letters(hana, reminders=True)
    roster.write_letters()
    assert [roster.remind(timezone.now() + days(later)) for later in (1, 7, 8, 22, 29, 60)] == [
        0,
        1,
        0,
        1,
        0,
        0,
    ]
    assert Letter.objects.count() == 3


def test_the_letter_leads_to_the_claim_which_fills_the_hosts_own_fields(hana: Member) -> None:
    field = host_field("Class year")
    made = entry(fields={field.key: "1998"})
    roster.agree_to_letters(hana, reminders=False)
    roster.write_letters()
    assert f"/claim/{roster.claim_token(made)}/" in Letter.objects.get().text
    found = roster.find_roster_entry(roster.claim_token(made))
    assert found == made
    cy = join(email="cy@example.org", name="Cy Moreau", confirmed=False)
    roster.claim_roster_entry(found, cy)
    roster.claim_roster_entry(found, cy)
    assert Member.objects.get(pk=cy.pk).confirmed_at is not None
    assert MemberField.objects.get(member=cy).value == "1998"
    with pytest.raises(Refused, match="claimed or withdrawn"):
        roster.claim_roster_entry(found, hana)
    assert roster.find_roster_entry(roster.claim_token(made)) is None


def test_withdrawing_stops_letters_and_the_claim(hana: Member) -> None:
    made = entry()
    roster.agree_to_letters(hana, reminders=True)
    roster.write_letters()
    made.refresh_from_db()
    roster.withdraw(made, hana)
    assert roster.remind(timezone.now() + days(8)) == 0
    assert roster.find_roster_entry(roster.claim_token(made)) is None


def test_never_again_keeps_only_the_keyed_hash(hana: Member) -> None:
    made = entry()
    roster.agree_to_letters(hana, reminders=True)
    roster.write_letters()
    found = roster.find_by_stop_token(roster.stop_token(made))
    assert found == made
    roster.never_again(found)
    made.refresh_from_db()
    assert (made.email, made.name, made.fields, made.token_hash) == ("", "", {}, "")
    assert made.email_hash == roster.email_hash("CY@example.org ")
    assert roster.remind(timezone.now() + days(8)) == 0
    assert roster.find_by_stop_token(roster.stop_token(made)) == made


def test_nobody_elses_token_stops_letters() -> None:
    made = entry()
    assert roster.find_by_stop_token(roster.claim_token(made)) is None
    assert roster.find_by_stop_token(made.public_id) is None


def test_an_address_nobody_claimed_is_deleted_after_ninety_days(hana: Member) -> None:
    entry()
    assert roster.forget_unclaimed(timezone.now() + days(89)) == 0
    assert roster.forget_unclaimed(timezone.now() + days(91)) == 1
    row = RosterEntry.objects.get()
    assert (row.email, row.name, bool(row.email_hash)) == ("", "", True)
    assert roster.forget_unclaimed(timezone.now() + days(92)) == 0
