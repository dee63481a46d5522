"""Every page with a full desk behind it, on a phone and a desk, light and dark."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from kith.archive import actions, uploads
from kith.contacts.models import Contact, ImportRun, MessageVersion
from kith.members.actions import join, offer_walk_in
from kith.members.models import Member
from tests.browser.checks import WIDTHS, assert_fits, is_sound


@dataclass(frozen=True)
class Desk:
    """A member with the sample archive in, and a second upload waiting for agreement."""

    member: Member
    newcomer: Member
    outcome: ImportRun
    waiting: ImportRun
    contact: Contact
    version: MessageVersion


@pytest.fixture(scope="module")
def desk(stored: None) -> Desk:
    member = join(email="ingrid@example.org", name="Ingrid Solberg", from_demo=True)
    newcomer = join(email="nils@example.org", name="Nils Berg", from_demo=True)
    offer_walk_in({"consultant": member, "new": newcomer})
    actions.import_now(member, uploads.SAMPLE)
    outcome = ImportRun.objects.get(owner=member)
    waiting = actions.receive_sample(member)
    actions.preview(waiting)
    contact = Contact.objects.filter(owner=member).order_by("-received_count").first()
    version = MessageVersion.objects.filter(owner=member).first()
    assert contact and version
    return Desk(member, newcomer, outcome, waiting, contact, version)


PAGES: dict[str, Callable[[Desk], str]] = {
    "styleguide": lambda desk: reverse("styleguide"),
    "settings": lambda desk: reverse("settings"),
    "bring in": lambda desk: reverse("bring_in"),
    "preview": lambda desk: reverse("import_run", args=[desk.waiting.public_id]),
    "outcome": lambda desk: reverse("import_run", args=[desk.outcome.public_id]),
    "today": lambda desk: reverse("today"),
    "contacts": lambda desk: reverse("contacts"),
    "contacts found": lambda desk: reverse("contacts") + "?q=a&network=b",
    "nobody found": lambda desk: reverse("contacts") + "?q=xyzzy",
    "contact": lambda desk: reverse("contact", args=[desk.contact.public_id]),
    "edit a contact": lambda desk: reverse("edit_contact", args=[desk.contact.public_id]),
    "merge a contact": lambda desk: reverse("merge_contact", args=[desk.contact.public_id]),
    "remove a contact": lambda desk: reverse("remove_contact", args=[desk.contact.public_id]),
    "back-fill": lambda desk: reverse("back_fill"),
    "report": lambda desk: reverse("report"),
    "people behind": lambda desk: reverse("report_people", args=["waiting-for-you"]),
    "version": lambda desk: reverse("report_version", args=[desk.version.public_id]),
    "not found": lambda desk: "/nothing-here/",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow if place % 2 else ()) for place, name in enumerate(PAGES)],
)
def test_a_full_desk_is_sound(page: Page, desk, as_member, complaints, name, width):
    as_member(desk.member)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGES[name](desk))
    is_sound(page, width)
    assert [said for said in complaints if "404" not in said] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("route", ["today", "contacts", "back_fill", "report", "bring_in"])
def test_an_empty_desk_is_sound_and_says_what_to_do_first(
    page: Page, desk, as_member, complaints, route, width
):
    as_member(desk.newcomer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(reverse(route))
    is_sound(page, width)
    assert page.locator("main .btn.go").count() >= 1
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/styleguide/", "/link/abc/def/"])
def test_what_everybody_sees_is_sound(page: Page, desk, complaints, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("name", ["today", "contacts", "contact", "back-fill", "report", "preview"])
def test_it_fits_the_narrowest_phone(page: Page, desk, as_member, name):
    as_member(desk.member)
    page.goto(PAGES[name](desk))
    assert_fits(page, 360)
