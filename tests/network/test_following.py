"""Who follows whom: the figures of S-12, whoever signed up first, the place in the list kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network import adjacency
from kith.network.actions.blocks import block
from kith.network.actions.connections import connect, disconnect
from kith.network.actions.follows import follow, unfollow
from kith.network.following import Row, Wanted, Way, counts, everybody, followed_among, page_of
from kith.network.models import Connection, Follow
from kith.notifications.models import Notification

pytestmark = pytest.mark.thorough

ALL = Wanted()


def consultant(me: Member, signed_up: int, connected: int, both: int = 0) -> None:
    """Somebody's followers and connections; `both` are connections who had signed up before."""
    count = signed_up + connected
    start = Member.objects.count()
    crowd = Member.objects.bulk_create(
        (
            Member(
                email=f"f{n}@example.org",
                name=f"Person {n}",
                handle=f"f-{n}",
                sort_name=f"person {n:05}",
                headline=f"Planner of line {n % 7}",
                confirmed_at=timezone.now(),
            )
            for n in range(start, start + count)
        ),
        batch_size=2_000,
    )
    now = timezone.now()
    Follow.objects.bulk_create(
        Follow(follower=one, followed=me, made_at=now - timedelta(minutes=n // 2))
        for n, one in enumerate(crowd[: signed_up + both])
    )
    Connection.objects.bulk_create(
        Connection(
            low_id=min(me.pk, one.pk), high_id=max(me.pk, one.pk), made_at=now - timedelta(hours=n // 3)
        )
        for n, one in enumerate(crowd[signed_up:])
    )
    adjacency.rebuild()


def listed(me: Member, way: Way = Way.FOLLOWERS, wanted: Wanted = ALL) -> list[Row]:
    return [row for some in everybody(Viewer(me), way, wanted) for row in some]


@pytest.mark.parametrize(("signed_up", "connected"), [(9, 52), (976, 5_297)])
def test_who_signed_up_is_the_figure_and_the_total_counts_connections(
    ada: Member, signed_up: int, connected: int
) -> None:
    consultant(ada, signed_up, connected, both=3)
    found = counts(Viewer(ada), Way.FOLLOWERS)
    assert (found.signed_up, found.connected, found.all) == (signed_up, connected, signed_up + connected)
    rows = listed(ada)
    assert [row.is_connected for row in rows] == [False] * signed_up + [True] * connected
    assert len({row.person.pk for row in rows}) == signed_up + connected
    assert sum(row.follow is not None for row in rows) == signed_up + 3


def test_pages_go_on_where_the_last_ended_across_both_kinds(ada: Member) -> None:
    consultant(ada, 7, 8)
    after, seen = "", []
    for _page in range(10):
        page = page_of(Viewer(ada), Way.FOLLOWERS, ALL, after, 4)
        seen += [row.person.pk for row in page.rows]
        if not (after := page.after):
            break
    assert seen == [row.person.pk for row in listed(ada)] and len(seen) == 15


def test_the_place_holds_when_whoever_stood_there_is_removed(ada: Member) -> None:
    consultant(ada, 9, 0)
    page = page_of(Viewer(ada), Way.FOLLOWERS, ALL, size=4)
    following = page_of(Viewer(ada), Way.FOLLOWERS, ALL, page.after, 4)
    unfollow(page.rows[-1].person, ada)
    again = page_of(Viewer(ada), Way.FOLLOWERS, ALL, page.after, 4)
    assert [row.person for row in again.rows] == [row.person for row in following.rows]


@pytest.mark.parametrize("after", ["x", "s-", "s" + "9" * 17 + "-a", "c0-zzz", "s1-'; drop"])
def test_an_odd_place_harms_nothing(ada: Member, after: str) -> None:
    consultant(ada, 2, 2)
    page_of(Viewer(ada), Way.FOLLOWERS, ALL, after)


def test_words_kind_and_time_narrow_the_list(ada: Member, bo: Member, mal: Member) -> None:
    Member.objects.filter(pk=bo.pk).update(headline="Repairs bicycles")
    follow(bo, ada)
    connect(ada, mal)
    assert [row.person for row in listed(ada, wanted=Wanted(q="bicýcles"))] == [bo]
    assert [row.person for row in listed(ada, wanted=Wanted(kind="connected"))] == [mal]
    assert [row.person for row in listed(ada, wanted=Wanted(kind="signed"))] == [bo]
    Follow.objects.update(made_at=timezone.now() - timedelta(days=9))
    assert [row.person for row in listed(ada, wanted=Wanted(since="7"))] == [mal]
    assert counts(Viewer(ada), Way.FOLLOWERS, Wanted(since="7")).all == 1


def test_both_lists_say_the_same_of_a_follow(ada: Member, bo: Member) -> None:
    follow(ada, bo)
    assert [row.person for row in listed(ada, Way.FOLLOWING)] == [bo]
    assert [row.person for row in listed(bo)] == [ada] and not listed(ada)
    assert followed_among(Viewer(ada), [bo.pk, ada.pk]) == {bo.pk}
    connect(ada, bo)
    assert [row.is_connected for row in listed(bo)] == [True]
    disconnect(ada, bo)
    assert [row.is_connected for row in listed(bo)] == [False]


def test_blocked_and_suspended_people_are_in_no_row_and_no_count(
    ada: Member, bo: Member, mal: Member
) -> None:
    follow(bo, ada)
    follow(mal, ada)
    block(ada, mal)
    Member.objects.filter(pk=bo.pk).update(suspended_at=timezone.now())
    assert listed(ada) == [] and counts(Viewer(ada), Way.FOLLOWERS).all == 0


def test_the_followed_is_told_once_however_often_somebody_begins(
    ada: Member, bo: Member, mal: Member
) -> None:
    for _time in range(3):
        follow(bo, ada)
        unfollow(bo, ada)
    follow(mal, ada)
    told = Notification.objects.filter(recipient=ada, kind="followed")
    assert sorted(told.values_list("actor", flat=True)) == sorted([bo.pk, mal.pk])
    assert told.values_list("group", flat=True).distinct().count() == 1
