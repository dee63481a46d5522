from collections.abc import Callable

import pytest
from django.test import Client

from kith.members.actions import join
from kith.members.blocks import block
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.notifications.account import tell_account_changed
from kith.notifications.actions import unread_count
from kith.notifications.announcements import announce, tell_some, withdraw
from kith.notifications.models import Notification, Preference
from tests.notifications.likes import like

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}


def read(client: Client, address: str = "/notices/") -> str:
    return client.get(address).content.decode()


def unread(member: Member) -> int:
    return unread_count(Viewer(member))


def test_an_empty_page_says_what_will_come(ada: Member, signed_in: SignIn) -> None:
    page = read(signed_in(ada))
    assert "Nothing has happened yet" in page
    assert "btn go" in page


def test_twelve_others_read_as_one_line(ada: Member, signed_in: SignIn) -> None:
    for number, name in enumerate([*(f"Person {n}" for n in range(12)), "Bo Ferreira"]):
        like(join(email=f"p{number}@example.org", name=name), ada)
    page = read(signed_in(ada))
    assert "Bo Ferreira and twelve others liked or commented on your post" in page
    assert page.count("<li ") == 1
    assert "13 unread" in page


def test_opening_reads_and_leads_on(ada: Member, hana: Member, signed_in: SignIn) -> None:
    said = announce(hana, "Summer fair", "Come to the park.\n\nBring cake.")
    tell_some(said, 0)
    client = signed_in(ada)
    assert "The hosts announce: Summer fair" in read(client)
    notice = Notification.objects.get(recipient=ada)
    opened = client.post(f"/notices/{notice.public_id}/open/")
    assert opened.url == f"/announcements/{said.public_id}/"
    assert unread(ada) == 0
    assert "Bring cake." in read(client, opened.url)
    assert "The hosts announce: Summer fair" in read(client), "once shown it stays"
    assert not Notification.objects.filter(recipient=hana).exists(), "whoever said it is not told"


def test_a_withdrawn_announcement_is_gone_with_its_notice(
    ada: Member, hana: Member, signed_in: SignIn
) -> None:
    said = announce(hana, "Summer fair", "Come")
    tell_some(said, 0)
    notice = Notification.objects.get(recipient=ada)
    assert withdraw(said, by=hana)
    client = signed_in(ada)
    assert "Summer fair" not in read(client)
    assert client.get(f"/announcements/{said.public_id}/").status_code == 404
    assert client.post(f"/notices/{notice.public_id}/open/").status_code == 404
    assert unread(ada) == 0


def test_a_notice_that_leads_nowhere_comes_back_to_its_row(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    like(bo, ada)
    notice = Notification.objects.get()
    answer = signed_in(ada).post(f"/notices/{notice.public_id}/open/", {"before": "1-x"})
    assert answer.url == f"/notices/?before=1-x#notice-{notice.public_id}"
    assert unread(ada) == 0


def test_all_read_has_an_undo_with_and_without_script(ada: Member, bo: Member, signed_in: SignIn) -> None:
    like(bo, ada)
    client = signed_in(ada)
    plain = client.post("/notices/read/")
    page = read(client, plain.url)
    assert "All marked read." in page
    moment = page.split('name="undo" value="')[1].split('"')[0]
    client.post("/notices/read/", {"undo": moment})
    assert unread(ada) == 1
    part = client.post("/notices/read/", headers=HTMX).content.decode()
    assert "<html" not in part
    assert "All marked read." in part
    assert 'id="bell"' in part
    assert unread(ada) == 0


def test_what_came_after_the_page_was_made_stays_unread(ada: Member, bo: Member, signed_in: SignIn) -> None:
    like(bo, ada, post=1)
    client = signed_in(ada)
    until = read(client).split('name="until" value="')[1].split('"')[0]
    like(bo, ada, post=2)
    client.post("/notices/read/", {"until": until})
    assert unread(ada) == 1


@pytest.mark.parametrize("where", ["", "settings"])
def test_the_switch_turns_one_kind_off_with_an_undo(
    ada: Member, bo: Member, signed_in: SignIn, where: str
) -> None:
    like(bo, ada)
    client = signed_in(ada)
    answer = client.post("/notices/settings/likes/", {"to": "off", "from": where})
    page = read(client, answer.url.partition("#")[0])
    assert "“Likes” is off" in page
    assert 'value="at_once"' in page
    off = read(client, "/notices/settings/").split('id="off"')[1].split("</ul>")[0]
    assert off.count("<li>") == 1
    assert "Likes" in off
    assert unread(ada) == 1, "what came stays"
    client.post("/notices/settings/likes/", {"to": "at_once", "from": where})
    assert not Preference.objects.exists()


def test_what_protects_the_account_cannot_be_switched_off(ada: Member, signed_in: SignIn) -> None:
    tell_account_changed(ada, "email")
    client = signed_in(ada)
    assert "Your e-mail address was changed." in read(client)
    refused = client.post("/notices/settings/account/", {"to": "off"})
    assert refused.status_code == 422
    assert "stays on" in refused.content.decode()
    assert client.post("/notices/settings/no-such-kind/", {"to": "off"}).status_code == 404


def test_nobody_opens_or_marks_anothers_notice(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    like(bo, ada)
    notice = Notification.objects.get()
    for act in ("open", "mark"):
        assert signed_in(mal).post(f"/notices/{notice.public_id}/{act}/").status_code == 404
    assert unread(ada) == 1


def test_a_blocked_actor_is_gone_from_page_and_bell(ada: Member, bo: Member, signed_in: SignIn) -> None:
    like(bo, ada)
    assert "1 unread" in read(signed_in(ada))
    block(bo, ada)
    page = read(signed_in(ada))
    assert "Bo Ferreira" not in page
    assert "unread" not in page


def test_unread_again(ada: Member, bo: Member, signed_in: SignIn) -> None:
    like(bo, ada)
    notice, client = Notification.objects.get(), signed_in(ada)
    client.post(f"/notices/{notice.public_id}/mark/", {"as": "read"})
    assert unread(ada) == 0
    client.post(f"/notices/{notice.public_id}/mark/", {"as": "unread"})
    assert unread(ada) == 1


@pytest.mark.parametrize(
    "before", ["x", "1", "-", "99999999999999999-a", "1-", "１-a", "1-a' OR 1=1", "9" * 16 + "-a"]
)
def test_an_odd_place_is_no_error(ada: Member, bo: Member, signed_in: SignIn, before: str) -> None:
    like(bo, ada)
    client = signed_in(ada)
    assert client.get("/notices/", {"before": before, "done": before}).status_code == 200
    assert client.get("/notices/settings/", {"done": f"off.{before}"}).status_code == 200
    assert client.post("/notices/read/", {"undo": before, "until": before}).status_code == 302


def test_a_thousand_notices_come_in_pages_each_once(
    ada: Member, bo: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    Notification.objects.bulk_create(
        Notification(recipient=ada, kind="likes", event=f"l{n}", group=f"g{n}", actor=bo)
        for n in range(1_000)
    )
    client, address, seen = signed_in(ada), "/notices/", []
    while address:
        with django_assert_max_num_queries(14):
            page = read(client, address)
        seen += [part.split('"')[0] for part in page.split('id="notice-')[1:]]
        older = page.split('href="/notices/?before=')[1:]
        address = f"/notices/?before={older[-1].split(chr(34))[0]}" if older else ""
    assert len(seen) == len(set(seen)) == 1_000
