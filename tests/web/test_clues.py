"""Clues on pages: for the invited one alone; one's own with how to mend each; declining and reporting at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.members.models import Member, RosterEntry
from kith.network.actions.connections import connect
from kith.network.actions.invitations import accept, invite, withdraw
from kith.network.models import Connection, Invitation
from kith.profiles import actions
from kith.profiles.models import Profile, Section
from kith.profiles.shown import ROWS
from kith.trust.models import Report, Usual
from tests.network.circle import people
from tests.safety.pages import chanceless
from tests.trust.suspect import settle, suspect

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SignIn = Callable[[Member], Client]
WONDER, SPEAKS = "What you may wonder about", "What speaks for them"


@pytest.fixture
def asked(ada: Member) -> Invitation:
    settle(ada)
    return invite(suspect(), ada)


def test_the_invited_one_reads_clues_and_nobody_else_does(
    ada: Member, bo: Member, hana: Member, asked: Invitation, signed_in: SignIn
) -> None:
    own = f"/network/invitations/{asked.public_id}/"
    for path in ("/network/", "/network/invitations/", own):
        page = signed_in(ada).get(path).text
        assert WONDER in page and SPEAKS in page
        assert "São Paulo, Brazil" in page and "far fewer connections" in page
        assert "None of this says that anything is wrong" in page
    for other, paths in (
        (asked.sender, ("/network/", "/network/invitations/sent/", own)),
        (bo, ("/network/", "/network/invitations/", "/people/mal-grey/", "/people/mal-grey/connect/")),
        (hana, ("/people/mal-grey/", "/network/")),
    ):
        for path in paths:
            assert WONDER not in signed_in(other).get(path).text
    assert WONDER not in signed_in(ada).get("/people/mal-grey/").text


def test_what_ties_the_two_stands_on_the_other_side(
    ada: Member, asked: Invitation, signed_in: SignIn
) -> None:
    friend = Member.objects.get(handle="person-p-0")
    connect(friend, asked.sender)
    page = signed_in(ada).get("/network/").text
    assert page.index(SPEAKS) < page.index("You both know Person p 0.") and page.count("You both know") == 1


@pytest.mark.parametrize("section", ["positions", "summary", "skills", "education"])
def test_the_page_is_the_same_where_what_is_hidden_never_was(
    ada: Member, asked: Invitation, signed_in: SignIn, section: str
) -> None:
    mal, client = asked.sender, signed_in(ada)
    actions.write_summary(mal, "I hire for three harbours.")
    actions.add_skills(mal, "Hiring")
    actions.add_row(mal, "education", {"school": "Harbour School", "start_year": "1990", "end_year": "1994"})
    actions.set_audience(mal, section, "me")
    hidden = _plain(client)
    if section == "summary":
        Profile.objects.filter(member=mal).update(summary="")
    else:
        ROWS[Section(section)]._default_manager.filter(member=mal).delete()
    assert _plain(client) == hidden


def test_without_three_the_row_is_as_it_was(
    ada: Member, bo: Member, asked: Invitation, signed_in: SignIn
) -> None:
    invite(bo, ada, "We met in Porto.")
    RosterEntry.objects.create(email_hash="x", claimed_by=asked.sender)
    page = signed_in(ada).get("/network/").text
    assert WONDER not in page and page.count("Nothing known here ties you to them.") == 2


def test_each_reads_their_own_and_how_to_mend_them(ada: Member, asked: Invitation, signed_in: SignIn) -> None:
    page = signed_in(asked.sender).get("/settings/network/").text
    assert "What others may wonder about" in page and "You have 2 connections here" in page
    assert "1 invitation of yours waits without a note." in page and "Look at these dates again." in page
    assert "Nothing. Should that change" in signed_in(ada).get("/settings/network/").text
    assert "#clues" in signed_in(ada).get("/network/").text
    RosterEntry.objects.create(email_hash="x", claimed_by=asked.sender)
    assert "You came by the host" in signed_in(asked.sender).get("/settings/network/").text
    Usual.objects.all().delete()
    assert "too few people" in signed_in(ada).get("/settings/network/").text


@pytest.mark.parametrize(
    ("answer", "state"), [("decline", "declined"), ("unknown", "unknown"), ("", "waiting")]
)
def test_one_form_declines_and_reports(
    ada: Member, bo: Member, hana: Member, signed_in: SignIn, answer: str, state: str
) -> None:
    asked = invite(bo, ada, "Buy my course")
    page = signed_in(ada).get(f"/network/invitations/{asked.public_id}/").text
    form = f"/people/bo-ferreira/report/?invitation={asked.public_id}"
    assert form in page and "Decline and report…" in page
    assert "Buy my course" in signed_in(ada).get(form).text
    client, typed = signed_in(ada), {"reason": "fake", "text": "Not who they say", "answer": answer}
    assert client.post(form, typed).url == "/reported/"
    asked.refresh_from_db()
    made = Report.objects.get()
    assert asked.state == state and made.invitation == asked
    assert made.evidence["invitation"]["note"] == "Buy my course" == asked.note
    listed = client.get("/reported/").text
    assert "Kept with it: the invitation and its note" in listed
    assert ("Declined and reported. Bo Ferreira is told of neither" in listed) == bool(answer)
    assert "Waiting since today" in signed_in(bo).get("/network/invitations/sent/").text
    assert "Buy my course" in signed_in(ada).get(f"/network/invitations/{asked.public_id}/").text


def test_a_refused_report_declines_nothing_and_keeps_what_was_typed(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    asked = invite(bo, ada, "Hello")
    form = f"/people/bo-ferreira/report/?invitation={asked.public_id}"
    for typed in ({"reason": "other", "text": ""}, {"reason": "no", "text": "It was so"}):
        answer = signed_in(ada).post(form, typed | {"answer": "decline"})
        assert answer.status_code == 422 and typed["text"] in answer.text
    asked.refresh_from_db()
    assert asked.is_open and not Report.objects.exists()


def test_what_was_taken_back_or_accepted_meanwhile_is_reported_all_the_same(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    asked, other = invite(bo, ada, "Hello"), people(1)[0]
    withdraw(asked, bo)
    form = f"/people/bo-ferreira/report/?invitation={asked.public_id}"
    assert "Decline and report" not in signed_in(ada).get(form).text
    assert signed_in(ada).post(form, {"reason": "fake", "answer": "decline"}).status_code == 302
    kept = accept(invite(other, ada), ada)
    form = f"/people/{other.handle}/report/?invitation={kept.public_id}"
    assert signed_in(ada).post(form, {"reason": "fake", "answer": "unknown"}).status_code == 302
    assert Report.objects.count() == 2 and Connection.objects.between(ada, other).exists()


def test_only_the_invited_one_reports_an_invitation(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    asked = invite(bo, ada)
    form = f"/people/bo-ferreira/report/?invitation={asked.public_id}"
    assert signed_in(mal).get(form).status_code == 404
    assert signed_in(mal).post(form, {"reason": "fake", "answer": "decline"}).status_code == 404
    asked.refresh_from_db()
    assert asked.is_open


def _plain(client: Client) -> bytes:
    return chanceless(client.get("/network/invitations/"))
