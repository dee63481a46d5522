"""What a member writes about themselves: kept as typed, refused in one sentence, never lost."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.profiles import actions
from kith.profiles.models import BY_OTHERS, Audience, Link, Position, Profile, Section, Skill, Specialty

Typed = Mapping[str, str]
POSITION = {"title": "Editor", "organisation": "Novamed", "start_year": "2019", "current": "1"}


def titles(member: Member) -> list[str]:
    return [row.title for row in Position.objects.of(member)]


def test_the_card_is_what_was_typed(ada: Member) -> None:
    actions.edit_card(ada, name=" Ada  Lund ", pronunciation="AH-da", headline="Editor", place="Bergen")
    ada.refresh_from_db()
    assert (ada.name, ada.sort_name, ada.headline, ada.place) == ("Ada Lund", "ada lund", "Editor", "Bergen")
    assert ada.profile.pronunciation == "AH-da"


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("name", "", "Name: please give one"),
        ("name", "x" * 121, "Name: at most 120 characters; this has 121"),
        ("headline", "x" * 221, "Headline: at most 220"),
        ("place", "x" * 121, "Place: at most 120"),
        ("pronunciation", "x" * 121, "How to say it: at most 120"),
    ],
)
def test_a_card_too_long_writes_nothing(field: str, text: str, says: str, ada: Member) -> None:
    card = {"name": "Ada L", "pronunciation": "", "headline": "", "place": ""} | {field: text}
    with pytest.raises(Refused, match=says) as refused:
        actions.edit_card(ada, **card)
    assert refused.value.field == field
    assert Member.objects.get(pk=ada.pk).name == "Ada Lund"


@pytest.mark.parametrize(
    ("day", "month", "field"),
    [("31", "2", "day"), ("30", "2", "day"), ("0", "1", "day"), ("1", "13", "month"), ("9", "", "month"),
     ("", "3", "day"), ("x", "3", "day"), ("²", "3", "day"), ("9" * 20, "3", "day")],
)  # fmt: skip
def test_no_birthday_that_no_year_has(day: str, month: str, field: str, ada: Member) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_birthday(ada, day=day, month=month)
    assert refused.value.field == field
    assert not Profile.objects.filter(birthday_day__isnull=False).exists()


def test_a_birthday_on_the_29th_of_february_and_none_again(ada: Member) -> None:
    actions.set_birthday(ada, day="29", month="2")
    assert Profile.objects.get(member=ada).birthday_day == 29
    actions.set_birthday(ada, day="", month="")
    assert Profile.objects.get(member=ada).birthday_month is None


@pytest.mark.parametrize("section", Section)
@pytest.mark.parametrize("audience", [*Audience, "friends", ""])
def test_an_audience_is_one_that_exists(section: Section, audience: str, ada: Member) -> None:
    never = (section == "photo" and audience == "me") or (section in BY_OTHERS and audience == "web")
    impossible = audience not in Audience.values or never
    if impossible:
        with pytest.raises(Refused):
            actions.set_audience(ada, section, audience)
    else:
        actions.set_audience(ada, section, audience)
        actions.set_audience(ada, section, audience)


def test_positions_find_their_place_by_date(ada: Member) -> None:
    for title, start, end in [("B", "2010", "2015"), ("A", "2016", ""), ("C", "2000", "2009")]:
        ends = {"end_year": end} if end else {"current": "1"}
        actions.add_row(ada, "positions", {"title": title, "start_year": start, **ends})
    assert titles(ada) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"organisation": "x" * 161}, "organisation"),
        ({"description": "x" * 4001}, "description"),
        ({"start_month": "13"}, "start_month"),
        ({"start_month": "0"}, "start_month"),
        ({"start_year": "19"}, "start_year"),
        ({"start_year": "20190"}, "start_year"),
        ({"start_year": "twenty"}, "start_year"),
        ({"start_year": "", "start_month": "3"}, "start_month"),
        ({"current": ""}, "end_year"),
    ],
)
def test_a_position_that_cannot_be_is_refused(change: Typed, field: str, ada: Member) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_row(ada, "positions", POSITION | change)
    assert refused.value.field == field
    assert titles(ada) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"start_year": "2010", "end_year": "2005", "current": ""},
        {"start_year": "2090"},
        {"start_year": "1900"},
    ],
)
def test_odd_dates_are_kept(odd: Typed, ada: Member) -> None:
    actions.add_row(ada, "positions", POSITION | odd)
    assert titles(ada) == ["Editor"]


def test_skills_come_several_at_once_and_each_is_there_once(ada: Member) -> None:
    assert actions.add_skills(ada, "Python, editing\nPYTHON; Édition ,") == 3
    assert actions.add_skills(ada, "python, edition, Law") == 1
    assert [row.name for row in Skill.objects.of(ada)] == ["Python", "editing", "Édition", "Law"]
    with pytest.raises(Refused, match="already there"):
        actions.change_row(Skill.objects.get(name="Law"), "skills", {"name": "python"})


@pytest.mark.parametrize("count", [1, 6, 11, 20, 30])
def test_a_long_list_of_specialties_may_be_typed_and_touches_no_skill(count: int, ada: Member) -> None:
    actions.add_skills(ada, "Editing")
    for number in range(count):
        actions.add_row(ada, "specialties", {"text": f"Thing {number}"})
    assert Specialty.objects.of(ada).count() == count
    assert [row.name for row in Skill.objects.of(ada)] == ["Editing"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://a.example/", "mailto:a@b.example",
     "vbscript:x", "https://", "no address", "//", "https://a.example/\n<script>", "file:///etc/passwd"],
)  # fmt: skip
def test_a_link_leads_to_the_web_alone(url: str, ada: Member) -> None:
    with pytest.raises(Refused, match="http"):
        actions.add_row(ada, "links", {"url": url})


def test_an_address_without_a_scheme_is_taken_for_https(ada: Member) -> None:
    actions.add_row(ada, "links", {"url": "ada.example/notes"})
    assert Link.objects.get().url == "https://ada.example/notes"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"kind": "fax"}, "kind"), ({"value": ""}, "value"), ({"value": "nobody"}, "value"),
     ({"audience": "all"}, "audience"), ({"value": "x" * 255}, "value")],
)  # fmt: skip
def test_a_contact_field_says_what_is_wrong(change: Typed, field: str, ada: Member) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_row(ada, "contact", {"kind": "email", "value": "a@b.example", "audience": "me"} | change)
    assert refused.value.field == field


def test_no_more_than_a_hundred_rows(ada: Member) -> None:
    actions.add_skills(ada, ",".join(f"s{number}" for number in range(100)))
    with pytest.raises(Refused, match="At most 100"):
        actions.add_skills(ada, "one more")
    with pytest.raises(Refused, match="At most 100"):
        actions.add_row(ada, "skills", {"name": "one more"})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 1])), max_size=12))
def test_moving_rows_loses_none_and_keeps_the_order_of_the_rest(
    moves: list[tuple[int, int]], ada: Member
) -> None:
    Skill.objects.of(ada).delete()
    actions.add_skills(ada, "a, b, c, d, e")
    expected = ["a", "b", "c", "d", "e"]
    for at, by in moves:
        rows = list(Skill.objects.of(ada))
        actions.move_row(rows[at], "skills", by)
        expected.insert(max(at + by, 0), expected.pop(at))
        assert [row.name for row in Skill.objects.of(ada)] == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_is_kept_or_refused_but_never_breaks(text: str, ada: Member) -> None:
    text = text.replace("\x00", "")
    for section, field in [("specialties", "text"), ("skills", "name"), ("languages", "name"),
                           ("positions", "title"), ("education", "school"), ("links", "url")]:  # fmt: skip
        try:
            row = actions.add_row(ada, section, {field: text, "current": "1"})
        except Refused:
            continue
        actions.remove_row(row, section)
