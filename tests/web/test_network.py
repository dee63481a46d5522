"""Connect, the network's page, invitations and letters outside: both answers, refusals, query ceilings."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kith.core.host import HostSetting
from kith.core.models import Letter
from kith.members import restrictions
from kith.members.actions import join
from kith.members.addresses import keep_address
from kith.members.models import Block, JoinRequest, Member, QuietAddress, Restriction
from kith.network import letters
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.invitations import accept, invite, withdraw
from kith.network.actions.outside import invite_address
from kith.network.models import Connection, Invitation
from kith.trust.usual import measure
from tests.network.circle import pass_days, people
from tests.web.accounts.mail import code_for

pytestmark = pytest.mark.thorough

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
CONNECT = "/people/bo-ferreira/connect/"


def words(client: Client, path: str, **more: object) -> str:
    return client.get(path, **more).content.decode()


def test_opening_connect_sends_nothing(ada: Member, bo: Member, signed_in: SignIn) -> None:
    page = words(signed_in(ada), CONNECT)
    assert "This would be blind." in page and "Send the invitation" in page
    assert not Invitation.objects.exists()
    part = words(signed_in(ada), CONNECT, headers=HTMX)
    assert "<html" not in part and "This would be blind." in part


def test_ties_and_openness_stand_beside_the_note(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    connect(ada, mal)
    connect(bo, mal)
    choose(bo, openness="Say hello, I like strangers.")
    page = words(signed_in(ada), CONNECT)
    assert "You both know Mal Grey." in page and "blind" not in page
    assert "2nd degree: you know somebody in common" in page
    assert "Say hello, I like strangers." in page


def test_sending_says_so_on_either_way(ada: Member, bo: Member, mal: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    response = client.post(CONNECT, {"note": "We met in Porto."})
    assert response.status_code == 302 and response.url == "/people/bo-ferreira/"
    asked = Invitation.objects.get()
    assert (asked.note, asked.was_blind) == ("We met in Porto.", True)
    response = client.post("/people/mal-grey/connect/", {"note": ""}, headers=HTMX)
    assert response["HX-Retarget"] == f"#connect-{mal.public_id}"
    assert "Waiting since today" in response.content.decode()
    assert "Waiting since today" in words(client, "/people/bo-ferreira/")


def test_a_refused_note_is_kept(ada: Member, bo: Member, signed_in: SignIn) -> None:
    for headers in ({}, HTMX):
        response = signed_in(ada).post(CONNECT, {"note": "x" * 501}, headers=headers)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Note: at most 500 characters; this has 501." in page and "x" * 501 in page
    assert not Invitation.objects.exists()


def test_where_the_address_is_needed_it_is_asked_for(ada: Member, bo: Member, signed_in: SignIn) -> None:
    choose(bo, may_invite="email")
    client = signed_in(ada)
    assert "E-mail of Bo" in words(client, CONNECT)
    response = client.post(CONNECT, {"note": "Hello", "address": "b@example.org"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "this is not their address" in page and "b@example.org" in page and "Hello" in page
    assert client.post(CONNECT, {"address": "bo@example.org"}).status_code == 302


def test_whom_one_may_not_ask_says_why_instead_of_a_form(ada: Member, bo: Member, signed_in: SignIn) -> None:
    choose(bo, may_invite="mutual")
    page = words(signed_in(ada), CONNECT)
    assert "people who know somebody they know" in page and "Send the invitation" not in page


def test_asked_or_connected_leads_on(ada: Member, bo: Member, signed_in: SignIn) -> None:
    asked = invite(bo, ada)
    client = signed_in(ada)
    assert client.get(CONNECT).url == f"/network/invitations/{asked.public_id}/"
    assert "Asks to connect: answer" in words(client, CONNECT, headers=HTMX)
    accept(asked, ada)
    assert client.get(CONNECT).url == "/people/bo-ferreira/"


def test_rows_and_heads_carry_degree_and_mutuals(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    connect(ada, mal)
    connect(bo, mal)
    client = signed_in(ada)
    for path in ("/people/", "/people/bo-ferreira/"):
        page = words(client, path)
        assert "2nd degree: you know somebody in common" in page
        assert "1 mutual connection" in page
    assert "degree" not in words(client, "/people/ada-lund/").split('class="profile"')[1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("accept", "You and Bo Ferreira are connected."),
        ("set_aside", "Set aside. Bo Ferreira sees it waiting."),
        ("decline", "Declined. Bo Ferreira is not told."),
        ("unknown", "Declined as somebody you do not know."),
    ],
)
def test_answering_says_what_came_of_it(
    ada: Member, bo: Member, signed_in: SignIn, answer: str, said: str
) -> None:
    asked = invite(bo, ada, "Hello Ada")
    client = signed_in(ada)
    assert "Hello Ada" in words(client, "/network/")
    path = f"/network/invitations/{asked.public_id}/answer/"
    response = client.post(path, {"answer": answer}, headers=HTMX)
    part = response.content.decode()
    assert said in part and "<html" not in part
    assert 'id="count-waiting" hx-swap-oob="true">0<' in part, "the number above the list keeps up"
    assert f'id="count-aside" hx-swap-oob="true">{int(answer == "set_aside")}<' in part
    assert Connection.objects.exists() == (answer == "accept")
    if answer != "accept":
        assert client.post(path, {"answer": "accept"}).status_code in (302, 422)


def test_an_answer_on_the_invitations_own_page_leaves_it_for_nothing_there_holds_any_more(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    asked = invite(bo, ada)
    client, page = signed_in(ada), f"/network/invitations/{asked.public_id}/"
    assert "hx-post" in words(client, "/network/")
    assert "hx-post" not in words(client, page).split("<main")[1]
    empty = client.post(f"{page}say/", {"text": " "}).content.decode()
    assert "Your question: please write what you would like to know." in empty
    client.post(f"{page}say/", {"text": "Where did we meet?"})
    client.post(f"{page}answer/", {"answer": "accept"})
    after = words(client, page)
    assert "What you said before" in after and "Where did we meet?" in after
    assert "before you decide" not in after


def test_the_form_on_a_page_of_its_own_needs_no_sheet(ada: Member, bo: Member, signed_in: SignIn) -> None:
    assert "hx-post" not in words(signed_in(ada), CONNECT).split('<form class="stack"')[1]
    assert 'hx-target="#sheet"' in words(signed_in(ada), CONNECT, headers=HTMX)


def test_where_nothing_can_be_sent_the_reason_stands_first(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    withdraw(invite(ada, bo), ada)
    page = words(signed_in(ada), CONNECT)
    assert page.index("You invited them not long ago") < page.index("This would be blind.")


def test_only_the_recipient_may_answer_and_only_with_an_answer(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    asked = invite(bo, ada)
    path = f"/network/invitations/{asked.public_id}/answer/"
    for other in (bo, mal):
        assert signed_in(other).post(path, {"answer": "accept"}).status_code == 404
    assert signed_in(ada).post(path, {"answer": "perhaps"}).status_code == 422
    Block.objects.create(blocker=bo, blocked=ada)
    assert signed_in(ada).post(path, {"answer": "accept"}).status_code == 404


def test_asking_more_and_answering_goes_to_and_fro(ada: Member, bo: Member, signed_in: SignIn) -> None:
    asked = invite(bo, ada)
    page, say = f"/network/invitations/{asked.public_id}/", f"/network/invitations/{asked.public_id}/say/"
    assert 'name="text"' not in words(signed_in(bo), page)
    assert signed_in(ada).post(say, {"text": " "}).status_code == 422
    assert signed_in(ada).post(say, {"text": "Where did we meet?"}).status_code == 302
    assert "Where did we meet?" in words(signed_in(bo), page)
    assert signed_in(bo).post(say, {"text": "In Porto."}).status_code == 302
    assert "In Porto." in words(signed_in(ada), page)


def test_a_sender_sees_state_and_age_and_takes_back(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    asked = invite(ada, bo)
    pass_days(12)
    for other in people(3):
        accept(invite(ada, other), other)
    client = signed_in(ada)
    for path in ("/network/", "/network/invitations/sent/", f"/network/invitations/{asked.public_id}/"):
        assert "Waiting 12 days; half of your accepted ones took under 1 day" in words(client, path)
    response = client.post(f"/network/invitations/{asked.public_id}/withdraw/", headers=HTMX)
    assert "Withdrawn today" in response.content.decode()


def test_an_empty_address_is_asked_for_by_its_label(ada: Member, signed_in: SignIn) -> None:
    response = signed_in(ada).post("/network/by-email/", {"email": " ", "note": "Hi Bo"})
    page = response.content.decode()
    assert (
        response.status_code == 422 and "Their e-mail: please write an address." in page and "Hi Bo" in page
    )


def test_an_invitation_to_an_address_names_the_address_alone(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    keep_address(bo, verified=True)
    client = signed_in(ada)
    sent = client.post("/network/by-email/", {"email": "bo@example.org", "note": "Hi"}, follow=True)
    assert "Your invitation to bo@example.org is on its way." in sent.content.decode()
    asked = Invitation.objects.get()
    assert asked.recipient == bo
    for path in ("/network/", "/network/invitations/sent/", f"/network/invitations/{asked.public_id}/"):
        page = words(client, path)
        assert "bo@example.org" in page and "Bo Ferreira" not in page


def test_a_refused_address_keeps_what_was_typed(ada: Member, signed_in: SignIn) -> None:
    response = signed_in(ada).post(
        "/network/by-email/", {"email": "zoe@", "note": "Hi Zoe", "reminders": "on"}
    )
    page = response.content.decode()
    assert response.status_code == 422 and "Hi Zoe" in page and 'value="zoe@"' in page
    assert 'name="reminders" checked' in page


def test_a_host_may_keep_bringing_in_to_themselves(ada: Member, signed_in: SignIn) -> None:
    HostSetting.objects.create(name="members_bring_in", value=False)
    assert 'name="email"' not in words(signed_in(ada), "/network/")
    assert signed_in(ada).post("/network/by-email/", {"email": "zoe@example.org"}).status_code == 422


def test_a_letter_lets_in_and_connects(ada: Member, settings: Any) -> None:
    settings.EMAIL_BACKEND = "kith.core.mail.OutboxBackend"
    asked = invite_address(ada, "zoe@example.org", "Come along")
    path = f"/invited/{letters.token(asked)}/"
    assert path in Letter.objects.get().text
    visitor = Client()
    page = words(visitor, path)
    assert "Ada Lund would like to connect with you" in page and "Come along" in page
    assert "You are signed in" not in page
    assert visitor.post(path).url == "/sign-up/"
    assert 'value="zoe@example.org"' in words(visitor, "/sign-up/")
    refused = visitor.post("/sign-up/", {"name": "Zoe Ray", "email": "other@example.org"})
    assert "this letter is for another address" in refused.content.decode()
    zoe = _signs_up(visitor, "zoe@example.org", "Zoe Ray")
    assert zoe.confirmed_at and Connection.objects.between(ada, zoe).exists()
    assert Client().get(path).status_code == 410


def test_where_the_host_decides_a_letter_connects_once_they_said_yes(
    ada: Member, hana: Member, signed_in: SignIn
) -> None:
    HostSetting.objects.create(name="sign_up", value="approval")
    invite_address(ada, "zoe@example.org")
    zoe = join(email="zoe@example.org", name="Zoe Ray", confirmed=False)
    keep_address(zoe, verified=True)
    asked = JoinRequest.objects.create(member=zoe, reason="Ada asked me")
    signed_in(hana).post(f"/host/requests/{asked.public_id}/", {"answer": "let_in"})
    assert Connection.objects.between(ada, zoe).exists()


def test_no_more_letters_needs_one_press(ada: Member) -> None:
    asked = invite_address(ada, "zoe@example.org")
    path = f"/no-invitations/{letters.stop_token(asked.email_hash)}/"
    assert "No more letters?" in words(Client(), path)
    assert not QuietAddress.objects.exists()
    assert "writes to you no more" in Client().post(path).content.decode()
    assert QuietAddress.objects.exists()
    assert Client().get("/no-invitations/x-y/").status_code == 404


def test_a_restriction_says_why_until_when_and_takes_one_appeal(ada: Member, signed_in: SignIn) -> None:
    restrictions.restrict(ada, Restriction.Kind.INVITATIONS, "Too many strangers.", None)
    client = signed_in(ada)
    page = words(client, "/network/")
    assert "Restricted." in page and "Too many strangers." in page and "Is this wrong?" in page
    assert client.post("/network/appeal/", {"appeal": ""}).status_code == 422
    assert client.post("/network/appeal/", {"appeal": "They knew me."}).status_code == 302
    assert "They knew me." in words(client, "/network/")
    assert client.post("/network/appeal/", {"appeal": "Again"}).status_code == 422


def test_what_a_host_said_when_lifting_stays_to_be_read(ada: Member, hana: Member, signed_in: SignIn) -> None:
    kind = Restriction.Kind.INVITATIONS
    restriction = restrictions.restrict(ada, kind, "Too many strangers.", None)
    restrictions.appeal(restriction, "They knew me.")
    restrictions.answer_appeal(restriction, hana, "You are right.", uphold=False)
    page = words(signed_in(ada), "/network/")
    assert "You are right." in page and "Restricted." not in page
    long_ago = timezone.now() - timedelta(days=31)
    Restriction.objects.update(answered_at=long_ago, lifted_at=long_ago)
    assert restrictions.answered_lately(ada, kind) is None


@pytest.mark.parametrize(
    ("path", "ceiling"),
    [("/network/", 32), ("/network/invitations/", 18), ("/network/invitations/sent/", 17), (CONNECT, 26),
     ("/people/", 20), ("/people/bo-ferreira/", 25)],
)  # fmt: skip
def test_pages_keep_their_ceilings(
    ada: Member,
    bo: Member,
    signed_in: SignIn,
    path: str,
    ceiling: int,
    django_assert_max_num_queries: Callable,
) -> None:
    crowd = people(24)
    for one in crowd[:12]:
        invite(one, ada, "Hello")
    for one in crowd[12:]:
        invite(ada, one)
    connect(ada, crowd[0])
    for one in (crowd[1], crowd[2], bo):
        connect(crowd[0], one)
        choose(one, found_by_email=True)
        keep_address(one, verified=True)
    measure()  # so that clues are looked for
    client = signed_in(ada)
    with django_assert_max_num_queries(ceiling):
        assert client.get(path).status_code == 200


def _signs_up(visitor: Client, email: str, name: str) -> Member:
    """By the form and the mailed code."""
    visitor.post("/sign-up/", {"name": name, "email": email})
    visitor.post("/sign-up/code/", {"code": code_for(email)})
    return Member.objects.get(email=email)


def test_a_blind_invitation_offers_warmer_steps_that_work(
    ada: Member, bo: Member, mal: Member, hana: Member, signed_in: SignIn
) -> None:
    connect(ada, hana)
    connect(hana, mal)
    connect(mal, bo)
    client = signed_in(ada)
    page = words(client, CONNECT)
    assert "This would be blind." in page and 'href="/people/hana-okafor/"' in page
    links = set(re.findall(r'href="(/people/[^"]*)"', page))
    assert [link for link in links if client.get(link).status_code != 200] == []
    assert page.count('action="/people/bo-ferreira/follow/"') == 1
    asked = {"from": "sheet", "back": CONNECT}
    part = client.post("/people/bo-ferreira/follow/", asked, headers=HTMX).content.decode()
    assert 'role="status"' in part and "You follow Bo" in part and "<html" not in part
    assert client.post("/people/bo-ferreira/follow/", asked).url == CONNECT
    assert "You follow Bo" in words(client, CONNECT) and not Invitation.objects.exists()


def test_how_open_somebody_is_stands_beside_connect_and_nowhere_else(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    for path in (CONNECT, "/people/bo-ferreira/"):
        assert "Bo wants you to say why" in words(client, path)
    choose(bo, openness="Only about boats.")
    for path in (CONNECT, "/people/bo-ferreira/"):
        assert "Only about boats." in words(client, path)
    connect(ada, bo)
    assert "Only about boats." not in words(client, "/people/bo-ferreira/")
    assert "say why" not in words(client, "/people/ada-lund/")
