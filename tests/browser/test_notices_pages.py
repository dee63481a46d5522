"""Notices, their settings, an announcement, blocks: many, long, in every script, at both widths."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from kith.members.actions import join
from kith.members.blocks import block
from kith.members.models import JoinRequest, Member
from kith.notifications.account import tell_account_changed
from kith.notifications.announcements import announce, tell_some
from kith.notifications.hosting import tell_hosts_of_request
from kith.notifications.models import Announcement, Notification
from tests.browser.checks import WIDTHS, assert_fits, is_sound
from tests.notifications.likes import like

NAMES = [
    "Ingrid Solberg", "נועה לוי־בן־דוד", "محمد عبد الرحمن الفارسي", "山田 太郎", "Bo Ferreira",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Maximiliane-Antoinette von und zu Hohenlohe-Langenburg",
]  # fmt: skip


@dataclass(frozen=True)
class House:
    host: Member
    newcomer: Member
    other: Member
    said: Announcement


@pytest.fixture(scope="module")
def house(stored: None) -> House:
    host = join(email="hana@example.org", name="Hana Okafor", as_host=True)
    newcomer = join(email="nils@example.org", name="Nils Berg")
    people = [join(email=f"p{n}@example.org", name=name) for n, name in enumerate(NAMES)]
    now = timezone.now()
    Notification.objects.bulk_create(
        Notification(
            recipient=host, kind="likes", event=f"old{n}", group=f"old:{n}", actor=people[n % 5],
            at=now - timedelta(hours=30 + 5 * n), read_at=now if n % 3 else None,
        )
        for n in range(1_000)
    )  # fmt: skip
    for number, person in enumerate(people):
        like(person, host, post=number, at=now - timedelta(minutes=50 - number))
    like(people[4], host, post=1, at=now - timedelta(minutes=40))
    for number in range(13):
        waiting = join(email=f"w{number}@example.org", name=f"Waiting {number}", confirmed=False)
        tell_hosts_of_request(JoinRequest.objects.create(member=waiting, reason="Please"))
    tell_account_changed(host, "password")
    said = announce(
        newcomer,
        "Summer fair in the park, with a very long title that goes on until nothing more fits in it",
        "Come.\n\nBring cake. " * 30,
    )
    tell_some(said, 0)
    block(host, people[5])
    return House(host, newcomer, people[4], said)


PAGES: dict[str, Callable[[House], str]] = {
    "notices": lambda house: reverse("notices"),
    "older": lambda house: f"{reverse('notices')}?before={int(timezone.now().timestamp()) - 400_000}000000-x",
    "settings": lambda house: reverse("notice_settings"),
    "announcement": lambda house: reverse("announcement", args=[house.said.public_id]),
    "blocked people": lambda house: reverse("blocked_people"),
    "block": lambda house: reverse("block", args=[house.other.handle]),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_full_pages_are_sound(page: Page, house, as_member, complaints, name, width):
    as_member(house.host)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGES[name](house))
    is_sound(page, width)
    for summary in page.locator("main details > summary").all()[:2]:
        summary.click()
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("name", ["notices", "settings", "blocked people"])
def test_empty_pages_are_sound(page: Page, house, as_member, complaints, name):
    newcomer = Member.objects.filter(email="empty@example.org").first()
    as_member(newcomer or join(email="empty@example.org", name="Empty"))
    page.goto(PAGES[name](house))
    is_sound(page, 390)
    assert complaints == []


def test_the_narrowest_phone(page: Page, house, as_member):
    as_member(house.host)
    page.goto(reverse("notices"))
    assert_fits(page, 360)


def test_switch_off_and_undo_move_neither_page_nor_place(page: Page, house, as_member, complaints):
    as_member(house.host)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(reverse("notices"))
    row = page.locator(".notice-row", has_text="Ingrid Solberg").first
    row.locator(".menu-of > summary").click()
    row.get_by_role("button", name="Switch off").click()
    done = page.locator(".done")
    expect(done).to_contain_text("“Likes” is off")
    expect(done).to_be_in_viewport()
    assert page.url.endswith(reverse("notices"))
    done.get_by_role("button", name="Undo").click()
    expect(done).to_contain_text("“Likes” is on")
    assert complaints == []


def test_all_read_empties_the_bell_and_undo_fills_it(page: Page, house, as_member, complaints):
    as_member(house.host)
    page.goto(reverse("notices"))
    before = page.locator("#bell b").inner_text()
    page.get_by_role("button", name="Mark all read").click()
    expect(page.locator("#bell b")).to_have_count(0)
    expect(page.locator(".unread")).to_have_count(0)
    page.locator(".done").get_by_role("button", name="Undo").click()
    expect(page.locator("#bell b")).to_have_text(before)
    assert complaints == []


def test_coming_back_from_a_notice_finds_the_same_place(page: Page, house, as_member):
    as_member(house.host)
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(reverse("notices"))
    row = page.locator(".notice-row", has_text="Summer fair")
    row.scroll_into_view_if_needed()
    was = page.evaluate("scrollY")
    row.locator(".said").click()
    expect(page.locator("h1")).to_contain_text("Summer fair")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Notices")
    page.wait_for_function(f"Math.abs(scrollY - {was}) < 60")
    notice = Notification.objects.get(recipient=house.host, kind="announcement")
    assert notice.read_at


def test_a_block_by_keyboard(page: Page, house, as_member):
    as_member(house.newcomer)
    page.goto(reverse("block", args=[house.other.handle]))
    page.get_by_role("button", name="Block").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Bo Ferreira")
    page.get_by_role("button", name="End the block").click()
    expect(page.locator("main")).to_contain_text("You blocked nobody")
