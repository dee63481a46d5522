"""What nobody may learn or do by a side door: who declined or reported, a pause gone round, words after a block."""

import re
from collections.abc import Callable
from time import perf_counter

import pytest
from django.db import transaction
from django.test import Client

from kith.archive.erasure import erase
from kith.archive.export.ties import TIES, tie_lines
from kith.core.models import Letter
from kith.core.refusal import Refused
from kith.members.addresses import keep_address
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network import adjacency, figures, letters
from kith.network.actions import invitations as acts
from kith.network.actions import outside
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect, disconnect_all
from kith.network.actions.invitations import invite, say, withdraw
from kith.network.actions.outside import invite_address
from kith.network.models import Connection, Invitation
from kith.notifications.models import Notification
from kith.profiles.actions import endorsements as vouching
from kith.profiles.actions import recommendations as praise
from kith.profiles.actions.suggestions import dismiss_suggestion
from kith.trust.actions import decide, report
from tests.network.circle import pass_days

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SignIn = Callable[[Member], Client]


@pytest.fixture
def bo(bo: Member) -> Member:
    keep_address(bo, verified=True)
    return bo


def exported(member: Member, name: str) -> list[dict[str, object]]:
    tie = next(tie for tie in TIES if tie.name == name)
    return list(tie_lines(tie, member))


@pytest.mark.parametrize("uphold", [True, False])
def test_whoever_is_reported_reads_nothing_of_it_in_their_own_export(
    uphold: bool, ada: Member, mal: Member, hana: Member
) -> None:
    decide(report(Viewer(ada), mal, "fake", "Pretends"), hana, "Thank you.", uphold=uphold)
    assert not [line for line in exported(mal, "audit") if "report" in str(line)]


def test_words_about_an_address_end_with_a_block(ada: Member, bo: Member, signed_in: SignIn) -> None:
    asked = invite_address(ada, bo.email)
    say(asked, bo, "Where did we meet?")
    block(bo, ada)
    page = signed_in(ada).get(f"/network/invitations/{asked.public_id}/")
    assert page.status_code == 200
    assert bo.name not in page.content.decode()
    assert "Where did we meet" not in page.content.decode()
    assert not exported(ada, "invitation_words")


def test_an_address_rests_as_a_person_does(ada: Member, bo: Member) -> None:
    """Whoever it belongs to, if to anybody."""
    for address in (bo.email, "nobody@example.org"):
        withdraw(invite_address(ada, address), ada)
        with pytest.raises(Refused, match="not long ago"):
            invite_address(ada, address)
    pass_days(21.1)
    invite_address(ada, bo.email)


def test_a_person_who_rests_is_not_reached_by_their_address(ada: Member, bo: Member) -> None:
    withdraw(invite(ada, bo), ada)
    invite_address(ada, bo.email)
    assert not Invitation.objects.received_by(bo).open().exists()


@pytest.mark.parametrize("back", ["nonsense", "member", "//evil.example", "https:evil", "/\\evil.example"])
def test_an_odd_way_back_is_no_way_back(back: str, ada: Member, bo: Member, signed_in: SignIn) -> None:
    answer = signed_in(ada).post(f"/people/{bo.handle}/follow/", {"back": back})
    assert answer.status_code == 302
    assert answer["Location"] == f"/people/{bo.handle}/"


def test_letters_of_whoever_left_go_with_them(ada: Member) -> None:
    invite_address(ada, "outside@example.org", "Canary words")
    assert Letter.objects.filter(text__contains="Canary words").exists()
    erase(ada)
    assert not Letter.objects.filter(text__contains="Canary words").exists()
    assert not Letter.objects.filter(text__contains="Ada Lund").exists()


def test_no_more_letters_holds_after_the_one_who_asked_has_left(ada: Member, bo: Member) -> None:
    """b34: the link of any letter, for ever."""
    asked = invite_address(ada, "outside@example.org")
    path = f"/no-invitations/{letters.stop_token(asked.email_hash)}/"
    erase(ada)
    assert Client().get(path).status_code == 200
    assert "writes to you no more" in Client().post(path).content.decode()
    invite_address(bo, "outside@example.org")
    assert not Letter.objects.filter(to="outside@example.org").exists()
    assert Client().get(path[:-2] + "x/").status_code == 404


def test_ones_export_names_nobody_whom_a_block_hides(ada: Member, bo: Member) -> None:
    dismiss_suggestion(ada, bo)
    report(Viewer(ada), bo, "fake", "")
    block(bo, ada)
    for tie in TIES:
        assert bo.handle not in str(list(tie_lines(tie, ada))), tie.name


@pytest.mark.thorough
def test_whoever_knows_thousands_leaves_within_seconds(ada: Member, bo: Member) -> None:
    """G16; one by one it took two minutes with 30,000, every bitmap of theirs written again each time."""
    rows = [Member(email=f"c{n}@example.org", name=f"C {n}", handle=f"c-{n}") for n in range(4_000)]
    crowd = Member.objects.bulk_create(rows)
    Connection.objects.bulk_create(Connection(low=ada, high=one) for one in (bo, *crowd))
    Connection.objects.create(low=bo, high=crowd[0])
    adjacency.rebuild()
    begin = perf_counter()
    with transaction.atomic():
        assert disconnect_all(ada) == 4_001
    assert perf_counter() - begin < 3
    assert Connection.objects.count() == 1
    assert adjacency.differences() == []


def test_a_no_to_a_request_for_words_looks_like_silence(ada: Member, bo: Member, signed_in: SignIn) -> None:
    def seen() -> list[object]:
        pages = [
            signed_in(ada).get(path) for path in ("/recommendations/", f"/people/{bo.handle}/recommend/")
        ]
        said = [re.sub(r'(CSRFToken": "|value=")[^"]*', "", page.content.decode()) for page in pages]
        return [*said, exported(ada, "recommendations_received")]

    connect(ada, bo)
    asked = praise.ask_for_recommendation(ada, bo, "We shared a desk")
    before = seen()
    praise.withdraw_recommendation(asked, bo)
    assert seen() == before
    assert bo.name in str(before[0])
    with pytest.raises(Refused, match="You have asked them"):
        praise.ask_for_recommendation(ada, bo, "We shared a desk")
    written = praise.write_recommendation(bo, ada, "On second thought. " * 6, "A team", send=True)
    assert written.pk == asked.pk, "one row, as if it had waited"
    praise.approve(written, ada, written.text)
    praise.withdraw_recommendation(written, bo)
    assert bo.name not in str(seen()[0]), "what was taken back is gone"
    praise.ask_for_recommendation(ada, bo, "We shared a desk")


LIVES = ("silence", "decline", "unknown", "aside", "by mail: silence", "by mail: nobody", "by mail: decline", "by mail: block")  # fmt: skip


def life(how: str, ada: Member, bo: Member, signed_in: SignIn) -> list[str]:
    """Everything its sender reads of an invitation until it may be sent again, and what each press answers."""
    by_mail, client, read = how.startswith("by mail"), signed_in(ada), []
    if how == "by mail: nobody":
        Member.objects.filter(pk=bo.pk).update(email="elsewhere@example.org")
    asked = invite_address(ada, "bo@example.org", "Hello") if by_mail else invite(ada, bo, "Hello")
    one = f"/network/invitations/{asked.public_id}/"
    again = "/network/by-email/" if by_mail else f"/people/{bo.handle}/connect/"
    act: dict[str, Callable[[], object]] = {
        "decline": lambda: acts.decline(asked, bo),
        "unknown": lambda: acts.decline_as_unknown(asked, bo),
        "aside": lambda: acts.set_aside(asked, bo),
        "block": lambda: block(bo, ada),
    }
    act.get(how.split(": ")[-1], lambda: None)()
    pages = ["/network/", "/network/invitations/sent/", one, "/today/", "/notices/"]
    for days in (0, 16, 170):
        pass_days(days)
        figures.close_week()
        acts.expire_old()
        outside.forget_addresses()
        read += [client.get(path).content.decode() for path in pages]
        if not by_mail:
            read += [
                client.get(path).content.decode() for path in (f"/people/{bo.handle}/", "/people/", again)
            ]
        read.append(client.post(again, {"email": "bo@example.org", "note": "Hello"}).content.decode())
        read.append(str(exported(ada, "invitations_sent")[0]["state"]))
    read.append(client.post(f"{one}withdraw/").content.decode())
    unlike = rf'CSRFToken": "[^"]*|value="[^"]*|{asked.public_id}|{ada.public_id}|{bo.public_id}'
    return [re.sub(unlike, "", page) for page in read]


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["", "by mail: "])
def test_every_page_and_press_is_alike_whatever_the_recipient_did(
    kind: str, ada: Member, bo: Member, signed_in: SignIn
) -> None:
    """b1, b35, INV-24: byte for byte, from the first day until it is over."""
    lives = {}
    for how in LIVES:
        if how.startswith("by mail") == bool(kind):
            mark = transaction.savepoint()
            lives[how] = life(how, ada, bo, signed_in)
            transaction.savepoint_rollback(mark)
            bo.refresh_from_db()
    first, *others = lives.values()
    assert all(other == first for other in others)


def test_what_its_owner_hid_does_not_come_back_by_saying_it_anew(ada: Member, bo: Member) -> None:
    connect(ada, bo)
    said = vouching.endorse(ada, bo, "Editing", "We planned the launch together")
    vouching.hide(bo, [said])
    vouching.take_back(said, ada)
    with pytest.raises(Refused, match="once a month"):
        vouching.endorse(ada, bo, "Editing", "We planned the launch together")
    vouching.endorse(ada, bo, "Planning", "We planned the launch together")
    assert Notification.objects.filter(recipient=bo).count() == 2
