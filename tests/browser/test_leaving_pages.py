"""Both journeys in a browser: everything out and in at another account, and leaving for good."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from kith.archive import actions as imports
from kith.archive import erasure
from kith.archive.export import actions
from kith.archive.models import Export
from kith.contacts import actions as contacts
from kith.contacts.models import Contact, ImportRun
from kith.core.ids import public_id
from kith.members.actions import join
from kith.members.models import Block, Member
from tests.browser.checks import WIDTHS, assert_accessible, assert_fits, assert_readable

PICTURES = os.environ.get("KITH_PICTURES")  # a folder to look at the pages in


@pytest.fixture
def pair(stored: None) -> tuple[Member, Member]:
    """Ada with a small desk, and Bo with none; new ones each time."""
    own = public_id()
    if not Member.objects.hosts().exists():
        join(email="hana@example.org", name="Hana Okafor", as_host=True)
    ada = join(email=f"ada-{own}@example.org", name="Ada Lund")
    bea = Contact.objects.create(owner=ada, name="Bea Quist", slug="bea", company="Acme")
    contacts.write_note(bea, "likes trains")
    contacts.log_talk(bea, kind="call", held_on=timezone.localdate())
    bo = join(email=f"bo-{own}@example.org", name="Bo Ferreira")
    Block.objects.create(blocker=ada, blocked=bo)
    return ada, bo


def fine(page: Page, width: int, name: str) -> None:
    assert_accessible(page)
    assert_fits(page, width)
    assert_readable(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def sure(page: Page, member: Member) -> None:
    """Say once more who one is, by the code that was mailed."""
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code", exact=True).wait_for()
    letter = next(sent for sent in reversed(mail.outbox) if sent.to == [member.email])
    code = re.search(r"Your code: (\S+)", str(letter.body))
    assert code
    page.get_by_label("Code", exact=True).fill(code[1])
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_goes_out_and_comes_in_elsewhere(
    page: Page, pair, as_member, complaints, width: int, tmp_path: Path
):
    ada, bo = pair
    page.set_viewport_size({"width": width, "height": 900})
    as_member(ada)
    page.goto("/leave/")
    fine(page, width, "leave-empty")
    page.get_by_role("button", name="Make my copy").click()
    sure(page, ada)
    page.goto("/leave/")
    expect(page.get_by_text("waiting its turn")).to_be_visible()
    fine(page, width, "leave-moving")
    actions.make(Export.objects.get(owner=ada))
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    fine(page, width, "leave-there")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    copy = tmp_path / "kith-export.zip"
    download.value.save_as(copy)

    as_member(bo)
    page.goto("/bring-in/")
    page.get_by_label("Drop the file here, or choose it").set_input_files(copy)
    page.get_by_role("button", name="Look into it").click()
    page.wait_for_url("**/bring-in/*/")
    run = ImportRun.objects.get(owner=bo)
    imports.preview(run)
    expect(page.get_by_role("heading", name="This is in it")).to_be_visible()
    fine(page, width, "preview")
    page.get_by_role("checkbox", name="I may bring it in").check()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("button", name="Bring it in")).to_have_count(0)
    imports.carry_out(ImportRun.objects.get(pk=run.pk))
    expect(page.get_by_role("heading", name="It is in")).to_be_visible()
    fine(page, width, "done")
    page.get_by_role("link", name="What came along").click()
    expect(page.get_by_text("You had blocked Bo Ferreira")).to_be_visible()
    fine(page, width, "came-along")
    assert Contact.objects.get(owner=bo).name == "Bea Quist"
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_leaving_for_good(page: Page, pair, as_member, complaints, width: int):
    ada, _bo = pair
    page.set_viewport_size({"width": width, "height": 900})
    as_member(ada)
    page.goto("/leave/")
    page.get_by_role("link", name="Leave for good").click()
    sure(page, ada)
    expect(page.get_by_role("heading", name="Leave for good?")).to_be_visible()
    fine(page, width, "for-good")
    page.get_by_label("Type your handle").fill("nobody")
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fine(page, width, "for-good-refused")
    page.get_by_label("Type your handle").fill(ada.handle)
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()
    fine(page, width, "gone")
    erasure.erase(Member.objects.get(pk=ada.pk))
    page.goto("/today/")
    expect(page).not_to_have_url("**/today/")
    assert [said for said in complaints if "422" not in said] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_only_host_is_told_to_hand_over(page: Page, pair, as_member, width: int):
    hana = Member.objects.hosts().get()
    page.set_viewport_size({"width": width, "height": 900})
    as_member(hana)
    page.goto("/leave/for-good/")
    sure(page, hana)
    expect(page.get_by_text("You are the only host")).to_be_visible()
    fine(page, width, "only-host")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_came_along_yet(page: Page, pair, as_member, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    as_member(pair[0])
    page.goto("/leave/came-along/")
    fine(page, width, "came-along-empty")
