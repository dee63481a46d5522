"""Profiles in a real browser: every page sound at both widths, and edited in place by keyboard alone."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from kith.members.actions import join
from kith.members.models import Member
from kith.profiles import actions
from kith.profiles.models import Position, Skill
from kith.profiles.photos import photo_path, set_banner, set_photo
from tests.browser.checks import WIDTHS, is_sound
from tests.profiles.test_photos import picture

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path_factory.mktemp("media")
    yield
    settings.MEDIA_ROOT = before


@pytest.fixture(scope="module")
def ada(stored: None, media: None) -> Member:
    """Somebody with everything, odd dates and a long list included."""
    ada = join(email="ada@example.org", name="Ada Lund")
    actions.edit_card(
        ada, name="Ada Lund", pronunciation="AH-da", headline="Editor of devices", place="Bergen"
    )
    actions.write_summary(ada, "I make evidence readable.\n\nأعمل منذ عشر سنوات.")
    for number in range(7):
        actions.add_row(ada, "specialties", {"text": f"Specialty number {number}"})
    for title, year in [("Editor", "2090"), ("Writer", "2010"), ("Desk", "2000")]:
        actions.add_row(
            ada,
            "positions",
            {
                "title": title,
                "organisation": "Novamed",
                "start_year": year,
                "current": "1",
                "description": "Well.",
            },
        )
    actions.add_row(ada, "education", {"school": "University of Bergen", "degree": "MSc"})
    actions.add_skills(ada, "Editing, Writing, Statistics")
    actions.add_row(ada, "languages", {"name": "Norwegian", "level": "at home"})
    actions.add_row(ada, "links", {"url": "https://ada.example/" + "a" * 200, "label": ""})
    actions.add_row(ada, "contact", {"kind": "email", "value": "a@ada.example", "audience": "members"})
    actions.set_birthday(ada, day="9", month="3")
    set_photo(ada, picture())
    set_banner(ada, picture())
    return ada


@pytest.fixture(scope="module")
def bo(stored: None) -> Member:
    """Somebody with nothing but a very long name."""
    bo = join(email="bo@example.org", name=LONG)
    Member.objects.filter(pk=bo.pk).update(handle="bo")
    bo.refresh_from_db()
    return bo


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path",
    ["/people/ada-lund/", "/people/ada-lund/?as=member", "/people/ada-lund/?as=web", "/profile/card/",
     "/profile/positions/", "/profile/specialties/", "/profile/contact/", "/profile/birthday/",
     "/profile/audiences/", "/profile/photo/", "/profile/banner/"],
)  # fmt: skip
def test_the_owners_pages_are_sound(
    page: Page, ada: Member, as_member, complaints: list[str], path: str, width: int
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", [360, *WIDTHS])
@pytest.mark.parametrize("path", ["/people/ada-lund/", "/people/bo/"])
def test_what_a_stranger_sees_and_an_empty_profile_are_sound(
    page: Page, ada: Member, bo: Member, as_member, complaints: list[str], path: str, width: int
) -> None:
    as_member(bo)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_part_is_edited_where_it_stands(page: Page, ada: Member, as_member, complaints, width: int) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/people/ada-lund/")
    page.locator("#edit-summary").press("Enter")
    words = page.get_by_role("textbox", name="Summary")
    expect(words).to_be_focused()
    is_sound(page, width)
    words.fill("x" * 4001)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("at most 4,000 characters; this has 4,001")
    expect(words).to_have_value("x" * 4001)
    expect(words).to_be_focused()
    words.fill(f"Written at {width}.")
    page.get_by_role("button", name="Keep this").press("Enter")
    expect(page.locator("#summary")).to_contain_text(f"Written at {width}.")
    expect(page.locator("#edit-summary")).to_be_focused()
    assert page.url.endswith("/people/ada-lund/")
    assert [said for said in complaints if "422" not in said] == []


def test_the_card_is_edited_where_it_stands(
    page: Page, ada: Member, as_member, complaints: list[str]
) -> None:
    as_member(ada)
    page.goto("/people/ada-lund/")
    page.get_by_role("link", name="Edit name and headline").press("Enter")
    page.get_by_role("textbox", name="Headline").fill("Editor, by hand")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#card .headline")).to_have_text("Editor, by hand")
    assert complaints == []


def test_rows_are_ordered_by_keyboard_and_the_focus_follows(
    page: Page, ada: Member, as_member, complaints
) -> None:
    as_member(ada)
    page.goto("/people/ada-lund/")
    page.locator("#edit-skills").press("Enter")
    last = Skill.objects.of(ada).last()
    up = page.locator(f"#up-{last.public_id}")
    for place in (1, 0):
        up.press("Enter")
        expect(page.locator("#skills .item").nth(place)).to_contain_text("Statistics")
        expect(up).to_be_focused()
    is_sound(page, 1280)
    page.get_by_label("Skill", exact=True).fill("Coaching, editing")
    page.keyboard.press("Enter")
    expect(page.locator("#skills .item")).to_have_count(4)
    page.get_by_label("Skill", exact=True).fill("Listening")
    page.get_by_role("button", name="Done").press("Enter")  # keeps what stood there, and closes
    expect(page.locator("#skills .vouched")).to_contain_text("Listening")
    expect(page.locator("#edit-skills")).to_be_focused()
    assert complaints == []


def test_an_audience_is_chosen_beside_its_part(
    page: Page, ada: Member, as_member, complaints: list[str]
) -> None:
    as_member(ada)
    page.goto("/people/ada-lund/")
    chooser = page.locator("#audience-education > summary")
    chooser.press("Enter")
    is_sound(page, 1280)
    page.locator("#audience-education").get_by_role("button", name="Only me").press("Enter")
    expect(page.locator("#audience-education > summary")).to_contain_text("Only me")
    page.goto("/people/ada-lund/?as=member")
    expect(page.locator("#education")).to_have_count(0)
    assert complaints == []


def test_an_organisation_is_found_while_it_is_typed(page: Page, ada: Member, as_member, complaints) -> None:
    as_member(ada)
    page.goto("/profile/positions/")
    page.get_by_label("Organisation").press_sequentially("nova")
    expect(page.locator("#positions-organisation-known option")).to_have_attribute("value", "Novamed")
    assert complaints == []


def test_a_photo_is_cropped_by_keyboard(page: Page, ada: Member, as_member, complaints: list[str]) -> None:
    as_member(ada)
    page.goto("/profile/photo/")
    upload = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(800, 400))}
    page.get_by_label("Choose a picture").set_input_files(upload)
    kept = page.locator("canvas")
    expect(kept).to_be_visible()
    is_sound(page, 390)
    is_sound(page, 1280)
    kept.focus()
    for _press in range(30):
        page.keyboard.press("ArrowLeft")
    before = ada.photo_key
    page.get_by_role("button", name="Keep this").press("Enter")
    page.wait_for_url("**/people/ada-lund/")
    ada.refresh_from_db()
    assert ada.photo_key != before
    assert not photo_path(before, "large").exists()
    seen = page.evaluate(
        """async (src) => {
          const drawn = await createImageBitmap(await (await fetch(src)).blob());
          const pen = new OffscreenCanvas(512, 512).getContext("2d");
          pen.drawImage(drawn, 0, 0);
          return [...pen.getImageData(500, 256, 1, 1).data];
        }""",
        f"/photos/{ada.photo_key}/large.webp",
    )
    assert seen[0] > seen[2], "the left half alone is red"
    assert complaints == []


def test_all_of_it_works_without_a_script(
    browser: Browser, site: str, ada: Member, bo: Member, as_member, context
) -> None:
    as_member(bo)
    plain = browser.new_context(
        java_script_enabled=False, base_url=site, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto("/people/bo/")
    page.locator("#edit-positions").click()
    page.get_by_label("Title").fill("Editor")
    page.get_by_label("From, month").select_option("3")
    page.get_by_label("From, year").fill("19")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("a year in four digits")
    expect(page.get_by_label("Title")).to_have_value("Editor")
    page.get_by_label("From, year").fill("2019")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".order .item")).to_contain_text("Editor")
    page.get_by_text("Remove", exact=True).click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.locator(".order")).to_have_count(0)
    assert not Position.objects.of(bo).exists()
    upload = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.goto("/profile/photo/")
    page.get_by_label("Choose a picture").set_input_files(upload)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator(".portrait img")).to_be_visible()
    plain.close()


def test_a_next_step_is_done_in_place_and_goes(
    page: Page, bo: Member, as_member, complaints: list[str]
) -> None:
    as_member(bo)
    page.goto("/people/bo/")
    page.get_by_role("link", name="Write a summary").press("Enter")
    page.get_by_role("textbox", name="Summary").fill("I help.")
    page.get_by_role("button", name="Keep this").press("Enter")
    expect(page.locator("#summary")).to_contain_text("I help.")
    expect(page.locator("#next")).not_to_contain_text("Write a summary")
    expect(page.locator("#next")).to_contain_text("Write a headline")
    assert page.url.endswith("/people/bo/")
    assert complaints == []
