"""Lines, reading, undoing, switching off (S-17, S-18, E-07, d12)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.notifications.account import ACCOUNT
from kith.notifications.actions import (
    mark_all_read,
    mark_read,
    mark_unread,
    notify,
    take_back_reading,
    unread_count,
)
from kith.notifications.kinds import Choice, Told, kinds_for
from kith.notifications.lines import Line, page_of
from kith.notifications.models import Notification, Preference
from kith.notifications.preferences import choices_of, choose
from kith.notifications.wording import people
from tests.notifications.likes import LIKES, like


def lines(member: Member) -> list[Line]:
    return list(page_of(Viewer(member)).lines)


def crowd(author: Member, names: list[str]) -> None:
    for number, name in enumerate(names):
        like(join(email=f"p{number}@example.org", name=name), author)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Bo Ferreira"], "Bo Ferreira"),
        (["Ann Lee", "Bo Ferreira"], "Bo Ferreira and Ann Lee"),
        (["Ann Lee", "Cem Ak", "Bo Ferreira"], "Bo Ferreira and two others"),
        ([*(f"P {n}" for n in range(12)), "Bo Ferreira"], "Bo Ferreira and twelve others"),
        ([*(f"P {n}" for n in range(13)), "Bo Ferreira"], "Bo Ferreira and 13 others"),
    ],
)
def test_events_of_one_group_read_as_one_line(ada: Member, names: list[str], words: str) -> None:
    crowd(ada, names)
    [line] = lines(ada)
    assert line.sentence == f"{words} liked or commented on your post."
    assert unread_count(Viewer(ada)) == len(names)


def test_one_person_twice_is_one_person(ada: Member, bo: Member) -> None:
    like(bo, ada)
    notify(LIKES, [ada], event="comment:1", actor=bo, group="post:1")
    [line] = lines(ada)
    assert (line.told.people, line.told.count) == (1, 2)
    assert line.sentence.startswith("Bo Ferreira liked")


def test_a_name_of_the_other_direction_does_not_turn_the_sentence(ada: Member) -> None:
    assert people(Told(names=("נועה לוי",), people=1)) == "\u2068נועה לוי\u2069"


def test_reading_a_line_reads_all_it_showed_and_nothing_newer(ada: Member, bo: Member, mal: Member) -> None:
    like(bo, ada)
    [shown] = lines(ada)
    like(mal, ada)
    assert mark_read(shown.newest) == 1
    assert mark_read(shown.newest) == 0
    newer, older = lines(ada)
    assert (newer.is_unread, newer.sentence.split(" ")[0]) == (True, "Mal")
    assert (older.is_unread, older.sentence.split(" ")[0]) == (False, "Bo")


def test_read_together_stays_together_and_can_be_unread_again(ada: Member, bo: Member, mal: Member) -> None:
    like(bo, ada)
    like(mal, ada)
    [line] = lines(ada)
    mark_read(line.newest)
    [line] = lines(ada)
    assert line.told.people == 2
    assert mark_unread(line.newest) == 2
    assert unread_count(Viewer(ada)) == 2


def test_all_read_leaves_what_came_after_the_page_and_can_be_taken_back(ada: Member, bo: Member) -> None:
    like(bo, ada, post=1)
    mark_read(lines(ada)[0].newest)
    like(bo, ada, post=2)
    made = timezone.now()
    like(bo, ada, post=3)
    moment = mark_all_read(ada, until=made)
    assert moment
    assert unread_count(Viewer(ada)) == 1
    assert mark_all_read(ada, until=made) is None
    assert take_back_reading(ada, moment) == 1
    assert unread_count(Viewer(ada)) == 2


def test_a_page_ends_where_the_next_begins_whatever_comes_meanwhile(ada: Member, bo: Member) -> None:
    start = timezone.now()
    for post in range(45):
        like(bo, ada, post=post, at=start - timedelta(minutes=post))
    first = page_of(Viewer(ada))
    like(bo, ada, post=100)
    mark_read(first.lines[3].newest)
    second = page_of(Viewer(ada), first.older)
    seen = [line.newest.pk for line in (*first.lines, *second.lines)]
    assert len(seen) == len(set(seen)) == 45
    assert second.older is None


def test_a_thousand_lines_cost_no_more_queries(
    ada: Member, bo: Member, django_assert_max_num_queries
) -> None:
    rows = [
        Notification(recipient=ada, kind="likes", event=f"l{n}", group=f"post:{n // 3}", actor=bo)
        for n in range(1_000)
    ]
    Notification.objects.bulk_create(rows)
    with django_assert_max_num_queries(5):
        assert len(lines(ada)) == 30


def test_what_is_switched_off_is_listed_and_only_that(ada: Member) -> None:
    mine = [kind for kind in kinds_for(ada) if not kind.essential]
    for kind in mine[:2]:
        assert choose(ada, kind, Choice.OFF)
        assert not choose(ada, kind, Choice.OFF)
    off = [chosen.kind for chosen in choices_of(ada) if chosen.is_off]
    assert off == mine[:2]
    assert choose(ada, mine[0], Choice.AT_ONCE)
    assert Preference.objects.count() == 1, "only what differs from the default is kept"


def test_the_safety_of_ones_account_cannot_be_switched_off(ada: Member) -> None:
    with pytest.raises(Refused, match="stays on"):
        choose(ada, ACCOUNT, Choice.OFF)


def test_kinds_for_hosts_are_hidden_from_everybody_else(ada: Member, hana: Member) -> None:
    assert {"asked_in", "appeal"} <= {kind.name for kind in kinds_for(hana)}
    assert not {"asked_in", "appeal"} & {kind.name for kind in kinds_for(ada)}
