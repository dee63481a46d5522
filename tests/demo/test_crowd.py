"""The two hundred: of many origins and scripts, some thin, some public, in communities, and gone without a trace."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.demo import actions, crowd
from kith.demo.people import COUNT, invented
from kith.members.actions import join
from kith.members.models import Member, Organisation
from kith.members.organisations import find_or_make
from kith.members.policy import Viewer
from kith.profiles.models import Position, Profile, Skill, Specialty
from kith.profiles.photos import photo_path
from kith.profiles.shown import shown_profile

pytestmark = pytest.mark.thorough

MOST_BYTES = 1_000_000


def photos() -> set[Path]:
    return set((Path(settings.MEDIA_ROOT) / "photos").glob("*"))


def test_they_are_the_same_two_hundred_each_time_and_nobody_twice() -> None:
    people = invented()
    assert people == invented()
    assert len(people) == len({one.name for one in people}) == len({one.handle for one in people}) == COUNT
    assert all(one.handle.isascii() and one.handle for one in people)


def test_their_names_come_in_many_scripts() -> None:
    scripts = {unicodedata.name(sign).split()[0] for one in invented() for sign in one.name if sign.isalpha()}
    wanted = {"LATIN", "ARABIC", "HEBREW", "CYRILLIC", "GREEK", "DEVANAGARI", "CJK", "HANGUL"}
    assert wanted <= scripts


def test_some_are_thin_one_lists_thirty_specialties_and_firms_are_shared() -> None:
    people = invented()
    lists = Counter(len(one.specialties) for one in people)
    assert lists[30] == lists[20] == lists[11] == 1
    assert 8 <= sum(not one.headline for one in people) <= 30
    assert 20 <= sum(one.is_public for one in people) <= 60
    firms = Counter(job.firm for one in people for job in one.jobs[:1])
    assert sum(count >= 5 for count in firms.values()) >= 8


@pytest.mark.django_db
def test_they_move_in_once_and_quickly_with_profiles_others_read() -> None:
    actions.build()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert crowd.settle() == COUNT
    assert len(asked) < 16 * COUNT  # in the worker, behind everything else
    assert crowd.settle() == 0
    assert Member.objects.from_demo().let_in().count() == COUNT + len(actions.CAST)
    hana = Member.objects.get(email=actions.CAST["host"][1])
    long = Member.objects.get(email=next(one.email for one in invented() if len(one.specialties) == 30))
    shown = shown_profile(long, Viewer(hana))
    assert len(shown.specialties) == 30 and shown.positions and shown.skills
    assert shown_profile(hana, Viewer(None)).positions
    noor = shown_profile(Member.objects.get(email=actions.CAST["new"][1]), Viewer(hana))
    assert noor.is_empty and noor.card and not noor.card.headline


@pytest.mark.django_db
def test_nobody_moves_in_where_the_demo_does_not_stand(ada: Member) -> None:
    assert crowd.settle() == 0
    assert Member.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_their_photos_are_drawn_in_turns_and_weigh_little() -> None:
    before = photos()
    actions.build()
    crowd.settle()
    left = crowd.draw_photos(20)
    assert left == sum(one.has_photo for one in invented()) + 2 - 20
    weight = sum(path.stat().st_size for path in photos() - before)
    print(f"{weight / 20:.0f} bytes a photo, {weight / 20 * (left + 20):.0f} together")
    assert weight / 20 * (left + 20) < MOST_BYTES
    keys = Member.objects.exclude(photo_key="").values_list("photo_key", flat=True)
    assert all(photo_path(key, size).exists() for key in keys for size in ("large", "small"))
    actions.remove()
    assert photos() == before


@pytest.mark.django_db
def test_removal_leaves_nothing_but_what_somebody_else_names() -> None:
    actions.build()
    crowd.settle()
    real = join(email="siri@example.org", name="Siri Haugen")
    Position.objects.create(member=real, title="Skipper", organisation=find_or_make("Kystlinje Shipping"))
    own = find_or_make("Nobody's Firm")
    assert actions.remove() == COUNT + len(actions.CAST)
    assert {one.name for one in Organisation.objects.all()} == {"Kystlinje Shipping", "Nobody's Firm"}
    assert own and list(Member.objects.all()) == [real]
    assert not any(model.objects.exists() for model in (Profile, Skill, Specialty))
    assert Position.objects.get().title == "Skipper"
