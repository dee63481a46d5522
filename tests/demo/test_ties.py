"""What ties the demo together: connections in communities, invitations in every state, and all of it gone afterwards."""

from collections import Counter
from statistics import mean

import pytest
from django.utils import timezone

from kith.demo import actions, crowd
from kith.demo.cast import CAST
from kith.demo.circles import bonds
from kith.demo.people import COUNT, invented
from kith.members.actions import join
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network import adjacency
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.following import Way, counts
from kith.network.models import Connection, Follow, Invitation, Neighbours
from kith.network.reach import Reach
from kith.network.sent import usual_days
from kith.notifications.models import Notification
from kith.profiles.models import Endorsement, Recommendation
from kith.profiles.suggestions import suggestions

pytestmark = pytest.mark.thorough


def settled() -> dict[str, Member]:
    actions.build()
    crowd.settle()
    return {role: Member.objects.get(email=email) for role, (_name, email) in CAST.items()}


def test_who_knows_whom_is_the_same_each_time_with_a_few_who_know_many() -> None:
    found = bonds(invented())
    assert found == bonds(invented())
    known = Counter(email for bond in found for email in (bond.one, bond.other))
    assert 15 <= mean(known[one.email] for one in invented()) <= 25
    assert 3 <= sum(count > 40 for count in known.values()) <= 8
    assert len({frozenset((bond.one, bond.other)) for bond in found}) == len(found)


@pytest.mark.django_db
def test_bitmaps_and_rows_agree_and_nobody_met_before_both_were_here() -> None:
    settled()
    assert adjacency.differences() == []
    now = timezone.now()
    for row in Connection.objects.select_related("low", "high"):
        assert max(row.low.joined_at, row.high.joined_at) <= row.made_at <= now
    years = Counter((now - row.made_at).days // 365 for row in Connection.objects.all())
    assert len(years) >= 3


@pytest.mark.django_db
def test_the_consultant_knows_many_and_reaches_most() -> None:
    ingrid = settled()["consultant"]
    reach = Reach(ingrid.pk)
    assert 50 <= len(reach.mine) <= 70
    assert len(reach.second_degree()) > 80
    assert counts(Viewer(ingrid), Way.FOLLOWERS).signed_up >= 20
    received = set(Invitation.objects.received_by(ingrid).values_list("state", flat=True))
    assert received >= {"waiting", "set_aside", "declined", "expired"}
    sent = Invitation.objects.sent_by(ingrid)
    assert set(sent.values_list("state", flat=True)) == {state.value for state in Invitation.State} - {
        "set_aside",
        "unknown",
    }
    assert usual_days(ingrid) and Invitation.objects.filter(words__author=ingrid).exists()
    accepted = Invitation.objects.filter(state="accepted")
    assert all(Connection.objects.between(row.sender, row.recipient).exists() for row in accepted)
    asking = Invitation.objects.exclude(state="accepted")
    assert not any(Connection.objects.between(row.sender, row.recipient).exists() for row in asking)
    assert Notification.objects.filter(recipient=ingrid).count() <= 6
    hers = Endorsement.objects.of(ingrid)
    assert hers.filter(hidden_at__isnull=False).exists() and hers.filter(accepted_at__isnull=False).exists()
    words = Recommendation.objects.filter(subject=ingrid)
    assert words.shown().count() == 3 and words.filter(approved_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_whoever_is_new_knows_the_host_and_two_people_ask_for_her() -> None:
    noor = settled()["new"]
    assert Neighbours.objects.get(member=noor).degree == 1
    assert Invitation.objects.received_by(noor).waiting().count() == 2
    assert Notification.objects.filter(recipient=noor).count() == 2
    assert suggestions(Viewer(noor))


@pytest.mark.django_db
def test_removal_leaves_no_tie_and_no_bit() -> None:
    cast = settled()
    siri, tor = (
        join(email="siri@example.org", name="Siri Haugen"),
        join(email="tor@example.org", name="Tor Aas"),
    )
    for other in (cast["consultant"], cast["host"], tor):
        connect(siri, other)
    choose(tor, in_paths=False)
    assert actions.remove() == COUNT + len(CAST)
    assert adjacency.differences() == []
    assert dict(Neighbours.objects.values_list("member_id", "degree")) == {siri.pk: 1, tor.pk: 1}
    assert list(Reach(siri.pk).mine) == [tor.pk] and list(Reach(siri.pk).unseen) == [tor.pk]
    left = (Invitation, Follow, Endorsement, Recommendation, Notification)
    assert not any(model.objects.exists() for model in left)
