from collections.abc import Callable

from django.test import Client

from kith.members.blocks import block
from kith.members.models import Block, Member

SignIn = Callable[[Member], Client]


def test_the_page_says_what_a_block_does_before_it_is_one(ada: Member, bo: Member, signed_in: SignIn) -> None:
    page = signed_in(ada).get(f"/people/{bo.handle}/block/").content.decode()
    assert "They are told nothing" in page
    assert "48 hours" in page
    assert not Block.objects.exists()


def test_a_press_blocks_and_the_list_names_them(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    assert client.post(f"/people/{bo.handle}/block/").url == "/settings/blocked/"
    assert "Bo Ferreira" in client.get("/settings/blocked/").content.decode()
    assert "Ada" not in signed_in(bo).get("/settings/blocked/").content.decode()
    assert client.post(f"/settings/blocked/{bo.handle}/unblock/").url == "/settings/blocked/"
    assert client.post(f"/settings/blocked/{bo.handle}/unblock/").status_code == 302
    assert not Block.objects.standing().exists()


def test_blocking_again_too_soon_is_refused_with_the_date(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    client.post(f"/people/{bo.handle}/block/")
    client.post(f"/settings/blocked/{bo.handle}/unblock/")
    refused = client.post(f"/people/{bo.handle}/block/")
    assert refused.status_code == 422
    assert "you can block them again from" in refused.content.decode()
    assert not Block.objects.standing().exists()


def test_whoever_is_blocked_finds_no_page_to_block_back_and_none_to_end_it(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    block(ada, bo)
    blocked = signed_in(bo)
    assert blocked.get(f"/people/{ada.handle}/block/").status_code == 404
    assert blocked.post(f"/settings/blocked/{ada.handle}/unblock/").status_code == 404
    assert Block.objects.standing().count() == 1


def test_the_page_of_a_host_says_that_hosts_still_see_everybody(
    ada: Member, hana: Member, signed_in: SignIn
) -> None:
    assert "still lists every member" in signed_in(ada).get(f"/people/{hana.handle}/block/").content.decode()


def test_an_empty_list_says_how_to_block(ada: Member, signed_in: SignIn) -> None:
    assert "You blocked nobody" in signed_in(ada).get("/settings/blocked/").content.decode()
