"""Scenarios of the catalogue, each as a member meets it on the page: followers, invitations, standing, endorsements."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.core.host import set_setting
from kith.members.models import Member, Restriction
from kith.network import figures
from kith.network.actions import invitations as acts
from kith.network.actions.connections import connect, disconnect
from kith.network.actions.follows import follow
from kith.network.models import AddressTry, Connection, Follow, Invitation
from kith.profiles import actions as profiles
from kith.profiles.actions import endorsements as vouching
from kith.profiles.models import Endorsement, Position
from kith.trust.models import Report
from tests.network.circle import pass_days, people
from tests.network.test_following import consultant

SignIn = Callable[[Member], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
HOW = "We edited the safety report of 2021 together"


def words(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_over_a_hundred_followers_true_ones_first_each_row_whole_and_the_place_kept(
    ada: Member, signed_in: SignIn
) -> None:
    """S-13, E-08, E-09: the browser's own return is held in tests/browser/test_circle_pages.py."""
    consultant(ada, 70, 60)
    client = signed_in(ada)
    first = client.get("/network/followers/").context["page"]
    whole = client.get("/network/followers/?show=130")
    rows = whole.context["page"].rows
    assert [row.is_connected for row in rows] == [False] * 70 + [True] * 60
    page = whole.content.decode()
    drawn = page.split('<li class="row"')[1:]
    assert len(drawn) == 130
    for row, html in zip(rows, drawn, strict=True):
        assert 'class="face' in html and row.person.name in html and row.person.headline in html
        assert ("1st degree" in html) == row.is_connected
        assert f'href="/people/{row.person.handle}/"' in html
    assert first.rows == rows[:50], "what was drawn is drawn again at the address one returns to"


def test_a_follower_two_steps_away_wears_the_degree_too(ada: Member, bo: Member, signed_in: SignIn) -> None:
    """E-09: the one list that lacked it."""
    [via] = people(1)
    connect(ada, via)
    connect(via, bo)
    follow(bo, ada)
    row = words(signed_in(ada), "/network/followers/").split('<li class="row"')[1]
    assert "Bo Ferreira" in row and "2nd degree" in row and "1 mutual connection" in row


def test_the_total_never_stands_without_the_true_followers(ada: Member, signed_in: SignIn) -> None:
    """E-10: never 130 without 70; also where nobody signed up, and in a search."""
    consultant(ada, 70, 60)
    client = signed_in(ada)
    for path in (
        "/network/followers/",
        "/network/followers/?kind=connected",
        "/network/followers/?q=planner",
    ):
        page = words(client, path)
        assert page.index("70 <small>signed up to follow you") < page.index("130 in all, with your 60")
    assert "130 people fit, 70 signed up." in words(client, "/network/followers/?q=planner")
    Follow.objects.all().delete()
    assert "0 <small>signed up" in words(client, "/network/followers/")


def test_each_follower_says_from_where_they_came(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    """E-11: which item, or none."""
    row = Position.objects.create(member=ada, title="Planner")
    follow(bo, ada, item=row)
    follow(mal, ada)
    rows = words(signed_in(ada), "/network/followers/").split('<li class="row"')[1:]
    why = {name: html for html in rows for name in ("Bo Ferreira", "Mal Grey") if name in html}
    assert "from what you published" in why["Bo Ferreira"]
    assert "from a profile" in why["Mal Grey"]
    file = signed_in(ada).get("/network/followers/followers.csv").content.decode()
    assert "profiles.position" in file and "profile\r\n" not in file.splitlines()[0]


def test_declines_as_unknown_and_the_distance_show_after_the_week_and_the_limit_restricts(
    ada: Member, signed_in: SignIn
) -> None:
    """S-22: their number in a band, and how many more may come; nobody can tell who it was."""
    circle = people(12)
    asked = [acts.invite(ada, member) for member in circle]
    for one, member in zip(asked[:3], circle, strict=False):
        acts.decline_as_unknown(one, member)
    client = signed_in(ada)
    for path in ("/network/", "/network/invitations/sent/"):
        assert "0 in 30 days; at 5 you are restricted, at least 5 more from now" in words(client, path)
    figures.close_week()
    for path in ("/network/", "/network/invitations/sent/"):
        page = words(client, path)
        assert "3–4 in 30 days; at 5 you are restricted, at least 1 more from now" in page
        assert "declined" not in page.lower().split("</h1>")[1]
    assert "You are near a limit" in words(client, "/network/")
    for one, member in zip(asked[3:5], circle[3:], strict=False):
        acts.decline_as_unknown(one, member)
    page = words(client, "/network/")
    assert "Restricted." in page and "5 people you invited said that they do not know you" in page
    end = timezone.localdate(Restriction.objects.get().ends_at)
    assert f"Until {end.day} {end:%B %Y}." in page


def test_a_restricted_member_needs_the_right_address_and_an_appeal_can_lift_it(
    ada: Member, bo: Member, hana: Member, signed_in: SignIn
) -> None:
    """S-23, E-16: no ban; everything else goes on, and the way back stands on the page."""
    found = Restriction.objects.create(
        member=ada, kind=Restriction.Kind.INVITATIONS, reason="Five people did not know you."
    )
    client, form = signed_in(ada), f"/people/{bo.handle}/connect/"
    assert "your invitations are restricted; please type the address of whom you invite" in words(
        client, form
    )
    without = client.post(form, {"note": "Hello Bo"})
    assert without.status_code == 422 and "Hello Bo" in without.content.decode()
    wrong = client.post(form, {"note": "Hello Bo", "address": "b@example.org"})
    assert wrong.status_code == 422 and "this is not their address" in wrong.content.decode()
    assert not Invitation.objects.exists() and AddressTry.objects.count() == 1
    assert client.post(form, {"note": "Hello Bo", "address": "bo@example.org"}).status_code == 302
    assert Invitation.objects.get().recipient == bo
    for path in ("/people/", "/network/connections/", f"/people/{bo.handle}/"):
        assert client.get(path).status_code == 200, "a restriction is no ban"
    assert client.post(f"/people/{bo.handle}/follow/").status_code == 302
    assert "1 try left today." in words(client, "/network/")
    assert client.post("/network/appeal/", {"appeal": "They were customers."}).status_code == 302
    console = signed_in(hana)
    assert "They were customers." in words(console, f"/host/members/{ada.public_id}/")
    answer = {"answer": "lift", "words": "Understood."}
    assert console.post(f"/host/restrictions/{found.public_id}/appeal/", answer).status_code == 302
    assert "Restricted." not in words(client, "/network/")
    [cy] = people(1)
    assert client.post(f"/people/{cy.handle}/connect/", {"note": ""}).status_code == 302


def test_beyond_the_lifetime_cap_nothing_goes_until_the_host_grants_more(
    ada: Member, hana: Member, signed_in: SignIn
) -> None:
    """S-24: 3,000 sent, the next refused; fifty granted are fifty more and not one beyond."""
    set_setting("invitations_ever", 3_000)
    set_setting("invitations_a_week", 10_000)
    set_setting("new_member_days", 0)
    long_ago = timezone.now() - timedelta(days=400)
    [gone] = people(1, "gone")
    Invitation.objects.bulk_create(
        Invitation(
            sender=ada, recipient=gone, state="expired", sent_at=long_ago, answered_at=long_ago,
            expires_at=long_ago + timedelta(days=n / 100_000),
        )
        for n in range(3_000)
    )  # fmt: skip
    Restriction.objects.create(  # answered for, so that the rate of old ones restricts nothing here
        member=ada, kind=Restriction.Kind.INVITATIONS, reason="Old", made_at=long_ago + timedelta(days=60),
        ends_at=long_ago + timedelta(days=90),
    )  # fmt: skip
    client, circle = signed_in(ada), people(52)
    refused = client.post(f"/people/{circle[0].handle}/connect/", {"note": "Hello"})
    assert refused.status_code == 422
    assert (
        "You have sent 3,000 invitations, as many as the hosts allow. Ask a host" in refused.content.decode()
    )
    assert "3,000 of 3,000 sent" in words(client, "/network/")
    console = signed_in(hana)
    page = f"/host/members/{ada.public_id}/"
    assert "3,000 of 3,000 sent." in words(console, page)
    wrong = console.post(f"{page}invitations/", {"amount": "fifty"})
    assert wrong.status_code == 422
    assert "a whole number from 1 to 100,000" in wrong.content.decode() and 'value="fifty"' in wrong.text
    assert console.post(f"{page}invitations/", {"amount": "50"}).status_code == 302
    assert "3,000 of 3,050 sent." in words(console, page)
    for member in circle[:50]:
        acts.invite(ada, member)
    assert client.post(f"/people/{circle[50].handle}/connect/", {"note": ""}).status_code == 422
    assert Invitation.objects.filter(sender=ada).count() == 3_050


def test_the_lifetime_cap_is_no_word_where_the_host_set_none(
    ada: Member, hana: Member, signed_in: SignIn
) -> None:
    """S-24: no cap by default."""
    assert "Invitations in a lifetime" not in words(signed_in(hana), f"/host/members/{ada.public_id}/")
    assert "Ever" not in words(signed_in(ada), "/network/").split("This week")[1].split("</dl>")[0]


def test_four_of_ten_accepted_reads_forty_percent_and_says_to_rethink(ada: Member, signed_in: SignIn) -> None:
    """S-25, E-15: ignored ones lower it, even with a note of one's own; which ones, the sender never sees."""
    circle = people(10)
    asked = [acts.invite(ada, member, f"Dear {member.name}, we met in Porto.") for member in circle]
    for one, member in zip(asked[:4], circle, strict=False):
        acts.accept(one, member)
    acts.decline(asked[4], circle[4])
    acts.set_aside(asked[5], circle[5])
    client = signed_in(ada)
    assert "100 % <small>accepted" in words(client, "/network/"), "nobody had time to answer yet"
    pass_days(15)
    page = words(client, "/network/")
    assert "40 % <small>accepted" in page
    assert "4 of your last 10 that are answered or older than 14 days" in page
    assert "Fewer than 50 % said yes." in page
    rows = words(client, "/network/invitations/sent/").split('<li class="row"')[1:]
    states = ["Waiting 15 days" in row for row in rows]
    assert states.count(True) == 6 and states.count(False) == 4, "declined, set aside and ignored look alike"


def test_reported_invitations_lower_the_rate_as_ignored_ones_do(
    ada: Member, mal: Member, signed_in: SignIn
) -> None:
    """S-25: a report stands beside a decline; the sender sees neither."""
    asked = acts.invite(mal, ada, "Buy my course")
    path = f"/people/{mal.handle}/report/?invitation={asked.public_id}"
    typed = {"reason": "abuse", "text": "A course"}
    assert signed_in(ada).post(path, typed).status_code == 302
    assert Report.objects.get().invitation == asked
    row = words(signed_in(mal), "/network/invitations/sent/").split('<li class="row"')[1].split("</li>")[0]
    assert "Waiting since today" in row and "report" not in row.lower() and "declined" not in row.lower()
    pass_days(15)
    assert "0 of your last 1" in words(signed_in(mal), "/network/")


@pytest.mark.parametrize("did", ["nothing", "set_aside", "decline", "decline_as_unknown"])
def test_a_note_unanswered_for_two_days_is_plain_in_state_and_age(
    did: str, ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """S-26: not limbo, and not who decided what."""
    asked = acts.invite(ada, bo, "We planned the harbour together in 2019.")
    if did != "nothing":
        getattr(acts, did)(asked, bo)
    pass_days(2)
    client, own = signed_in(ada), f"/network/invitations/{asked.public_id}/"
    for path in ("/network/", "/network/invitations/sent/", own, f"/people/{bo.handle}/"):
        assert "Waiting 2 days" in words(client, path), path
    end = timezone.localdate(Invitation.objects.get().expires_at)
    assert f"It waits until {end.day} {end:%B %Y}." in words(client, own)
    pass_days(180)
    for path in ("/network/invitations/sent/", own):
        assert "Not accepted; it ended" in words(client, path), path


def test_connect_sends_nothing_before_it_is_confirmed_and_a_bare_one_can_be_asked_about(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """S-27: pressed on a phone it is a link, so without any script too; tests/browser holds the sheet at 390."""
    client, form = signed_in(ada), f"/people/{bo.handle}/connect/"
    for path in ("/people/", f"/people/{bo.handle}/"):
        assert f'href="{form}"' in words(client, path)
    page = words(client, form)
    assert '<textarea id="note"' in page and "Nothing goes out before you press Send." in page
    assert not Invitation.objects.exists()
    client.post(form, {"note": ""})
    asked = Invitation.objects.get()
    theirs = signed_in(bo)
    own = f"/network/invitations/{asked.public_id}/"
    assert "This decides nothing: you can still accept, set aside or decline." in words(theirs, own)
    theirs.post(f"{own}say/", {"text": "Where did we meet?"})
    asked.refresh_from_db()
    assert asked.state == Invitation.State.WAITING
    assert "they asked you more" in words(client, "/network/invitations/sent/")
    client.post(f"{own}say/", {"text": "In Porto, at the planners' table."})
    assert "In Porto, at the planners&#x27; table." in words(theirs, own)
    theirs.post(f"{own}answer/", {"answer": "accept"})
    assert Connection.objects.between(ada, bo).exists()


def test_a_skill_never_listed_is_a_proposal_and_old_endorsements_show_the_role_held_then(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    """E-22: accept or hide per skill, also after a job change while old endorsements keep coming."""
    connect(ada, bo)
    profiles.add_skills(ada, "Editing")
    row = {"title": "Editor", "organisation": "Novamed", "start_year": "2018", "current": "1"}
    profiles.add_row(ada, "positions", row)
    form, own = f"/people/{ada.handle}/endorse/", f"/people/{ada.handle}/"
    signed_in(bo).post(form, {"name": "Editing", "how": HOW})
    signed_in(bo).post(form, {"other": "Taming lions", "how": HOW})
    assert "Taming lions" not in words(signed_in(mal), own), "nobody is made a tamer by others"
    mine = words(signed_in(ada), "/endorsements/")
    assert "Taming lions" in mine and "Bo Ferreira" in mine
    Position.objects.update(end_year=2024)
    profiles.add_row(
        ada, "positions", {**row, "title": "Baker", "organisation": "Corvane", "start_year": "2024"}
    )
    assert "Editor, Novamed" in words(signed_in(mal), own), "the role held when it was said"
    client = signed_in(ada)
    client.post("/endorsements/skill/", {"key": "taming lions", "act": "accept"})
    assert "Taming lions" in words(signed_in(mal), own)
    client.post("/endorsements/skill/", {"key": "taming lions", "act": "hide"})
    client.post("/endorsements/skill/", {"key": "editing", "act": "hide"})
    assert "Bo Ferreira" not in words(signed_in(mal), own)
    assert Endorsement.objects.count() == 2, "hidden is not lost"


def test_an_old_endorsement_of_before_a_parting_may_be_said_anew(ada: Member, bo: Member) -> None:
    """b60: what stood before a block stays closed; what is said after it is new."""
    from kith.members.blocks import unblock
    from kith.members.policy import Viewer
    from kith.network.actions.blocks import block

    connect(ada, bo)
    old = vouching.endorse(bo, ada, "Editing", HOW)
    block(ada, bo)
    unblock(ada, bo)
    connect(ada, bo)
    assert not Endorsement.objects.visible_to(Viewer(ada)).exists()
    new = vouching.endorse(bo, ada, "Editing", "We drew the maps of 2023 together")
    assert new.pk != old.pk and list(Endorsement.objects.visible_to(Viewer(ada))) == [new]
    disconnect(ada, bo)
    assert list(Endorsement.objects.visible_to(Viewer(ada))) == [new], "parting takes back no word"
