"""Coming in: by a join link, openly, by approval, by the roster; and what no form can change."""

import pytest
from django.test import Client

from kith.core.host import set_setting
from kith.members import joining
from kith.members.addresses import is_verified
from kith.members.models import JoinLink, JoinRequest, Member, RosterEntry
from kith.members.roster import claim_token
from tests.web.accounts.mail import code_for, is_in, letters_to

pytestmark = pytest.mark.django_db
NEW = {"name": "Cy Novak", "email": "cy@example.org"}


def sign_up(client: Client, **typed: str) -> Member:
    """Through the form and the mailed code."""
    said = {**NEW, **typed}
    answer = client.post("/sign-up/", said)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == "/sign-up/code/"
    client.post("/sign-up/code/", {"code": code_for(said["email"])})
    return Member.objects.get(email=said["email"])


def test_a_join_link_lets_one_person_in_once_their_address_is_confirmed(hana: Member) -> None:
    link, token = joining.make_join_link(hana)
    visitor = Client()
    assert "Hana Okafor asks you into Kith" in visitor.get(f"/join/{token}/").content.decode()
    assert visitor.post(f"/join/{token}/").url == "/sign-up/"
    assert visitor.post("/sign-up/", NEW).url == "/sign-up/code/"
    link.refresh_from_db()
    assert link.uses_left == 1 and not is_in(visitor)  # nothing is used before the address stands
    visitor.post("/sign-up/code/", {"code": code_for(NEW["email"])})
    member = Member.objects.get(email=NEW["email"])
    assert is_in(visitor) and member.confirmed_at and member.joined_by == link and is_verified(member)
    assert visitor.get("/today/").status_code == 200
    assert Client().get(f"/join/{token}/").status_code == 410


def test_without_a_link_nobody_signs_up_where_links_are_asked() -> None:
    visitor = Client()
    assert "Joining takes a link" in visitor.get("/sign-up/").content.decode()
    visitor.post("/sign-up/", NEW)
    assert not Member.objects.filter(email=NEW["email"]).exists()


def test_a_link_for_one_address_refuses_another_and_keeps_what_was_typed(hana: Member) -> None:
    _link, token = joining.make_join_link(hana, email="dee@example.org")
    visitor = Client()
    visitor.post(f"/join/{token}/")
    answer = visitor.post("/sign-up/", NEW)
    assert answer.status_code == 422
    assert (
        "this link is for another address" in answer.content.decode()
        and NEW["name"] in answer.content.decode()
    )
    assert sign_up(visitor, email="dee@example.org").confirmed_at


def test_a_link_that_is_spent_meanwhile_leaves_them_waiting_until_another(hana: Member) -> None:
    link, token = joining.make_join_link(hana)
    visitor = Client()
    visitor.post(f"/join/{token}/")
    visitor.post("/sign-up/", NEW)
    JoinLink.objects.filter(pk=link.pk).update(uses_left=0)
    visitor.post("/sign-up/code/", {"code": code_for(NEW["email"])})
    assert visitor.get("/today/").url == "/held/"
    assert "let nobody in any more" in visitor.get("/held/").content.decode()
    _other, another = joining.make_join_link(hana)
    assert visitor.post(f"/join/{another}/").url == "/today/"
    assert visitor.get("/today/").status_code == 200


def test_where_sign_up_is_open_a_confirmed_address_is_enough() -> None:
    set_setting("sign_up", "open")
    visitor = Client()
    member = sign_up(visitor)
    assert member.confirmed_at and not member.has_usable_password()
    assert visitor.get("/today/").status_code == 200


def test_by_approval_they_say_why_and_wait_for_the_host(hana: Member) -> None:
    set_setting("sign_up", "approval")
    visitor = Client()
    assert visitor.post("/sign-up/", NEW).status_code == 422
    member = sign_up(visitor, reason="I teach here.")
    assert member.confirmed_at is None
    assert visitor.get("/contacts/").url == "/held/"
    page = visitor.get("/held/").content.decode()
    assert "You asked today" in page and "I teach here." in page
    visitor.post("/held/reason/", {"reason": "I teach chemistry here."})
    request = JoinRequest.objects.get(member=member)
    assert request.reason == "I teach chemistry here."
    joining.let_in(request, hana)
    assert visitor.get("/today/").status_code == 200


def test_a_claim_link_of_the_roster_lets_in(hana: Member) -> None:
    entry = RosterEntry.objects.create(email="cy@example.org", email_hash="x", name="Cy Novak", made_by=hana)
    from kith.members.roster import open_claim

    open_claim(entry)
    visitor = Client()
    assert visitor.post(f"/claim/{claim_token(entry)}/").url == "/sign-up/"
    form = visitor.get("/sign-up/").content.decode()
    assert 'value="Cy Novak"' in form and 'value="cy@example.org"' in form
    member = sign_up(visitor)
    entry.refresh_from_db()
    assert member.confirmed_at and entry.claimed_by == member


@pytest.mark.parametrize(
    "field",
    ["is_staff", "is_superuser", "host_since", "confirmed_at", "handle", "demo_at", "is_active", "joined_by"],
)
def test_no_other_field_of_the_form_reaches_the_account(field: str) -> None:
    set_setting("sign_up", "approval")
    member = sign_up(Client(), reason="I teach here.", **{field: "2026-01-01"})
    assert (member.host_since, member.confirmed_at, member.demo_at, member.joined_by) == (None,) * 4
    assert member.handle == "cy-novak" and member.is_active


def test_whoever_never_confirmed_may_begin_again_under_another_name() -> None:
    set_setting("sign_up", "open")
    Client().post("/sign-up/", {**NEW, "name": "A Stranger"})
    member = sign_up(Client())
    assert member.name == "Cy Novak" and Member.objects.count() == 1


def test_a_known_address_gets_a_letter_that_says_so_and_no_second_account(ada: Member) -> None:
    set_setting("sign_up", "open")
    visitor = Client()
    assert visitor.post("/sign-up/", {"name": "Ada Two", "email": "ADA@example.org"}).url == "/sign-up/code/"
    assert "You have an account" in letters_to("ada@example.org")[-1].subject
    assert visitor.post("/sign-up/code/", {"code": "BBBB-BBBB"}).status_code == 422
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "typed", [{"name": ""}, {"name": "x" * 121}, {"email": "none"}, {"email": "a@" + "b" * 300}]
)
def test_what_is_missing_or_too_long_is_refused_by_name(typed: dict[str, str]) -> None:
    set_setting("sign_up", "open")
    answer = Client().post("/sign-up/", {**NEW, **typed})
    assert answer.status_code == 422
    assert 'class="refusal"' in answer.content.decode()
    assert not Member.objects.exists()
