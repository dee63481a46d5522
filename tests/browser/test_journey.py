"""A newcomer's first half hour: from the front page to ten people in the A network."""

import pytest
from playwright.sync_api import Page, expect

from kith.archive import actions, uploads
from kith.contacts.models import Contact, ImportRun
from kith.members.actions import join, offer_walk_in
from kith.members.models import Member

TALKS = 10
from tests.browser.checks import WIDTHS


@pytest.fixture
def newcomer(stored: None, request: pytest.FixtureRequest) -> Member:
    """Somebody with an empty desk whom a visitor may walk in as."""
    name = f"nils{request.node.callspec.params['width']}"
    member = join(email=f"{name}@example.org", name=f"Nils {name}", from_demo=True)
    offer_walk_in({"new": member})
    return member


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_front_page_to_ten_people_in_the_a_network(page: Page, newcomer, complaints, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    page.get_by_role("button", name=f"Walk in as {newcomer.name}").click()
    if width < 700:
        page.locator("details.me > summary").click()
    page.get_by_role("link", name="Bring in", exact=True).locator("visible=true").click()

    page.get_by_label("Drop the file here, or choose it").set_input_files(uploads.SAMPLE)
    page.get_by_role("button", name="Look into it").click()
    page.wait_for_url("**/bring-in/*/")
    run = ImportRun.objects.get(owner=newcomer)
    actions.preview(run)
    expect(page.get_by_role("heading", name="This is in it")).to_be_visible()

    for box in page.get_by_role("checkbox", name="I may bring it in").all():
        box.check()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("button", name="Bring it in")).to_have_count(0)
    actions.carry_out(ImportRun.objects.get(pk=run.pk))
    expect(page.get_by_role("heading", name="It is in")).to_be_visible()

    page.get_by_role("link", name="Read the report").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    person = Contact.objects.filter(owner=newcomer).order_by("-received_count")[0]
    page.get_by_role("link", name="Contacts", exact=True).locator("visible=true").click()
    page.get_by_role("searchbox", name="Find", exact=True).fill(person.name)
    expect(page.locator("#people").get_by_role("link", name=person.name).first).to_be_visible()
    expect(page.locator("#people .result")).to_contain_text("fit")

    page.goto("/contacts/back-fill/")
    for done in range(TALKS):
        expect(page.locator("#card .result")).to_contain_text(f"{done} of ")
        page.keyboard.press("123"[done % 3])
        expect(page.locator("#card .result")).to_contain_text(f"{done + 1} of ")
    assert Contact.objects.owned_by(newcomer).in_a_network().count() == TALKS

    page.goto("/contacts/?network=a")
    expect(page.locator("#people .rows > li")).to_have_count(TALKS)
    assert complaints == []
