"""One row per event and recipient, whoever asks how often (d11)."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from kith.members.actions import join
from kith.members.blocks import block, unblock
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.notifications.account import ACCOUNT, tell_account_changed
from kith.notifications.actions import notify, unread_count
from kith.notifications.kinds import Choice
from kith.notifications.models import Notification
from kith.notifications.preferences import choose
from tests.notifications.likes import LIKES, like

pytestmark = pytest.mark.thorough


def told() -> list[int]:
    return sorted(Notification.objects.values_list("recipient_id", flat=True))


def test_an_event_is_told_once_however_often_it_is_said(ada: Member, bo: Member) -> None:
    for _again in range(3):
        like(bo, ada)
        notify(LIKES, [ada, ada.pk, ada], event="like:2", actor=bo)
    assert Notification.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(recipient=ada, kind="likes", event="like:2")


def test_nobody_is_told_of_their_own_act(ada: Member, bo: Member) -> None:
    notify(LIKES, [ada, bo], event="x", actor=ada)
    assert told() == [bo.pk]


@pytest.mark.parametrize("ada_blocks", [True, False])
def test_a_block_of_either_side_keeps_it_untold(ada: Member, bo: Member, ada_blocks: bool) -> None:
    block(*((ada, bo) if ada_blocks else (bo, ada)))
    notify(LIKES, [ada], event="x", actor=bo)
    assert told() == []


@pytest.mark.parametrize(
    "change", [{"confirmed_at": None}, {"suspended_at": timezone.now()}, {"is_active": False}]
)
def test_whoever_is_held_or_gone_is_not_told(ada: Member, bo: Member, change: dict) -> None:
    Member.objects.filter(pk=ada.pk).update(**change)
    notify(LIKES, [ada, bo], event="x")
    assert told() == [bo.pk]


def test_a_switched_off_kind_is_not_told_and_what_was_told_stays(ada: Member, bo: Member) -> None:
    like(bo, ada, post=1)
    choose(ada, LIKES, Choice.OFF)
    like(bo, ada, post=2)
    assert Notification.objects.count() == 1
    assert unread_count(Viewer(ada)) == 1
    choose(ada, LIKES, Choice.AT_ONCE)
    like(bo, ada, post=2)
    assert Notification.objects.count() == 2


def test_safety_is_told_whatever_was_chosen(ada: Member) -> None:
    tell_account_changed(ada, "password")
    tell_account_changed(ada, "password")
    assert Notification.objects.filter(kind=ACCOUNT.name).count() == 2


def test_what_the_kind_hides_is_neither_shown_nor_counted(ada: Member, bo: Member) -> None:
    like(bo, ada)
    assert unread_count(Viewer(ada)) == 1
    Notification.objects.update(facts={"gone": 1})
    assert unread_count(Viewer(ada)) == 0


def test_an_actor_who_is_suspended_is_not_shown_until_they_are_back(ada: Member, bo: Member) -> None:
    like(bo, ada)
    Member.objects.filter(pk=bo.pk).update(suspended_at=timezone.now())
    assert unread_count(Viewer(ada)) == 0
    Member.objects.filter(pk=bo.pk).update(suspended_at=None)
    assert unread_count(Viewer(ada)) == 1


def test_what_came_before_a_block_stays_closed_after_it(ada: Member, bo: Member) -> None:
    like(bo, ada, post=1)
    block(ada, bo)
    assert unread_count(Viewer(ada)) == 0
    unblock(ada, bo)
    assert unread_count(Viewer(ada)) == 0
    like(bo, ada, post=2)
    assert unread_count(Viewer(ada)) == 1


def test_an_undone_transaction_told_nobody(ada: Member, bo: Member) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        like(bo, ada)
        raise ZeroDivisionError
    assert told() == []


def test_counting_the_unread_costs_one_query(ada: Member, bo, django_assert_num_queries) -> None:
    like(bo, ada)
    with django_assert_num_queries(1):
        assert unread_count(Viewer(ada)) == 1


def test_ten_thousand_are_told_in_a_few_seconds(ada: Member, django_assert_max_num_queries) -> None:
    Member.objects.bulk_create(
        Member(email=f"m{n}@example.org", name="M", handle=f"m{n}", confirmed_at=timezone.now())
        for n in range(10_000)
    )
    keys = list(Member.objects.values_list("pk", flat=True))
    began = time.monotonic()
    with django_assert_max_num_queries(10):
        notify(LIKES, keys, event="x", actor=ada)
    took = time.monotonic() - began
    print(f"10,000 told in {took:.2f} s")
    assert Notification.objects.count() == 10_000
    assert took < 10


def in_threads(count: int, act) -> None:
    barrier, problems = threading.Barrier(count), []

    def run(number: int) -> None:
        try:
            barrier.wait()
            act(number)
        except Exception as problem:  # noqa: BLE001 asked about below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_twenty_times_make_one_row_each() -> None:
    people = [join(email=f"p{n}@example.org", name=f"Person {n}") for n in range(6)]
    for event in range(20):
        in_threads(20, lambda number, event=event: notify(LIKES, people[number % 2 :], event=f"e{event}"))
    assert Notification.objects.count() == 20 * 6
    assert set(Notification.objects.values_list("recipient").distinct()) == {(one.pk,) for one in people}


@pytest.mark.django_db(transaction=True)
def test_once_a_block_stands_nothing_in_flight_becomes_visible() -> None:
    ada, bo = (join(email=f"{name}@example.org", name=name) for name in ("ada", "bo"))
    at_block: list[int] = []

    def act(number: int) -> None:
        if number == 0:
            block(ada, bo)
            at_block.append(unread_count(Viewer(ada)))
        else:
            like(bo, ada, post=number)

    for _round in range(10):
        Notification.objects.all().delete()
        start = timezone.now()
        in_threads(12, act)
        assert at_block.pop() == 0
        assert unread_count(Viewer(ada)) == 0
        unblock(ada, bo)
        assert not Notification.objects.visible_to(Viewer(ada)).exists()
        like(bo, ada, post=99)
        assert unread_count(Viewer(ada)) == 1
        Block.objects.update(ended_at=F("ended_at") - (timezone.now() - start) - timedelta(hours=49))
