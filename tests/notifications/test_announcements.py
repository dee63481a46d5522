"""An announcement reaches everybody once, even when the worker dies half-way (c19)."""

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members.models import AuditEntry, Member
from kith.notifications import announcements
from kith.notifications.announcements import ANNOUNCEMENT, announce, tell_some, withdraw
from kith.notifications.kinds import Choice
from kith.notifications.models import Announcement, Notification
from kith.notifications.preferences import choose
from kith.notifications.tasks import tell_members


def crowd(count: int) -> None:
    Member.objects.bulk_create(
        Member(email=f"m{n}@example.org", name="M", handle=f"m{n}", confirmed_at=timezone.now())
        for n in range(count)
    )


def jobs() -> QuerySet:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(task_name="notifications.tell_members").order_by("id")


def queued(earlier: set[int]) -> list[int]:
    """Where each chunk begins; a test that commits leaves its jobs, and they are not ours."""
    return [job.args["after"] for job in jobs().exclude(pk__in=earlier)]


def test_a_kill_between_and_within_chunks_leaves_every_row_once(
    hana: Member, ada: Member, bo: Member, monkeypatch
) -> None:
    monkeypatch.setattr(announcements, "CHUNK", 100)
    crowd(1_000)
    choose(bo, ANNOUNCEMENT, Choice.OFF)
    Member.objects.filter(handle="m7").update(suspended_at=timezone.now())
    earlier = set(jobs().values_list("pk", flat=True))
    said = announce(hana, "Fair", "Come")
    Member.objects.filter(handle="m8").update(joined_at=timezone.now())
    ran = 0
    while len(queue := queued(earlier)) > ran:
        after = queue[ran]
        with pytest.raises(KeyboardInterrupt), transaction.atomic():  # killed before the chunk is written
            tell_members.func(announcement_id=said.pk, after=after)
            raise KeyboardInterrupt
        tell_members.func(announcement_id=said.pk, after=after)
        ran += 1
    tell_members.func(announcement_id=said.pk, after=0)  # started again although it was done
    told = set(Notification.objects.values_list("recipient__handle", flat=True))
    assert Notification.objects.count() == len(told) == 999
    assert told & {"m7", "m8", bo.handle, hana.handle} == set()
    assert ran == 11


def test_a_withdrawn_one_is_told_to_nobody_more(hana: Member, ada: Member) -> None:
    said = announce(hana, "Fair", "Come")
    assert withdraw(said, by=hana)
    assert not withdraw(said, by=hana)
    tell_members.func(announcement_id=said.pk, after=0)
    assert not Notification.objects.exists()
    assert sorted(AuditEntry.objects.values_list("verb", flat=True)) == [
        "announced",
        "announcement_withdrawn",
    ]


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [("", "x", "title"), ("x" * 121, "x", "title"), ("x", " \x00", "text"), ("x", "x" * 10_001, "text")],
)
def test_one_without_words_or_too_long_is_refused(hana: Member, title: str, text: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        announce(hana, title, text)
    assert refusal.value.field == field
    assert not Announcement.objects.exists()


def test_telling_again_tells_nobody_twice(hana: Member, ada: Member) -> None:
    said = announce(hana, "Fair", "Come")
    for _again in range(3):
        assert tell_some(said, 0) is None
    assert Notification.objects.count() == 1
