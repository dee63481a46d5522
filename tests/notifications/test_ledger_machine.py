"""The ledger against a model of it: told once, counted right, read and taken back (d11, d12)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kith.members import blocks
from kith.members.actions import join
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.notifications.actions import (
    mark_all_read,
    mark_read,
    mark_unread,
    notify,
    take_back_reading,
    unread_count,
)
from kith.notifications.kinds import Choice
from kith.notifications.lines import page_of
from kith.notifications.models import Notification
from kith.notifications.preferences import choose
from tests.notifications.likes import LIKES

MEMBERS, POSTS = 3, 2
member = st.integers(0, MEMBERS - 1)
some = st.sets(member, min_size=1)
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


class Ledger(RuleBasedStateMachine):
    """Model: per recipient the events told, with whether each is read; who is hidden, held, switched off."""

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.members = [join(email=f"m{n}@example.org", name=f"Member {n}") for n in range(MEMBERS)]
        self.told: list[dict[str, dict]] = [{} for _ in range(MEMBERS)]  # event → actor, group, read, closed
        self.off: set[int] = set()
        self.held: set[int] = set()
        self.pairs: set[tuple[int, int]] = set()
        self.serial = 0
        self.undo: dict[int, tuple] = {}

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def hidden(self, one: int, other: int) -> bool:
        return (one, other) in self.pairs or (other, one) in self.pairs

    def visible(self, recipient: int) -> dict[str, dict]:
        return {
            event: row
            for event, row in self.told[recipient].items()
            if not row["closed"]
            and row["actor"] not in self.held
            and not self.hidden(recipient, row["actor"])
        }

    @rule(actor=member, recipients=some, post=st.integers(1, POSTS), again=st.booleans())
    def tell(self, actor: int, recipients: set[int], post: int, again: bool) -> None:
        self.serial += not again
        event = f"like:{post}:{actor}:{self.serial}"
        who = [self.members[n] for n in sorted(recipients)]
        notify(LIKES, who, event=event, actor=self.members[actor], group=f"post:{post}")
        for n in recipients - {actor} - self.held - self.off:
            if not self.hidden(n, actor):
                self.told[n].setdefault(
                    event, {"actor": actor, "group": post, "read": False, "closed": False}
                )

    @rule(who=member, at=st.integers(0, 9))
    def read_a_line(self, who: int, at: int) -> None:
        lines = page_of(Viewer(self.members[who])).lines
        if not lines:
            return
        line = lines[at % len(lines)]
        events = {row.event for row in self.rows_of(line)}
        now_read = mark_read(line.newest)
        assert now_read == (len(events) if line.is_unread else 0)
        assert mark_read(line.newest) == 0
        for event in events:
            self.told[who][event]["read"] = True

    @rule(who=member, at=st.integers(0, 9))
    def unread_a_line(self, who: int, at: int) -> None:
        lines = [line for line in page_of(Viewer(self.members[who])).lines if not line.is_unread]
        if not lines:
            return
        line = lines[at % len(lines)]
        events = {row.event for row in self.rows_of(line)}
        assert mark_unread(line.newest) == len(events)
        for event in events:
            self.told[who][event]["read"] = False

    @rule(who=member)
    def read_all(self, who: int) -> None:
        moment = mark_all_read(self.members[who], until=timezone.now())
        fresh = [event for event, row in self.visible(who).items() if not row["read"]]
        assert bool(moment) == bool(fresh)
        for event in fresh:
            self.told[who][event]["read"] = True
        if moment:
            self.undo[who] = (moment, fresh)

    @precondition(lambda self: getattr(self, "undo", None))
    @rule(who=member)
    def take_back(self, who: int) -> None:
        if who not in self.undo:
            return
        moment, events = self.undo.pop(who)
        still = set(
            Notification.objects.filter(recipient=self.members[who], read_at=moment).values_list(
                "event", flat=True
            )
        )
        assert still <= set(events)
        assert take_back_reading(self.members[who], moment) == len(still)
        for event in still:
            self.told[who][event]["read"] = False

    @rule(who=member, on=st.booleans())
    def switch(self, who: int, on: bool) -> None:
        choose(self.members[who], LIKES, Choice.AT_ONCE if on else Choice.OFF)
        (self.off.discard if on else self.off.add)(who)

    @rule(who=member, other=member)
    def block(self, who: int, other: int) -> None:
        if who == other:
            return
        Block.objects.filter(ended_at__isnull=False).update(made_at=timezone.now() - timedelta(days=9))
        ended = Block.objects.filter(
            blocker=self.members[who], blocked=self.members[other], ended_at__isnull=False
        )
        if not ended.exists():
            blocks.block(self.members[who], self.members[other])
            self.pairs.add((who, other))

    @rule(who=member, other=member)
    def unblock(self, who: int, other: int) -> None:
        assert blocks.unblock(self.members[who], self.members[other]) == ((who, other) in self.pairs)
        if (who, other) in self.pairs:
            self.pairs.discard((who, other))
            for one, two in ((who, other), (other, who)):
                for row in self.told[one].values():
                    row["closed"] |= row["actor"] == two

    @rule(who=member, held=st.booleans())
    def hold(self, who: int, held: bool) -> None:
        Member.objects.filter(pk=self.members[who].pk).update(suspended_at=timezone.now() if held else None)
        (self.held.add if held else self.held.discard)(who)

    def rows_of(self, line) -> Iterator[Notification]:
        newest = line.newest
        return Notification.objects.visible_to(Viewer(newest.recipient)).filter(
            kind=newest.kind, group=newest.group, read_at=newest.read_at
        )

    @invariant()
    def each_event_is_there_once_for_each_recipient(self) -> None:
        if not hasattr(self, "members"):
            return
        rows = list(Notification.objects.values_list("recipient_id", "event"))
        assert len(rows) == len(set(rows))
        expected = {
            (one.pk, event) for one, told in zip(self.members, self.told, strict=True) for event in told
        }
        assert set(rows) == expected

    @invariant()
    def the_unread_are_counted_and_every_line_is_whole(self) -> None:
        if not hasattr(self, "members"):
            return
        for n, one in enumerate(self.members):
            seen = self.visible(n)
            assert unread_count(Viewer(one)) == sum(not row["read"] for row in seen.values())
            lines = page_of(Viewer(one), size=1_000).lines
            assert sum(line.told.count for line in lines) == len(seen)
            unread = [line.newest.group for line in lines if line.is_unread]
            assert len(unread) == len(set(unread)), "what is unread of one group is one line"


def test_the_ledger_agrees_with_its_model() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=5, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
