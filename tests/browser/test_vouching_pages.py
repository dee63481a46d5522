"""Endorsements, recommendations, reports and suggestions in a real browser, at both widths."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kith.members.actions import join
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions.connections import connect
from kith.profiles import actions
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.trust import actions as trust
from kith.trust.models import Report
from tests.browser.checks import WIDTHS, is_sound

AsMember = Callable[[Member], None]
WORDS = (
    "Ada read every table twice, found the one wrong unit, and told me kindly before the deadline came. "
    "I have worked with many editors; none made a report so much shorter without losing a single result."
)


@pytest.fixture(scope="module")
def ada(stored: None) -> Member:
    """Vouched for by three, with a skill proposed, words to approve and words approved."""
    ada = join(email="ada@example.org", name="Ada Lund")
    actions.add_skills(ada, "Editing, Statistics, Writing for boards")
    actions.add_row(
        ada, "positions", {"title": "Editor", "organisation": "Novamed", "start_year": "2018", "current": "1"}
    )
    named = ("Bo Ferreira", "Cy Brandt", "Dee Okoye", "Flo Marsh")
    bo, cy, dee, flo = [join(email=f"{name[:2]}@example.org", name=name) for name in named]
    for one in (bo, cy, dee):
        connect(ada, one)
        connect(one, flo)
        vouching.endorse(one, ada, "Editing", "We edited the safety report of 2021 together")
    vouching.endorse(bo, ada, "Negotiation", "She settled our contract with the printer")
    for author in (bo, cy):
        praise.write_recommendation(author, ada, WORDS, "We shared a desk for three years", send=True)
    praise.approve(praise.standing(bo, ada), ada, WORDS)
    praise.ask_for_recommendation(dee, ada, "The annual report")
    trust.report(Viewer(ada), flo, "pitch", "A minute after I accepted, a brochure came.")
    return ada


@pytest.fixture(scope="module")
def hana(ada: Member) -> Member:
    return join(email="hana@example.org", name="Hana Okafor", as_host=True)


PATHS = [
    "/people/", "/people/ada-lund/", "/endorsements/", "/recommendations/", "/people/bo-ferreira/endorse/",
    "/people/bo-ferreira/recommend/", "/people/flo-marsh/report/", "/reported/",
]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PATHS)
def test_a_members_pages_are_sound(
    page: Page, ada: Member, as_member: AsMember, complaints: list[str], path: str, width: int
) -> None:
    as_member(ada)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    for folded in page.locator(".vouched details").all():
        folded.locator("summary").click()
    is_sound(page, width)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_hosts_pages_are_sound(
    page: Page, ada: Member, hana: Member, as_member: AsMember, complaints: list[str], width: int
) -> None:
    as_member(hana)
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/host/", "/host/reports/", f"/host/reports/{Report.objects.get().public_id}/"):
        page.goto(path)
        is_sound(page, width)
    assert complaints == []


def test_a_suggestion_goes_where_it_stands(page: Page, ada: Member, as_member: AsMember) -> None:
    as_member(ada)
    page.goto("/people/")
    expect(page.locator(".suggested .row")).to_have_count(1)
    page.get_by_role("button", name="Not this person").click()
    expect(page.locator(".suggested .row")).to_have_count(0)
