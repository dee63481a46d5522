"""The report on the sample archive says what its makers counted."""

import json
from datetime import date
from pathlib import Path

import pytest

from kith.archive.actions import import_now
from kith.insights.first_messages import did_well_in
from kith.insights.report import report
from kith.members.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

DATA = Path(__file__).parent.parent / "data"


def test_every_figure_of_the_sample_is_as_expected(ada):
    expected = json.loads((DATA / "sample-archive.expected.json").read_text())
    import_now(ada, DATA / "sample-archive.zip")
    found = report(Viewer(ada))
    assert found.known.as_of == date.fromisoformat(expected["export_date"])

    connections = expected["connections"]
    assert found.connections.all.value == connections["rows"]
    assert found.connections.named.value == connections["named"]
    assert found.connections.hidden == connections["hidden_date_only_rows"]
    assert found.connections.growth[-1].values["total"] == connections["rows"]
    assert found.connections.growth[0].on.isoformat()[:7] == connections["first_connected_on"][:7]
    assert sum(part.value for part in found.exchange.ways.parts) == connections["named"]
    assert found.companies.total + found.companies.unknown == connections["named"]
    assert found.companies.unknown >= connections["without_position"]
    assert found.quiet.by_months.total + found.quiet.by_months.unknown == connections["named"]

    sent = expected["invitations"]
    invitations = found.invitations
    assert (invitations.sent.value, invitations.accepted.value) == (
        sent["outgoing"],
        sent["outgoing_accepted"],
    )
    assert (invitations.rate.hits, invitations.rate.of) == (238, 372)
    assert invitations.waiting.value == invitations.ages.total == sent["outgoing_pending"]
    assert invitations.with_note.of == sent["with_note"]["outgoing"]
    assert invitations.with_note.of + invitations.without_note.of == sent["outgoing"]
    assert (invitations.received.value, invitations.left_open.value) == (
        sent["incoming"],
        sent["incoming_pending"],
    )
    assert invitations.first.isoformat() == sent["first_sent_utc"][:10]
    assert invitations.last.isoformat() == sent["last_sent_utc"][:10]

    endorsed = expected["endorsements"]
    assert found.endorsements.received.value == endorsed["received"]
    assert found.endorsements.not_shown == endorsed["received"] - endorsed["received_accepted"]
    assert found.endorsements.by_skill.total == sum(part.times for part in found.endorsements.by_skill.parts)

    messages = expected["messages"]
    first = found.first_messages
    assert first.sent.value <= messages["with_reply"] + messages["only_owner_wrote"]
    assert (
        sum(version.replies.of for version in first.repeated) + first.once.of + first.wordless
        == first.sent.value
    )
    assert first.repeated[0].replies.of > 10
    month = next(on for on, rate in reversed(first.by_month) if rate.of)
    assert sum(version.replies.of for version in did_well_in(Viewer(ada), month)) > 0
    assert found.audience is None


def test_a_workbook_alone_shows_being_seen_and_leaves_the_rest_unknown(ada):
    expected = json.loads((DATA / "analytics.expected.json").read_text())["analytics.xlsx"]
    import_now(ada, DATA / "analytics.xlsx")
    found = report(Viewer(ada))
    assert found.audience.impressions.value == expected["impressions"]
    assert found.audience.new_followers.value == expected["new_followers"]
    assert sum(week.impressions for week in found.audience.weeks) == expected["impressions"]
    assert found.connections.all.value is None
    assert not found.known.is_archive
