"""The country a place names; nothing is guessed."""

import pytest

from kith.profiles.countries import CODES, country_of


@pytest.mark.parametrize(
    ("place", "code"),
    [("Porto, Portugal", "PT"), ("Toronto, Ontario, Canada", "CA"), ("são paulo , BRASIL", "BR"), ("Norway", "NO"),
     ("Leeds, UK", "GB"), ("Hà Nội, Việt Nam", "VN"), ("Abidjan, Côte d'Ivoire", "CI"), ("Oslo", ""), ("", ""),
     ("Atlanta, Georgia", ""), ("Lagos and Oslo", ""), ("Norway, Maine", "")],
)  # fmt: skip
def test_only_what_is_named_is_a_country(place: str, code: str) -> None:
    assert country_of(place) == code


def test_no_name_stands_for_two_countries() -> None:
    assert len(CODES) > 300 and all(len(code) == 2 and name for name, code in CODES.items())
