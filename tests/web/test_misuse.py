"""Misuse of the network's pages: others' invitations, others' letters, words changed after they were approved."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.archive.erasure import erase
from kith.contacts.models import Contact
from kith.core.models import Letter
from kith.members.actions import join
from kith.members.blocks import unblock
from kith.members.models import Member
from kith.network import letters
from kith.network.actions import invitations as acts
from kith.network.actions import outside
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect
from kith.network.models import Connection, Invitation
from kith.profiles.models import Recommendation
from tests.network.circle import pass_days

SignIn = Callable[[Member], Client]
State = Invitation.State
pytestmark = pytest.mark.django_db
TEXT = "Ada read every table twice, found the one wrong unit, and told me kindly before the deadline came."


def answer(asked: Invitation) -> str:
    return f"/network/invitations/{asked.public_id}/answer/"


def test_an_invitation_of_two_others_and_ones_own_cannot_be_accepted(
    ada: Member, bo: Member, mal: Member, hana: Member, signed_in: SignIn
) -> None:
    """b22: not by a stranger, not by its sender, not by a host."""
    asked = acts.invite(ada, bo)
    for other in (mal, ada, hana):
        assert signed_in(other).post(answer(asked), {"answer": "accept"}).status_code == 404
    assert not Connection.objects.exists() and Invitation.objects.get().state == State.WAITING


@pytest.mark.parametrize("end", ["withdrawn", "expired", "declined", "blocked", "unblocked"])
def test_what_is_over_cannot_be_accepted_on_the_page(
    end: str, ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """b22: refused with a sentence, or nothing is there at all."""
    asked = acts.invite(ada, bo)
    if end == "withdrawn":
        acts.withdraw(asked, ada)
    elif end == "expired":
        pass_days(181)
    elif end == "declined":
        acts.decline(asked, bo)
    else:
        block(ada, bo)
        if end == "unblocked":
            unblock(ada, bo)
    response = signed_in(bo).post(answer(asked), {"answer": "accept"})
    assert response.status_code == (404 if end == "blocked" else 422)
    if end != "blocked":
        assert "This invitation is no longer open." in response.content.decode()
    assert not Connection.objects.exists()


def test_accepting_twice_is_the_same_answer_and_one_connection(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """b22."""
    asked, client = acts.invite(ada, bo), signed_in(bo)
    first, second = (client.post(answer(asked), {"answer": "accept"}) for _time in range(2))
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, "/network/")
    assert Connection.objects.count() == 1


def test_a_letter_to_somebody_else_connects_nobody_who_is_here(
    ada: Member, mal: Member, signed_in: SignIn
) -> None:
    """b22: meant for another address."""
    asked = outside.invite_address(ada, "zoe@example.org")
    path = f"/invited/{letters.token(asked)}/"
    assert "for somebody who is not here yet" in signed_in(mal).get(path).content.decode()
    signed_in(mal).post(path)
    assert not Connection.objects.exists()
    asked.refresh_from_db()
    assert (asked.state, asked.recipient) == (State.WAITING, None)


def test_an_address_book_of_thousands_is_written_to_by_nobody_but_its_owner(ada: Member) -> None:
    """b35: what comes in makes no letter, no invitation and no graph of outsiders."""
    Contact.objects.bulk_create(
        Contact(owner=ada, name=f"C {n}", email=f"c{n}@example.org", slug=f"c-{n}", sort_name=f"c {n}")
        for n in range(5_000)
    )
    assert outside.remind() == 0
    assert not Letter.objects.exists() and not Invitation.objects.exists() and not Connection.objects.exists()


def test_one_address_again_and_again_is_one_letter_and_a_withdrawal_ends_it(
    ada: Member, signed_in: SignIn
) -> None:
    """b35: resent by the page, reminded without consent, withdrawn, asked after."""
    client = signed_in(ada)
    typed = {"email": "zoe@example.org", "note": "Come along"}
    assert client.post("/network/by-email/", typed).status_code == 302
    for _time in range(3):
        again = client.post("/network/by-email/", typed)
        assert again.status_code == 422 and "is waiting for an answer" in again.content.decode()
    pass_days(40)
    assert outside.remind() == 0, "no tick, no reminder"
    asked = Invitation.objects.get()
    client.post(f"/network/invitations/{asked.public_id}/withdraw/")
    assert Client().get(f"/invited/{letters.token(asked)}/").status_code == 410
    zoe = join(email="zoe@example.org", name="Zoe Ray")
    assert outside.connect_invited(zoe) == 0
    assert Letter.objects.filter(to="zoe@example.org").count() == 1
    pass_days(60)
    outside.forget_addresses()
    assert Invitation.objects.get().email == "" and "zoe@" not in str(list(Invitation.objects.values()))


def test_what_was_approved_cannot_be_changed_by_any_door(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    """b60: the text stands; its subject hides it, its author withdraws it, nobody else does anything."""
    connect(ada, bo)
    form = f"/people/{ada.handle}/recommend/"
    signed_in(bo).post(form, {"text": TEXT, "relation": "Our team", "act": "send"})
    row = Recommendation.objects.get()
    own = f"/recommendations/{row.public_id}/"
    assert signed_in(bo).post(own, {"act": "approve", "text": TEXT}).status_code == 422, "not by its author"
    assert signed_in(mal).post(own, {"act": "approve", "text": TEXT}).status_code == 404
    assert signed_in(ada).post(own, {"act": "approve", "text": TEXT}).status_code == 302
    for act in ("send", "draft"):
        again = signed_in(bo).post(form, {"text": "Terrible. " * 20, "relation": "Our team", "act": act})
        assert again.status_code == 422 and "it stands as it is" in again.content.decode()
    signed_in(ada).post(own, {"act": "approve", "text": "Better words of my own"})
    signed_in(ada).post(own, {"act": "withdraw"})
    signed_in(bo).post(own, {"act": "hide"})
    signed_in(mal).post(own, {"act": "withdraw"})
    row.refresh_from_db()
    assert (row.text, row.withdrawn_at, row.hidden_at) == (TEXT, None, None)
    profile = f"/people/{ada.handle}/"
    assert TEXT in signed_in(mal).get(profile).content.decode()
    Member.objects.filter(pk=bo.pk).update(name="Bo Novak")
    assert "Bo Novak" in signed_in(mal).get(profile).content.decode(), "renamed, it stays theirs"
    erase(Member.objects.get(pk=bo.pk))
    assert TEXT not in signed_in(mal).get(profile).content.decode(), "erased, it goes with them"


def test_after_a_block_and_its_end_a_new_word_can_be_said_and_the_old_one_stays_away(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """b60, b29: nothing is restored, nothing is in the way."""
    connect(ada, bo)
    form, profile = f"/people/{ada.handle}/recommend/", f"/people/{ada.handle}/"
    signed_in(bo).post(form, {"text": TEXT, "relation": "Our team", "act": "send"})
    signed_in(ada).post(
        f"/recommendations/{Recommendation.objects.get().public_id}/", {"act": "approve", "text": TEXT}
    )
    block(ada, bo)
    unblock(ada, bo)
    connect(ada, bo)
    page = signed_in(bo).get(form).content.decode()
    assert TEXT not in page and TEXT not in signed_in(bo).get(profile).content.decode()
    new = TEXT.replace("Ada", "She")
    assert signed_in(bo).post(form, {"text": new, "relation": "Our team", "act": "send"}).status_code == 302
    row = Recommendation.objects.get(withdrawn_at=None)
    signed_in(ada).post(f"/recommendations/{row.public_id}/", {"act": "approve", "text": new})
    page = signed_in(bo).get(profile).content.decode()
    assert new in page and TEXT not in page
