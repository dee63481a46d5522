"""People, the public page and filling from the archive, in a real browser."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kith.contacts.models import ImportRun
from kith.demo.people import invented
from kith.members.actions import join
from kith.members.models import Member
from kith.profiles.models import Position, Skill
from kith.profiles.public import go_public
from tests.browser.checks import WIDTHS, is_sound
from tests.profiles.full import fill_in, show_to_all
from tests.profiles.test_fill import SAID

AsMember = Callable[[Member], None]


@pytest.fixture(scope="module")
def ada(stored: None) -> Member:
    """Somebody public, among sixty people of all scripts."""
    ada = join(email="ada@example.org", name="Ada Lund")
    fill_in(ada)
    show_to_all(ada)
    go_public(ada)
    for person in invented()[:60]:
        member = join(email=person.email, name=person.name)
        member.headline, member.place = person.headline, person.place
        member.save(update_fields=["headline", "place"])
    return ada


@pytest.fixture(scope="module")
def bo(ada: Member) -> Member:
    """Somebody whose archive has something to say."""
    bo = join(email="bo@example.org", name="Bo Ferreira")
    bo.headline = "My own words"
    bo.save(update_fields=["headline"])
    ImportRun.objects.create(
        owner=bo, file_name="a.zip", finished_at=timezone.now(), as_of="2026-05-01", report={"profile": SAID}
    )
    return bo


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path", ["/people/", "/people/?q=xyzzy", "/people/?q=oslo", "/profile/fill/", "/profile/audiences/"]
)
def test_pages_of_people_are_sound(
    page: Page, ada: Member, bo: Member, as_member: AsMember, complaints: list[str], width: int, path: str
) -> None:
    as_member(bo)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_public_page_is_sound_and_its_data_runs_nothing(
    page: Page, ada: Member, complaints: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/people/ada-lund/")
    is_sound(page, width)
    data = page.locator('script[type="application/ld+json"]').text_content() or ""
    assert page.evaluate("(words) => JSON.parse(words).name", data) == "Ada Lund"
    assert complaints == []


def test_people_are_found_while_typing_and_opened_by_key(
    page: Page, ada: Member, bo: Member, as_member: AsMember
) -> None:
    as_member(bo)
    page.goto("/people/")
    expect(page.locator("#people .row")).to_have_count(50)
    page.get_by_role("link", name="Show more").click()
    expect(page.locator("#people .row")).to_have_count(62)
    page.get_by_label("Find", exact=True).fill("ÁDA lund")
    expect(page.locator("#people .row")).to_have_count(1)
    expect(page).to_have_url(re.compile("q="))
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/people/ada-lund/$"))
    page.go_back()
    expect(page.locator("#people .row")).to_have_count(1)


def test_only_what_is_ticked_reaches_the_profile(page: Page, bo: Member, as_member: AsMember) -> None:
    as_member(bo)
    page.goto("/profile/fill/")
    assert page.locator("input:checked").count() == 0
    page.get_by_label("Analyst").check()
    page.get_by_label("All 2 that are new").last.check()
    page.get_by_role("button", name="Take what is ticked").click()
    expect(page.get_by_text("3 things are on your profile now.")).to_be_visible()
    assert Position.objects.get(member=bo).title == "Analyst"
    assert Skill.objects.filter(member=bo).count() == 2
    bo.refresh_from_db()
    assert bo.headline == "My own words"
