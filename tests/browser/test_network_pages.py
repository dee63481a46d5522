"""Connecting, in a real browser on both widths: the sheet, the network's page, invitations, letters outside."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from kith.members import restrictions
from kith.members.actions import join
from kith.members.models import Member, Restriction
from kith.network import letters
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.invitations import accept, invite, say
from kith.network.actions.outside import invite_address
from kith.network.models import Connection, Invitation
from tests.browser.checks import WIDTHS, assert_accessible, is_sound
from tests.network.circle import pass_days, people

AsMember = Callable[[Member], None]


@pytest.fixture(scope="module")
def ada(stored: None) -> Member:
    """Somebody in the middle of it: asked, asking, connected."""
    ada = join(email="ada@example.org", name="Ada Lund")
    crowd = people(12)
    for one in crowd[:6]:
        accept(invite(ada, one), one)
    connect(crowd[0], crowd[7])
    rows = Connection.objects.of(ada).order_by("pk")
    for months, row in enumerate(reversed(rows)):
        Connection.objects.filter(pk=row.pk).update(made_at=F("made_at") - timedelta(days=31 * months))
    invite(ada, crowd[8], "We both sang in Porto.")
    invite_address(ada, "zoe@example.org", "Come along")
    pass_days(12)
    asked = invite(crowd[7], ada, "You know Person p 0, and so do I. May I ask you about the harbour?")
    say(asked, ada, "Which harbour?")
    invite(crowd[9], ada)
    choose(crowd[10], openness="Say hello; I like to hear from strangers.")
    return ada


@pytest.fixture(scope="module")
def dee(ada: Member) -> Member:
    return join(email="dee@example.org", name="Dee Dahl")


PATHS = ["/network/", "/network/invitations/", "/network/invitations/?aside=1", "/network/invitations/sent/",
         "/people/person-p-10/connect/", "/people/person-p-7/", "/people/"]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PATHS)
def test_pages_of_the_network_are_sound(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int, path: str
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_one_invitation_is_sound_for_both(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    asked = Invitation.objects.filter(recipient=ada, words__isnull=False).first()
    assert asked
    for member in (ada, asked.sender):
        as_member(member)
        page.goto(f"/network/invitations/{asked.public_id}/")
        expect(page.get_by_text("Which harbour?")).to_be_visible()
        is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_network_and_a_restriction_are_sound(
    page: Page, dee: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    as_member(dee)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/network/")
    is_sound(page, width)
    restriction = restrictions.restrict(dee, Restriction.Kind.INVITATIONS, "Too many strangers.", None)
    page.reload()
    expect(page.get_by_text("Too many strangers.")).to_be_visible()
    is_sound(page, width)
    restriction.delete()
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_letters_pages_are_sound(page: Page, ada: Member, complaints: list[str], width: int) -> None:
    asked = Invitation.objects.get(email="zoe@example.org")
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        f"/invited/{letters.token(asked)}/",
        f"/no-invitations/{letters.stop_token(asked.email_hash)}/",
    ):
        page.goto(path)
        is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_connect_opens_a_sheet_and_sends_nothing_before_send(
    page: Page, dee: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    """S-27, at the width of a phone too: a note first, and nothing sent before it is confirmed."""
    as_member(dee)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/people/?q=Person p 11")
    page.get_by_role("link", name=re.compile("^Connect.*Person p 11")).click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("This would be blind.")
    expect(sheet.get_by_label("Note")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert not Invitation.objects.filter(sender=dee).exists()
    page.get_by_role("link", name=re.compile("^Connect.*Person p 11")).click()
    sheet.get_by_label("Note").fill("x" * 501)
    sheet.get_by_role("button", name="Send the invitation").click()
    expect(sheet.get_by_role("alert")).to_contain_text("at most 500 characters")
    expect(sheet.get_by_label("Note")).to_have_value("x" * 501)
    sheet.get_by_label("Note").fill("Hello")
    sheet.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("link", name=re.compile("^Waiting since today.*Person p 11"))).to_be_focused()
    expect(sheet).to_be_hidden()
    assert Invitation.objects.get(sender=dee).note == "Hello"
    Invitation.objects.filter(sender=dee).delete()
    assert [said for said in complaints if "422" not in said] == []


def test_answering_in_the_list_goes_on_to_the_next(page: Page, ada: Member, as_member: AsMember) -> None:
    as_member(ada)
    page.goto("/network/invitations/")
    page.get_by_role("button", name=re.compile("^Accept.*Person p 9")).click()
    expect(page.get_by_text("You and Person p 9 are connected.")).to_be_visible()
    page.goto("/people/?q=Person p 9")
    expect(page.locator("#people .row").get_by_text("Connected", exact=True)).to_be_visible()
