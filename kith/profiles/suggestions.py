"""People a member may know: through connections, work or school at the same time; never by anything bought or guessed.

The cost is bounded whatever the size of the network: at most 100 connections are asked, those who know fewest people
first (they say most) and none who knows over 1,000, and at most 200 rows a common organisation or school.
"""

from collections import Counter
from heapq import nsmallest
from typing import Any

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.adjacency import fetch_adjacency
from kith.network.models import Invitation, Neighbours, NetworkChoices
from kith.network.reach import Reach
from kith.profiles.models import DismissedSuggestion, Education, Position
from kith.profiles.shown import rows_shown

ASKED, LOOKED_AT, KNOWS_AT_MOST = 100, 2_000, 1_000  # connections; connections weighed; people each may know
ROWS, CANDIDATES = 200, 60  # of one kind of place; people looked at closely
TOGETHER = 5  # mutual connections that the same place at the same time is worth


def suggestions(viewer: Viewer, most: int = 6) -> list[Member]:
    """Members worth a look, the best first; nobody blocked, held, connected, asked, dismissed or unwilling."""
    if viewer.member is None:
        return []
    me = viewer.member
    reach = Reach(me.pk, viewer.out_of_sight_ids)
    scores = _through_connections(reach)
    for model, path in ((Position, "organisation"), (Education, "school")):
        for key in _together(viewer, model, path):
            scores[key] += TOGETHER
    for key in (me.pk, *reach.mine):
        scores.pop(key, None)
    # In one order whatever order they were met in, which may tell of people who are hidden.
    best = nsmallest(CANDIDATES, scores, key=lambda key: (-scores[key], key))
    rows = Member.objects.visible_to(viewer).filter(pk__in=best).exclude(pk__in=_unwanted(me, best))
    found = {row.pk: row for row in rows.select_related("profile")}
    return [found[key] for key in best if key in found][:most]


def _through_connections(reach: Reach) -> Counter[int]:
    """How many of the asked connections know each person two steps away."""
    weighed = list(reach.stones[:LOOKED_AT])
    few = Neighbours.objects.filter(pk__in=weighed, degree__lte=KNOWS_AT_MOST).order_by("degree", "pk")
    asked = list(few.values_list("pk", flat=True)[:ASKED])
    counts: Counter[int] = Counter()
    for bitmap in fetch_adjacency(asked).values():
        counts.update(bitmap - reach.nobody)
    return counts


def _together(viewer: Viewer, model: Any, path: str) -> set[int]:
    """Who was where the viewer was, at the same time, as far as they show it."""
    assert viewer.member
    mine = [
        row
        for row in model.objects.filter(member=viewer.member, start_year__isnull=False)
        if getattr(row, f"{path}_id")
    ]
    places = {getattr(row, f"{path}_id") for row in mine}
    if not places:
        return set()
    there = rows_shown(model, viewer).filter(**{f"{path}__in": places}, start_year__isnull=False)
    rows = there.exclude(member=viewer.member).order_by("-pk")[:ROWS]
    return {row.member_id for row in rows if any(_overlap(own, row, path) for own in mine)}


def _overlap(one: Any, other: Any, path: str) -> bool:
    if getattr(one, f"{path}_id") != getattr(other, f"{path}_id"):
        return False
    ends = [row.end_year or (9_999 if path == "organisation" else row.start_year) for row in (one, other)]
    return bool(max(one.start_year, other.start_year) <= min(ends))


def _unwanted(me: Member, keys: list[int]) -> set[int]:
    """Whoever said no to being suggested, was dismissed, or stands in an invitation with the viewer."""
    unwilling = NetworkChoices.objects.filter(member__in=keys, may_be_suggested=False)
    dismissed = DismissedSuggestion.objects.filter(member=me, suggested__in=keys)
    # By address the sender does not know whom they asked: that says nothing here.
    sent = Invitation.objects.sent_by(me).filter(recipient__in=keys, email_hash="").asks_still()
    received = Invitation.objects.received_by(me).filter(sender__in=keys).exclude(state="withdrawn")
    asked = unwilling.values_list("member_id", flat=True).union(
        dismissed.values_list("suggested_id", flat=True),
        sent.values_list("recipient_id", flat=True),
        received.values_list("sender_id", flat=True),
    )
    return set(asked)
