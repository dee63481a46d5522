"""Next steps, long lists, odd dates."""

from datetime import date

import pytest

from kith.core.host import set_setting
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles import actions
from kith.profiles.models import Position
from kith.profiles.periods import lasted, odd_dates, period
from kith.profiles.photos import set_photo
from kith.profiles.shown import shown_profile
from kith.profiles.strength import is_thin, longest_list, next_steps
from tests.profiles.test_photos import picture

TODAY = date(2026, 11, 22)


def names(member: Member) -> list[str]:
    return [step.name for step in next_steps(shown_profile(member, Viewer(member)))]


def test_an_empty_profile_is_told_what_to_do_first(ada: Member) -> None:
    assert names(ada) == ["specialties", "headline", "summary", "positions", "photo"]
    assert all(step.why for step in next_steps(shown_profile(ada, Viewer(ada))))


def test_a_full_profile_has_no_next_step(ada: Member) -> None:
    actions.edit_card(ada, name="Ada Lund", pronunciation="", headline="Editor", place="")
    actions.write_summary(ada, "I edit.")
    actions.add_row(ada, "specialties", {"text": "Blogging. Just blogging."})
    actions.add_row(ada, "positions", {"title": "Editor", "current": "1", "description": "It went well."})
    set_photo(ada, picture())
    assert names(ada) == []


def test_positions_of_title_company_and_years_are_thin(ada: Member) -> None:
    actions.add_row(
        ada, "positions", {"title": "Editor", "organisation": "N", "start_year": "2019", "current": "1"}
    )
    assert "bare-positions" in names(ada)
    assert is_thin(shown_profile(ada, Viewer(ada)))
    actions.write_summary(ada, "I edit.")
    assert not is_thin(shown_profile(ada, Viewer(ada)))


@pytest.mark.parametrize(
    ("count", "flagged"), [(1, False), (3, False), (5, False), (6, True), (11, True), (20, True), (30, True)]
)
def test_a_long_list_is_named_with_its_count(count: int, flagged: bool, ada: Member) -> None:
    for number in range(count):
        actions.add_row(ada, "specialties", {"text": f"Thing {number}"})
    steps = {step.name: step for step in next_steps(shown_profile(ada, Viewer(ada)))}
    assert ("long-list" in steps) == flagged
    if flagged:
        assert f"You name {count} specialties" in steps["long-list"].why


ELEVEN = [
    "Publishing", "Writing", "Editing", "Web design", "Photography", "Marketing", "Public speaking", "Coaching",
    "Teaching", "Search engines", "Semaphore",
]  # fmt: skip


@pytest.mark.parametrize(
    ("summary", "count"),
    [
        ("Specialties: " + ", ".join(ELEVEN) + ".", 11),
        (", ".join(ELEVEN[:-1]) + " and " + ELEVEN[-1], 11),
        ("I help firms grow.\n\n" + "\n".join(f"• {thing}" for thing in ELEVEN), 11),
        ("; ".join(f"{thing} {number}" for number in range(2) for thing in ELEVEN[:10]), 20),
        (" | ".join(f"{thing} {number}" for number in range(3) for thing in ELEVEN[:10]), 30),
        ("Blogging, Just blogging.", 2),
        ("", 0),
    ],
)
def test_a_list_inside_a_summary_is_named_too(summary: str, count: int, ada: Member) -> None:
    assert longest_list(summary) == count
    actions.write_summary(ada, summary)
    actions.add_skills(ada, "Editing, Writing")
    assert ("list-in-summary" in names(ada)) == (count >= 6)
    assert len(shown_profile(ada, Viewer(ada)).skills) == 2


@pytest.mark.parametrize(
    "prose",
    [
        "I have edited medical writing for nineteen years, first for a journal, then for makers of devices.",
        "What I like best is the week before a submission, when forty pages become four, and nobody sleeps.",
        "I run workshops in Oslo, Bergen and Rome, and I write about what happens there when people meet.",
    ],
)
def test_prose_is_no_list(prose: str) -> None:
    assert longest_list(prose) < 6


def test_many_skills_are_no_long_list(ada: Member) -> None:
    actions.add_skills(ada, ",".join(f"s{number}" for number in range(30)))
    assert "long-list" not in names(ada)


def test_the_host_says_where_a_list_is_long(ada: Member) -> None:
    set_setting("specialties_warn_from", 12)
    for number in range(11):
        actions.add_row(ada, "specialties", {"text": f"Thing {number}"})
    assert "long-list" not in names(ada)


def held(start: tuple[int, int | None] | None, end: tuple[int, int | None] | None = None) -> Position:
    return Position(
        start_year=start and start[0],
        start_month=start and start[1],
        end_year=end and end[0],
        end_month=end and end[1],
    )


@pytest.mark.parametrize(
    ("position", "why"),
    [
        (held((2010, None), (2005, None)), "ends before"),
        (held((2010, 6), (2010, 5)), "ends before"),
        (held((2026, 12)), "future"),
        (held((1939, 1)), "before 1940"),
        (held(None, (1900, None)), "before 1940"),
        (held((2010, 6), (2010, None)), ""),
        (held((2010, None), (2010, 1)), ""),
        (held((2026, None)), ""),
        (held((2026, 11)), ""),
        (held((1940, 1), (1990, None)), ""),
        (held(None), ""),
    ],
)
def test_odd_dates_are_named(position: Position, why: str) -> None:
    found = odd_dates([position], TODAY)
    assert bool(found) == bool(why)
    assert not why or why in found[0].why


def test_three_positions_at_once_are_odd_and_two_or_a_gap_are_not() -> None:
    two = [Position(pk=number, start_year=2010 + number) for number in range(2)]
    assert odd_dates(two, TODAY) == []
    found = odd_dates([*two, Position(pk=9, start_year=2001)], TODAY)
    assert [(odd.position.pk, "one of 3" in odd.why) for odd in found] == [(9, True)]
    assert odd_dates([held((2000, 1), (2001, 1)), held((2015, 1), (2016, 1))], TODAY) == []


@pytest.mark.parametrize(
    ("position", "when", "how_long"),
    [
        (held((2019, 3)), "Mar 2019 – now", "7 years 9 months"),
        (held((2012, 9), (2019, 2)), "Sep 2012 – Feb 2019", "6 years 6 months"),
        (held((2006, None), (2012, None)), "2006 – 2012", "6 years"),
        (held((2012, None), (2012, None)), "2012", ""),
        (held((2012, 5), (2012, 5)), "May 2012", "1 month"),
        (held(None, (2012, None)), "until 2012", ""),
        (held(None), "", ""),
        (held((2012, None), (2005, None)), "2012 – 2005", ""),
        (held((2012, 5), (2012, None)), "May 2012 – 2012", ""),
    ],
)
def test_periods_read_as_people_say_them(position: Position, when: str, how_long: str) -> None:
    assert (period(position), lasted(position, TODAY)) == (when, how_long)
