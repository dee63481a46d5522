"""Contacts who are here, the warmer steps of a blind invitation, and the choices behind both, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kith.contacts.models import Contact
from kith.desk.models import FoundHere
from kith.members.actions import join
from kith.members.models import Member
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.models import Follow, Invitation
from tests.browser.checks import WIDTHS, assert_accessible, is_sound
from tests.web.test_connections import found_by_email

AsMember = Callable[[Member], None]
PAGE = "/network/from-archive/"


@pytest.fixture(scope="module")
def ada(stored: None) -> Member:
    """Four contacts of hers are here; one of them knows somebody she knows."""
    ada = join(email="ada@example.org", name="Ada Lund")
    named = (
        "Bo Ferreira",
        "Cy Brandt",
        "Dee Okoye",
        "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Smith",
    )
    for number, name in enumerate(named):
        one = join(email=f"p{number}@example.org", name=name)
        one.headline = "Planning routines that survive Tuesdays, at Novamed"
        one.save(update_fields=["headline"])
        found_by_email(one)
        talk = (
            {"last_talk_on": "2026-03-01"}
            if number == 1
            else {"sent_count": 3, "last_exchange_at": "2025-03-01T10:00Z"}
        )
        Contact.objects.create(
            owner=ada, name=name[:12], email=one.email, slug=f"c{number}", in_touch_on="2025-03-01", **talk
        )
    friend = join(email="friend@example.org", name="Flo Marsh")
    connect(ada, friend)
    connect(friend, Member.objects.get(email="p1@example.org"))
    stranger = join(email="stranger@example.org", name="Sam Stone")
    choose(stranger, openness="Gladly, if you say what you read of mine.")
    return ada


@pytest.fixture(scope="module")
def lone(ada: Member) -> Member:
    return join(email="lone@example.org", name="Lone Wolff")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        "/network/",
        "/today/",
        "/people/sam-stone/",
        "/people/sam-stone/connect/",
        "/settings/network/",
        "/profile/audiences/",
    ],
)
def test_pages_are_sound(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int, path: str
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_page_says_what_to_do_first(
    page: Page, lone: Member, as_member: AsMember, width: int
) -> None:
    as_member(lone)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGE)
    expect(page.locator(".empty .btn.go")).to_be_visible()
    is_sound(page, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_blind_invitation_is_warmed_up_inside_the_sheet(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    Follow.objects.all().delete()
    invited = Invitation.objects.count()  # another test's
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/people/?q=Sam")
    page.get_by_role("link", name=re.compile("^Connect.*Sam Stone")).click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("This would be blind.")
    expect(sheet).to_contain_text("Gladly, if you say what you read of mine.")
    sheet.get_by_role("button", name=re.compile("^Follow.*Sam Stone")).focus()
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("status")).to_contain_text("You follow Sam")
    expect(sheet.get_by_label("Note")).to_be_visible()
    assert_accessible(page)
    assert Follow.objects.filter(follower=ada).count() == 1 and Invitation.objects.count() == invited
    assert complaints == []


def test_they_are_dealt_with_one_by_one(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str]
) -> None:
    as_member(ada)
    page.goto("/network/")
    page.get_by_role("link", name="Look at them, one by one").click()
    rows = page.locator("main .rows > .row")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Cy Brandt")
    page.get_by_role("button", name=re.compile("^Not now.*Bo Ferreira")).click()
    expect(page.get_by_role("status").filter(has_text="Bo Ferreira is not offered again")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo.*Bo Ferreira")).click()
    expect(rows).to_have_count(4)
    page.get_by_role("button", name=re.compile("^Not now.*Bo Ferreira")).click()
    expect(page.get_by_role("button", name=re.compile("^Undo.*Bo Ferreira"))).to_be_visible()
    page.get_by_role("link", name=re.compile("^Connect.*Cy Brandt")).click()
    page.get_by_role("dialog").get_by_label("Note").fill("It was good to talk in March.")
    page.get_by_role("dialog").get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("link", name=re.compile("^Waiting since today.*Cy Brandt"))).to_be_focused()
    page.reload()
    expect(rows).to_have_count(2)
    assert FoundHere.objects.get(put_off_at__isnull=False).member.name == "Bo Ferreira"
    assert complaints == []
