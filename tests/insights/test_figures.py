from datetime import date

import pytest

from kith.contacts.models import AnalyticsDay, AnalyticsPost, MessageVersion
from kith.insights.audience import audience
from kith.insights.connections import connections
from kith.insights.endorsements import endorsements
from kith.insights.exchange import exchange, exchanged, quiet, waits_for_me
from kith.insights.first_messages import did_well_in, first_messages
from kith.insights.invitations import invitations
from kith.insights.people import people_behind
from kith.insights.sources import sources
from kith.insights.work import work
from kith.members.models import Member
from kith.members.policy import Viewer
from tests.insights.world import AS_OF, at, came_in, connection, endorsed, hidden, invited, wrote

pytestmark = pytest.mark.django_db


def names(member: Member, slug: str, key: str = "") -> set[str]:
    viewer = Viewer(member)
    behind = people_behind(viewer, sources(viewer), slug, key)
    assert behind is not None
    return {contact.name for contact in behind.contacts}


def test_without_an_import_every_figure_is_unknown_and_none_is_zero(ada):
    viewer = Viewer(ada)
    known = sources(viewer)
    assert known.is_empty
    sent = invitations(viewer, known)
    figures = [connections(viewer, known).all, exchange(viewer, known).never, waits_for_me(viewer, known)]
    figures += [
        sent.sent,
        sent.waiting,
        endorsements(viewer, known).received,
        first_messages(viewer, known).sent,
    ]
    assert [figure.value for figure in figures] == [None] * len(figures)
    assert audience(viewer) is None


def test_an_archive_without_invitations_leaves_them_unknown(ada):
    came_in(ada, "Connections.csv")
    connection(ada, "Bo")
    viewer = Viewer(ada)
    assert connections(viewer, sources(viewer)).all.value == 1
    assert invitations(viewer, sources(viewer)).sent.value is None


def test_an_invitations_file_without_rows_is_a_known_zero(ada):
    came_in(ada)
    viewer = Viewer(ada)
    assert invitations(viewer, sources(viewer)).sent.value == 0


def test_hidden_connections_count_and_merged_ones_count_once(ada, bo):
    came_in(ada)
    front = connection(ada, "Cy", date(2020, 1, 9))
    connection(ada, "Cy again", date(2020, 1, 9), merged_into=front)
    hidden(ada, date(2020, 3, 1))
    connection(bo, "Somebody of Bo's")
    found = connections(Viewer(ada), sources(Viewer(ada)))
    assert (found.all.value, found.named.value, found.hidden) == (2, 1, 1)
    assert found.growth[0].values == {"new": 1, "hidden": 0, "total": 1}
    assert [month.on for month in found.growth[:3]] == [date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)]
    assert found.growth[2].values == {"new": 1, "hidden": 1, "total": 2}
    assert found.growth[-1].on == AS_OF.replace(day=1)
    assert names(ada, "connections") == {"Cy"}


def test_the_four_ways_of_exchange_add_up(ada):
    came_in(ada)
    wrote(connection(ada, "Both"), "me", "they")
    wrote(connection(ada, "They"), "they")
    wrote(connection(ada, "Me"), "me")
    connection(ada, "Never")
    found = exchange(Viewer(ada), sources(Viewer(ada)))
    assert [part.value for part in found.ways.parts] == [1, 1, 1, 1]
    assert sum(part.value for part in found.ways.parts) == found.ways.total == found.both.of == 4
    assert {contact.name for contact in exchanged(Viewer(ada), "only-they")} == {"They"}
    assert names(ada, "never") == {"Never"}


def test_whoever_wrote_last_waits_but_not_in_campaigns(ada):
    came_in(ada)
    wrote(connection(ada, "Bo"), "me", "they")
    wrote(connection(ada, "Cy"), "they", "me")
    campaign = wrote(connection(ada, "Campaign"), "they")
    campaign.is_sponsored = True
    campaign.save()
    wrote(connection(ada, "Dee"), "they")
    assert waits_for_me(Viewer(ada), sources(Viewer(ada))).value == 2
    assert names(ada, "waiting-for-you") == {"Bo", "Dee"}


def test_quiet_months_are_whole_months_and_old_ones_share_the_last_column(ada):
    came_in(ada)
    for name, on in (
        ("Now", date(2026, 10, 11)),
        ("Almost a month", date(2026, 9, 13)),
        ("A month", date(2026, 9, 12)),
        ("Long ago", date(2019, 1, 1)),
    ):
        wrote(
            connection(ada, name), "me", "they", on=date(on.year, on.month, on.day - 1) if on.day > 1 else on
        )
    connection(ada, "Never")
    found = quiet(Viewer(ada), sources(Viewer(ada)))
    counts = {part.key: part.value for part in found.by_months.parts if part.value}
    assert counts == {"0": 2, "1": 1, "24": 1}
    assert (found.by_months.total, found.by_months.unknown) == (4, 1)
    assert found.figure.value == 1
    assert names(ada, "quiet-for", "24") == names(ada, "gone-quiet") == {"Long ago"}


def test_invitations_show_numbers_ages_and_the_difference_a_note_makes(ada):
    came_in(ada)
    for number in range(8):
        person = connection(ada, f"P{number}")
        invited(
            person, days_ago=20 * number + 3, accepted=number % 2 == 0, note="Hello" if number < 2 else ""
        )
    invited(connection(ada, "Came"), 5, outgoing=False)
    found = invitations(Viewer(ada), sources(Viewer(ada)))
    assert (found.sent.value, found.accepted.value, found.waiting.value, found.accepted.of) == (8, 4, 4, 8)
    assert (found.rate.hits, found.rate.of) == (4, 8)
    assert (found.settled.hits, found.settled.of) == (3, 7)
    assert (found.with_note.hits, found.with_note.of, found.without_note.hits, found.without_note.of) == (
        1,
        2,
        3,
        6,
    )
    assert found.note.could_be_chance
    assert sum(part.value for part in found.ages.parts) == found.ages.total == 4
    assert found.oldest_days == 143
    assert names(ada, "unanswered-for", "14") == {"P1"}
    assert names(ada, "you-left-open") == {"Came"}
    assert sum(month.values["accepted"] + month.values["open"] for month in found.by_month) == 8


def test_companies_spelled_apart_are_one_and_parts_add_up(ada):
    for number, company in enumerate(["Vale AS", "vale as.", "VALE  AS", "Ørsted", "Orsted", "", " "]):
        connection(ada, f"P{number}", company=company)
    found = work(Viewer(ada), "company")
    assert [(part.name, part.value) for part in found.parts] == [("VALE  AS", 3), ("Orsted", 2)]
    assert (found.total, found.unknown) == (5, 2)
    short = found.top(1, "All others")
    assert [(part.name, part.value) for part in short.parts] == [("VALE  AS", 3), ("All others", 2)]
    assert names(ada, "company", "vale as") == {"P0", "P1", "P2"}
    assert names(ada, "company", "") == {"P5", "P6"}


def test_endorsements_count_times_and_people_apart(ada):
    came_in(ada)
    cy, dee = connection(ada, "Cy"), connection(ada, "Dee")
    twin = connection(ada, "Cy again", merged_into=cy)
    for person, skill in ((cy, "Planning"), (twin, "planning"), (dee, "Planning"), (dee, "Logistics")):
        endorsed(person, skill)
    endorsed(cy, "Rail", received=False)
    found = endorsements(Viewer(ada), sources(Viewer(ada)))
    assert (found.received.value, found.endorsers.value, found.given.value, found.both_ways.value) == (
        4,
        2,
        1,
        1,
    )
    assert [(part.name, part.value, part.times) for part in found.by_skill.parts] == [
        ("Planning", 2, 3),
        ("Logistics", 1, 1),
    ]
    assert names(ada, "endorsed-you", "logistics") == {"Dee"}
    assert names(ada, "endorsed-both") == {"Cy"}


@pytest.fixture
def two_versions(ada):
    came_in(ada)
    long = MessageVersion.objects.create(
        owner=ada, text="In essence the core of your problem is that nobody owns the plan, …"
    )
    short = MessageVersion.objects.create(owner=ada, text="You need more money for new initiatives")
    for number in range(8):
        version = long if number < 4 else short
        replies = ("me", "they") if number in (0, 4, 5) else ("me",)
        wrote(connection(ada, f"P{number}"), *replies, on=date(2026, 1, 3 + number), version=version)
    wrote(connection(ada, "February"), "me", on=date(2026, 2, 3), version=short)
    return long, short


def test_which_message_did_well_in_january_gives_its_exact_text_and_rate(ada, two_versions):  # S-30
    best, other = did_well_in(Viewer(ada), date(2026, 1, 1))
    assert best.text == "You need more money for new initiatives"
    assert (best.words, best.replies.hits, best.replies.of) == (7, 2, 4)
    assert (other.words, other.replies.hits, other.replies.of) == (13, 1, 4)


def test_versions_and_months_add_up_to_all_first_messages(ada, two_versions):
    found = first_messages(Viewer(ada), sources(Viewer(ada)))
    assert (found.sent.value, found.answered.value) == (9, 3)
    assert sum(version.replies.of for version in found.repeated) + found.once.of + found.wordless == 9
    assert sum(rate.of for _on, rate in found.by_month) == 9
    assert not any(comparison.is_sure for comparison in found.comparisons)
    assert names(ada, "first-unanswered", two_versions[0].public_id) == {"P1", "P2", "P3"}


def test_creator_analytics_keep_unknown_apart_from_zero(ada):
    for day, seen in ((date(2026, 1, 5), 10), (date(2026, 1, 6), None), (date(2026, 1, 21), 0)):
        AnalyticsDay.objects.create(owner=ada, on=day, impressions=seen)
    AnalyticsPost.objects.create(owner=ada, urn="a", engagements=3)
    found = audience(Viewer(ada))
    assert [(week.on.day, week.days, week.impressions) for week in found.weeks] == [
        (5, 2, 10),
        (12, 0, None),
        (19, 1, 0),
    ]
    assert found.new_followers.value is None
    assert found.impressions.value == 10
    assert found.posts[0].impressions is None


def test_a_set_nobody_knows_is_no_set(ada):
    viewer = Viewer(ada)
    assert people_behind(viewer, sources(viewer), "nonsense") is None
    assert people_behind(viewer, sources(viewer), "quiet-for", "-1") is None


def test_an_import_taken_back_no_longer_speaks(ada):
    run = came_in(ada)
    run.taken_back_at = at(AS_OF)
    run.save()
    assert sources(Viewer(ada)).is_empty
