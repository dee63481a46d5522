"""The keyboard keeps its place when a press replaces the part of the page it stands in."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kith.archive import actions, uploads
from kith.contacts.models import Contact
from kith.members.actions import join
from kith.members.models import Member

SAMPLE: Path = uploads.SAMPLE


@pytest.fixture(scope="module")
def member(stored: None) -> Member:
    member = join(email="keys@example.org", name="Ingrid Solberg", from_demo=True)
    actions.import_now(member, SAMPLE)
    return member


def test_later_leads_to_the_next_row(page: Page, member: Member, as_member) -> None:
    as_member(member)
    page.goto(reverse("today"))
    third = page.locator("[data-row] .who").nth(2).inner_text()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator('[aria-current="true"] .who')).to_have_text(third)
    expect(page.locator('[aria-current="true"] :focus')).to_have_count(1)


def test_a_card_answered_by_its_button_leaves_the_focus_on_it(page: Page, member: Member, as_member) -> None:
    as_member(member)
    page.goto(reverse("back_fill"))
    asked = page.locator("h1").inner_text()
    page.locator('[data-key="n"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text(asked)
    expect(page.locator('[data-key="n"]')).to_be_focused()


def test_after_a_talk_is_logged_the_keyboard_stands_where_the_next_one_would_be(
    page: Page, member: Member, as_member
) -> None:
    as_member(member)
    contact = Contact.objects.owned_by(member).connected().order_by("-connected_on", "pk")[7]
    page.goto(reverse("contact", args=[contact.public_id]))
    page.locator("#talk > summary").press("Enter")
    page.get_by_role("button", name="Log this talk").press("Enter")
    expect(page.locator(".timeline .talk")).to_have_count(1)
    expect(page.locator("#talk > summary")).to_be_focused()
