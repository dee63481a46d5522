"""Initials in any script, a lasting colour, ages in words."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.web import look

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Margarethe Oyelaran", "MO"),
        ("Ana de la Cruz", "AC"),
        ("李明 Li Ming", "李明"),
        ("김민준", "김민"),
        ("Siri", "S"),
        ("ada lovelace", "AL"),
        ("🚀 Tom Ballard (hiring)", "TB"),
        ("محمد علي", "مع"),
        ("", "·"),
        ("42 !", "·"),
    ],
)
def test_initials_come_from_the_name_in_any_script(name, signs):
    assert look.initials(name) == signs


@given(st.text())
def test_every_name_has_a_face(name):
    assert look.initials(name)
    assert 0 <= look.hue(name) < look.HUES
    assert look.hue(name) == look.hue(name)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (TODAY, "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 10), "12 days ago"),
        (date(2026, 4, 22), "7 months ago"),
        (date(2023, 11, 22), "3 years ago"),
        (None, ""),
    ],
)
def test_ages_are_told_in_words(day, words):
    assert look.age(day, TODAY) == words


def test_a_moment_ages_by_the_days_of_the_calendar():
    assert look.age(datetime(2026, 11, 20, 12, tzinfo=UTC), TODAY) == "2 days ago"
