"""Finding people: whatever the accents, and never by what they do not show."""

import pytest

from kith.members.models import Block, Member
from kith.members.organisations import find_or_make, merge_organisations
from kith.members.policy import Viewer
from kith.profiles.finding import page_of, people_found
from kith.profiles.models import Audience, Position, Profile

pytestmark = pytest.mark.django_db


def named(viewer: Member, words: str) -> list[str]:
    return sorted(people_found(Viewer(viewer), words).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Åse Sæther-Đặng", "ase saether-dang"),
        ("İpek Yıldız", "ipek yildiz"),
        ("Łukasz Strauß", "LUKASZ STRAUSS"),
        ("Ελένη Παπαδάκη", "ελενη"),
        ("Мария Ёлкина", "мария елкина"),
        ("نُور حدّاد", "نور حداد"),
        ("佐藤 美咲", "美咲"),
        ("अनन्या शर्मा", "शर्मा"),
    ],
)
def test_a_name_is_found_in_its_script_whatever_case_and_accents(ada: Member, name: str, words: str) -> None:
    Member.objects.filter(pk=ada.pk).update(name=name)
    assert named(ada, words) == [name]


def test_every_word_must_be_found_in_name_headline_place_or_an_organisation(ada: Member, bo: Member) -> None:
    Member.objects.filter(pk=bo.pk).update(headline="Réparatrice de vélos", place="Orléans")
    Position.objects.create(member=bo, title="Founder", organisation=find_or_make("Café Øst"))
    assert named(ada, "ferreira velos") == [bo.name]
    assert named(ada, "orleans cafe ost") == [bo.name]
    assert named(ada, "orleans nowhere") == []
    assert named(ada, "  ") == sorted([ada.name, bo.name])
    assert named(ada, "100%") == named(ada, "_o") == []


def test_a_merged_spelling_is_found_by_both_names(ada: Member, bo: Member) -> None:
    typed, kept = find_or_make("Novamed Ltd"), find_or_make("Novamed Devices")
    assert typed and kept
    Position.objects.create(member=bo, title="Planner", organisation=typed)
    merge_organisations(kept, typed)
    assert named(ada, "ltd") == named(ada, "devices") == [bo.name]


def test_an_organisation_kept_to_oneself_finds_nobody(ada: Member, bo: Member) -> None:
    Position.objects.create(member=bo, title="Spy", organisation=find_or_make("The Circus"))
    Profile.objects.create(member=bo, audiences={"positions": Audience.ME})
    assert named(ada, "circus") == []
    assert named(bo, "circus") == [bo.name]


def test_the_blocked_the_waiting_and_the_suspended_are_nowhere(ada: Member, bo: Member, mal: Member) -> None:
    Block.objects.create(blocker=bo, blocked=ada)
    Member.objects.filter(pk=mal.pk).update(confirmed_at=None)
    assert named(ada, "") == [ada.name]
    assert not people_found(Viewer(None), "").exists()


def test_further_rows_follow_the_last_one_also_among_namesakes(ada: Member, bo: Member, mal: Member) -> None:
    Member.objects.update(name="Ada Lund", sort_name="ada lund")
    found = people_found(Viewer(ada), "")
    first = page_of(found, size=2)
    rest = page_of(found, after=first.rows[-1], size=2)
    assert [row.pk for row in (*first.rows, *rest.rows)] == [ada.pk, bo.pk, mal.pk]
    assert first.after == bo.public_id and not rest.after
