"""Followers, connections, reach, a company and the choices, in a real browser at both widths."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kith.contacts.models import Contact
from kith.demo.people import invented
from kith.members.actions import join
from kith.members.models import Member
from kith.members.organisations import find_or_make
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.follows import follow
from kith.network.models import Follow
from kith.profiles.models import Position
from tests.browser.checks import WIDTHS, is_sound

AsMember = Callable[[Member], None]


@pytest.fixture(scope="module")
def ada(stored: None) -> Member:
    """Somebody with sixty followers and thirty connections, of whom each knows some others, at two companies."""
    ada = join(email="ada@example.org", name="Ada Lund")
    crowd = []
    for person in invented()[:110]:
        member = join(email=person.email, name=person.name)
        member.headline, member.place = person.headline, person.place
        member.save(update_fields=["headline", "place"])
        crowd.append(member)
    for number, one in enumerate(crowd):
        if number < 60:
            follow(one, ada)
        elif number < 90:
            connect(ada, one)
            connect(one, crowd[number - 60])
            connect(one, crowd[number - 30])
    for number, one in enumerate(crowd):
        name = ("Novamed", "Corvane Labs")[number % 2]
        Position.objects.create(member=one, title="Planner", organisation=find_or_make(name))
    for one in crowd[60:64]:
        choose(one, found_by_email=True)
    spoken = {"last_talk_on": "2026-03-01", "in_touch_on": "2026-03-01", "talk_count": 1}
    Contact.objects.create(owner=ada, name="A", email=crowd[61].email, slug="a", **spoken)
    Contact.objects.create(owner=ada, name="B", email=crowd[62].email, slug="b", in_touch_on="2025-03-01")
    return ada


@pytest.fixture(scope="module")
def lone(ada: Member) -> Member:
    """Somebody new, whom nobody knows."""
    return join(email="lone@example.org", name="Lone Wolff")


PATHS = {
    "followers": "/network/followers/",
    "following": "/network/following/",
    "connections": "/network/connections/",
    "connections by last exchange": "/network/connections/?sort=touch&network=a",
    "nobody fits": "/network/connections/?q=xyzzy",
    "reach": "/network/reach/?company=nova",
    "choices": "/settings/network/",
    "settings": "/settings/",
    "profile": "/people/lone-wolff/",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PATHS)
def test_pages_of_the_network_are_sound(
    page: Page, ada: Member, lone: Member, as_member: AsMember, complaints: list[str], width: int, name: str
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PATHS[name])
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_company_is_reached_from_the_reach_page(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/network/reach/")
    page.get_by_label("Who of mine can reach a company").fill("corvane")
    page.get_by_role("button", name="Find").click()
    page.locator("main .rows").get_by_role("link", name="Corvane Labs").click()
    expect(page.get_by_role("heading", name="Who connects you")).to_be_visible()
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["followers", "following", "connections", "reach"])
def test_empty_pages_say_what_to_do_first(
    page: Page, lone: Member, as_member: AsMember, width: int, name: str
) -> None:
    Follow.objects.filter(follower=lone).delete()
    as_member(lone)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PATHS[name].split("?")[0])
    expect(page.locator(".empty .btn.go")).to_be_visible()
    is_sound(page, width)


def test_the_place_in_the_list_is_kept_on_return_and_after_an_action(
    page: Page, ada: Member, as_member: AsMember
) -> None:
    """S-13, E-08: back from a profile, the same row stands where it stood; removing one keeps the place too."""
    signed_up = Follow.objects.filter(followed=ada).count()  # another test's too
    as_member(ada)
    page.goto("/network/followers/")
    expect(page.locator("#circle .row")).to_have_count(50)
    page.get_by_role("link", name="Show more").click()
    expect(page.locator("#circle .row")).to_have_count(signed_up + 30)
    expect(page).to_have_url(re.compile(f"show={signed_up + 30}"))
    row = page.locator("#circle .row").nth(55)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_contain_text("no longer follows you")
    assert Follow.objects.filter(followed=ada).count() == signed_up - 1
    link = page.locator("#circle .row").nth(58).locator(".who a")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    name = link.text_content() or ""
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    expect(page.locator("#circle .row")).to_have_count(signed_up + 29)
    expect(page.get_by_role("link", name=name, exact=True)).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 300


def test_following_by_keyboard_says_what_it_brings(
    page: Page, ada: Member, lone: Member, as_member: AsMember
) -> None:
    as_member(lone)
    page.goto("/people/ada-lund/")
    expect(page.get_by_text("puts them on your list")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Follow")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="You follow Ada Lund")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Unfollow"))).to_be_focused()
    page.goto("/network/following/")
    expect(page.locator("#circle .row")).to_have_count(1)
