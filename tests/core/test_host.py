"""Host settings as typed, colours as seen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings

from kith.core import colour
from kith.core.host import SETTINGS, SITE_ADDRESS, Setting, read_once, set_setting, site_address
from kith.core.refusal import Refused
from kith.members.house import Unreadable, choose_brand
from kith.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared() -> Any:
    names = set(SETTINGS)
    yield
    for name in set(SETTINGS) - names:
        del SETTINGS[name]


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "11", "1.5", "٣", "1e3", "9" * 40])
def test_a_number_stays_within_its_limits(declared: None, typed: str) -> None:
    often = Setting("test_often", 5, label="How often", least=1, most=10)
    assert often.read(" 10 ") == 10
    with pytest.raises(Refused, match="How often: a whole number from 1 to 10"):
        often.read(typed)


def test_a_choice_is_one_of_the_list_and_a_switch_is_on_or_off(declared: None) -> None:
    who = Setting("test_who", "all", label="Who", choices=[("all", "all"), ("none", "nobody")])
    assert who.read("none") == "none"
    with pytest.raises(Refused):
        who.read("some")
    switch = Setting("test_switch", True, label="On")
    assert (switch.read("on"), switch.read("")) == (True, False)


@pytest.mark.parametrize(
    "typed", ["kith.example.org", "ftp://x", "https://x y", "javascript:x", "https://x/path"]
)
def test_the_sites_address_looks_like_one(typed: str) -> None:
    assert SITE_ADDRESS.read("https://kith.example.org/") == "https://kith.example.org/"
    with pytest.raises(Refused):
        SITE_ADDRESS.read(typed)


def test_links_in_letters_begin_with_the_hosts_choice_or_what_the_house_listens_to() -> None:
    with override_settings(ALLOWED_HOSTS=["kith.example.org"], BEHIND_HTTPS=True):
        assert site_address() == "https://kith.example.org"
    set_setting("site_address", "https://alumni.example.org/")
    assert site_address() == "https://alumni.example.org"


@pytest.mark.parametrize("hue", range(0, 360, 15))
def test_the_nearest_readable_colour_can_be_read_and_keeps_what_could(hue: int) -> None:
    import colorsys

    for light in (0.15, 0.5, 0.85):
        rgb = colorsys.hls_to_rgb(hue / 360, light, 0.9)
        typed = "#" + "".join(f"{round(part * 255):02x}" for part in rgb)
        for paper in (colour.LIGHT, colour.DARK):
            nearest = colour.nearest_readable(typed, paper)
            assert colour.worst_contrast(nearest, paper) >= colour.READABLE
            if colour.worst_contrast(typed, paper) >= colour.READABLE:
                assert nearest == typed


def test_contrast_is_wcags() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("typed", ["red", "#fff", "#12345", "#gggggg", "url(x)", "#12345678"])
def test_what_is_no_colour_is_refused(hana: Member, typed: str) -> None:
    with pytest.raises(Refused, match="please write it as"):
        choose_brand(hana, name="Kith", light=typed, dark="")


def test_an_unreadable_colour_names_the_nearest(hana: Member) -> None:
    with pytest.raises(Unreadable) as refusal:
        choose_brand(hana, name="Kith", light="", dark="#222222")
    assert colour.worst_contrast(refusal.value.nearest, colour.DARK) >= colour.READABLE


def test_whoever_only_looks_asks_for_all_settings_once(
    declared: None, django_assert_num_queries: Callable
) -> None:
    often = Setting("test_often", 5, label="How often")
    rarely = Setting("test_rarely", 7, label="How rarely")
    set_setting("test_often", 6)
    with django_assert_num_queries(1), read_once():
        assert (often.value, rarely.value, often.value) == (6, 7, 6)
    set_setting("test_often", 8)
    assert often.value == 8
