"""The console in a browser: a community of some size, on a phone and a desk, light and dark; its journeys."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from kith.core.mail import send_letter
from kith.core.models import Letter
from kith.members import joining, restrictions, roster, roster_file, roster_import
from kith.members.actions import join
from kith.members.models import JoinLink, Member, Organisation, RosterEntry
from tests.browser import checks
from tests.browser.checks import assert_accessible, assert_fits

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def host(stored: None) -> Member:
    """The host of a house in which people wait, appeal, are suspended, are on the roster."""
    hana = join(email="hana@example.org", name="Hana Okafor", as_host=True)
    cy = join(email="cy@example.org", name="Cy Moreau", confirmed=False)
    joining.ask_to_join(cy, "I ran the alumni choir and would like to find the others again.")
    tove = join(email="tove@example.org", name="Tove Lindqvist")
    made = restrictions.suspend(tove, hana, "The same offer to forty people.", timezone.now() + timedelta(9))
    restrictions.appeal(made, "It was an open day.")
    joining.make_join_link(hana, note="Choir", uses=40)
    table = "E-mail,Name,Class year\n" + "".join(
        f"p{n}@example.org,Person {n},{1990 + n}\n" for n in range(60)
    )
    roster_import.take_in(roster_file.read(table), hana)
    send_letter("cy@example.org", "Your code", "It is 482913.")
    Letter.objects.create(
        to="x@example.org",
        subject="Hello",
        text="x",
        state="failed",
        tries=3,
        problem="550 nobody of that name",
    )
    for name in ("Novamed Devices", "Novamed Devices GmbH"):
        Organisation.objects.create(name=name, key=name.lower())
    return hana


PAGES: dict[str, Callable[[], str]] = {
    "front": lambda: reverse("host"),
    "members": lambda: reverse("host_members"),
    "nobody found": lambda: reverse("host_members") + "?q=xyzzy",
    "a member who asks": lambda: _member("cy@example.org"),
    "a suspended member": lambda: _member("tove@example.org"),
    "a host": lambda: _member("hana@example.org"),
    "join links": lambda: reverse("host_invitations"),
    "roster": lambda: reverse("host_roster"),
    "roster import": lambda: reverse("host_roster_import"),
    "announcements": lambda: reverse("host_announcements"),
    "organisations": lambda: reverse("host_organisations"),
    "brand": lambda: reverse("host_brand"),
    "settings": lambda: reverse("host_settings"),
    "outbox": lambda: reverse("outbox"),
    "letter": lambda: reverse("letter", args=[Letter.objects.get(state="kept").public_id]),
    "health": lambda: reverse("host_health"),
    "audit": lambda: reverse("host_audit"),
    "no more letters": lambda: (
        f"/no-more-letters/{roster.stop_token(RosterEntry.objects.order_by('pk')[0])}/"
    ),
}


OFTEN = ("front", "members", "a suspended member", "settings", "roster", "health")  # in each run


def _member(email: str) -> str:
    return reverse("host_member", args=[Member.objects.get(email=email).public_id])


@pytest.mark.parametrize("width", checks.WIDTHS)
@pytest.mark.parametrize(
    "name", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.slow) for name in PAGES]
)
def test_a_page_of_the_console_is_accessible_and_fits(
    name: str,
    width: int,
    host: Member,
    page: Page,
    as_member: Callable[[Member], None],
    complaints: list[str],
) -> None:
    as_member(host)
    page.goto(PAGES[name]())
    checks.is_sound(page, width)
    assert complaints == []


def test_a_roster_is_looked_at_taken_in_and_a_link_handed_over(
    host: Member, page: Page, as_member: Callable[[Member], None], tmp_path: Path
) -> None:
    as_member(host)
    table = tmp_path / "members.csv"
    table.write_text(
        "Mail;Nom;Promotion\nzoe@example.org;Zoé Martin;1988\nbroken;Who;1\n", encoding="latin-1"
    )
    page.goto(reverse("host_roster_import"))
    page.get_by_label("Drop the table here, or choose it").set_input_files(table)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("“broken” is not an address")).to_be_visible()
    for width in WIDTHS:
        assert_fits(page, width)
        assert_accessible(page)
    page.get_by_label("Name of the field Promotion").fill("Class of")
    page.get_by_role("button", name="Take in 1 person").click()
    row = page.locator(".row", has_text="Zoé Martin")
    expect(row).to_contain_text("Class of: 1988")
    row.get_by_role("button", name="Link").click()
    expect(page.locator("#shown-once")).to_contain_text("/claim/")
    assert_accessible(page)


def test_a_join_link_is_made_shown_once_and_gone_after_a_reload(
    host: Member, page: Page, as_member: Callable[[Member], None]
) -> None:
    as_member(host)
    page.goto(reverse("host_invitations"))
    page.get_by_label("People it lets in").fill("many")
    page.get_by_label("Note for the hosts").fill("Spring walk")
    page.get_by_role("button", name="Make a join link").click()
    expect(page.get_by_role("alert")).to_contain_text("People it lets in: please give a whole number.")
    expect(page.get_by_label("Note for the hosts")).to_have_value("Spring walk")
    page.get_by_label("People it lets in").fill("12")
    page.get_by_role("button", name="Make a join link").click()
    expect(page.locator("#shown-once")).to_have_text(re.compile(r"/join/[\w-]+/$"))
    assert JoinLink.objects.filter(note="Spring walk", uses_left=12).exists()
    page.goto(reverse("host_invitations"))
    expect(page.locator("#shown-once")).to_have_count(0)


def test_the_console_works_by_keyboard_alone(
    host: Member, page: Page, as_member: Callable[[Member], None]
) -> None:
    as_member(host)
    page.goto(reverse("host"))
    page.get_by_label("Words to Cy Moreau").focus()
    page.keyboard.type("Welcome back")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Cy Moreau is let in.")
    assert Member.objects.get(email="cy@example.org").confirmed_at is not None


def test_the_accent_of_the_host_is_on_every_page_and_can_be_read(
    host: Member, page: Page, as_member: Callable[[Member], None]
) -> None:
    import shutil

    from kith.core.branding import folder

    as_member(host)
    try:
        page.goto(reverse("host_brand"))
        page.get_by_label("Name", exact=True).fill("Alumni of Lund")
        page.get_by_label("Colour on light paper").fill("#8a1c5b")
        page.get_by_role("button", name="Keep").click()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(reverse("host_brand"))
            assert "Alumni of Lund" in page.title()
            assert_accessible(page)
            for width in WIDTHS:
                assert_fits(page, width)
    finally:
        shutil.rmtree(folder(), ignore_errors=True)
