"""Blocks: silent, both ways, exact under concurrency; not again for 48 hours (b28, b29, c17)."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.blocks import block, unblock
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.notifications.models import Notification


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run every act in a thread of its own, all let go at the same moment; what each gave or raised."""
    barrier, results = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results.append(act())
        except Exception as problem:  # noqa: BLE001 what a thread raised is what we ask about
            results.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_block_hides_both_from_each_other_and_tells_nobody(ada: Member, bo: Member) -> None:
    block(ada, bo)
    assert not Member.objects.visible_to(Viewer(ada)).filter(pk=bo.pk).exists()
    assert not Member.objects.visible_to(Viewer(bo)).filter(pk=ada.pk).exists()
    assert not Notification.objects.exists()


def test_blocking_twice_changes_nothing(ada: Member, bo: Member) -> None:
    assert block(ada, bo) == block(ada, bo)
    assert Block.objects.count() == 1


def test_a_block_of_each_side_ends_apart(ada: Member, bo: Member) -> None:
    block(ada, bo)
    block(bo, ada)
    assert unblock(ada, bo)
    assert Viewer(ada).hidden_ids == {bo.pk}
    assert unblock(bo, ada)
    assert not unblock(bo, ada)
    assert Viewer(ada).hidden_ids == frozenset()


def test_nobody_blocks_themselves(ada: Member) -> None:
    with pytest.raises(Refused, match="yourself"):
        block(ada, ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=ada, blocked=ada)


def test_blocking_again_waits_48_hours_and_says_until_when(ada: Member, bo: Member) -> None:
    ended = timezone.now() - timedelta(hours=1)
    block(ada, bo, now=ended - timedelta(days=3))
    unblock(ada, bo, now=ended)
    again = timezone.localtime(ended + timedelta(hours=48))
    with pytest.raises(Refused, match=f"{again:%H:%M}"):
        block(ada, bo, now=ended + timedelta(hours=47, minutes=59))
    assert block(bo, ada), "the other side is free to"
    assert block(ada, bo, now=ended + timedelta(hours=48))
    assert Block.objects.standing().count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_make_one_block_and_end_one_block() -> None:
    ada = join(email="ada@example.org", name="Ada Lund")
    bo = join(email="bo@example.org", name="Bo Ferreira")
    for round_ in range(5):
        when = timezone.now() + timedelta(days=3 * round_)
        given = at_once([lambda when=when: block(ada, bo, now=when)] * 10 + [lambda: block(bo, ada)] * 10)
        assert [one for one in given if isinstance(one, Exception)] == []
        assert Block.objects.standing().filter(blocker=ada).count() == 1
        assert Block.objects.standing().filter(blocker=bo).count() == 1
        assert sum(at_once([lambda when=when: unblock(ada, bo, now=when)] * 10)) == 1
    assert Block.objects.filter(blocker=ada).count() == 5
