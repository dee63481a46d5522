"""People one may know: why, and who never (FOL, product.md's defaults)."""

import pytest

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.actions.blocks import block
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.actions.invitations import invite
from kith.profiles import actions
from kith.profiles.actions.suggestions import dismiss_suggestion
from kith.profiles.suggestions import suggestions
from tests.network.circle import people

pytestmark = pytest.mark.django_db


def names(member: Member) -> list[str]:
    return [one.name for one in suggestions(Viewer(member))]


def test_who_shares_most_connections_comes_first_and_connections_never(
    ada: Member, bo: Member, mal: Member
) -> None:
    first, second = people(2)
    for mine in (first, second):
        connect(ada, mine)
        connect(mine, bo)
    connect(first, mal)
    assert names(ada) == ["Bo Ferreira", "Mal Grey"]


def test_the_same_place_at_the_same_time_is_a_reason_and_another_time_is_none(
    ada: Member, bo: Member, mal: Member
) -> None:
    for member, start, end in ((ada, "2010", "2015"), (bo, "2014", "2016"), (mal, "2018", "2020")):
        row = {"title": "Editor", "organisation": "Novamed", "start_year": start, "end_year": end}
        actions.add_row(member, "positions", row)
    assert names(ada) == ["Bo Ferreira"]
    actions.set_audience(bo, "positions", "me")
    assert names(ada) == []


def test_nobody_unwilling_dismissed_asked_blocked_hidden_or_held_is_suggested(ada: Member) -> None:
    through, *others = people(7)
    connect(ada, through)
    for other in others:
        connect(through, other)
    unwilling, dismissed, asked, asks, blocked, held = others
    assert len(names(ada)) == 6
    choose(unwilling, may_be_suggested=False)
    dismiss_suggestion(ada, dismissed)
    dismiss_suggestion(ada, dismissed)
    invite(ada, asked)
    invite(asks, ada)
    block(blocked, ada)
    Member.objects.filter(pk=held.pk).update(confirmed_at=None)
    assert names(ada) == []


def test_who_appears_in_no_path_is_neither_a_face_nor_a_bridge(ada: Member, bo: Member, mal: Member) -> None:
    connect(ada, bo)
    connect(bo, mal)
    choose(bo, in_paths=False)
    assert names(ada) == []
