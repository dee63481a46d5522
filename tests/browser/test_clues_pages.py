"""Clues beside an invitation, one's own, and declining with a report, in a real browser at both widths."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kith.members.actions import join
from kith.members.models import Member
from kith.network.actions.connections import connect
from kith.network.actions.invitations import invite
from kith.network.models import Invitation
from kith.profiles import actions
from kith.profiles.actions import endorsements
from kith.trust.models import Report
from kith.trust.usual import measure
from tests.browser.checks import WIDTHS, is_sound
from tests.network.circle import people
from tests.trust.suspect import settle, suspect

AsMember = Callable[[Member], None]


@pytest.fixture(scope="module")
def ada(stored: None) -> Member:
    """Asked by somebody with five clues, by somebody of whom a friend speaks well, and by a plain one."""
    ada = join(email="ada@example.org", name="Ada Lund")
    friend = settle(ada)[1]
    mal, (kim, lee) = suspect(), people(2, "asks")
    actions.add_skills(kim, "Hiring")
    connect(friend, kim)
    endorsements.endorse(friend, kim, "Hiring", "We hired together for the harbour")
    actions.add_row(kim, "positions", {"title": "Recruiter", "organisation": "Vanta", "current": "1"})
    measure()
    invite(lee, ada, "We sat beside each other in Porto; you drew the harbour on a napkin.")
    invite(kim, ada)
    invite(mal, ada)
    return ada


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/network/", "/network/invitations/"])
def test_clues_beside_invitations_are_sound(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int, path: str
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    expect(page.get_by_text("What you may wonder about")).to_have_count(2)
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_ones_own_clues_are_sound(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    as_member(Member.objects.get(handle="mal-grey"))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/settings/network/#clues")
    expect(page.get_by_text("From 3 on, nobody wonders.")).to_be_visible()
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_declining_and_reporting_is_one_path(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    as_member(ada)
    asked = Invitation.objects.get(sender__handle="mal-grey")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/network/invitations/{asked.public_id}/")
    page.get_by_role("link", name=re.compile("^Decline and report")).click()
    is_sound(page, width)
    page.get_by_label("Pretends to be somebody else").check()
    page.get_by_role("button", name="Decline and report").click()
    expect(page.get_by_text("Declined and reported.")).to_be_visible()
    is_sound(page, width)
    asked.refresh_from_db()
    assert asked.state == "declined" and Report.objects.get().invitation == asked
    Report.objects.all().delete()
    Invitation.objects.filter(pk=asked.pk).update(state="waiting", answered_at=None)
    assert complaints == []
