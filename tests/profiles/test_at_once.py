"""Two windows of one member, at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.profiles import actions
from kith.profiles.models import Profile, Skill

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[int], object], times: int = 8) -> list[object]:
    """What each of many got from one act at the same moment; a refusal counts as an answer."""
    together, got = Barrier(times), []

    def once(number: int) -> None:
        together.wait()
        try:
            got.append(act(number))
        except Refused as refused:
            got.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=once, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == times
    return got


def test_the_same_skill_is_added_once(ada: Member) -> None:
    got = at_once(lambda _number: actions.add_row(ada, "skills", {"name": "Editing"}))
    assert Skill.objects.of(ada).count() == 1
    assert got.count("“Editing” is already there.") == 7


def test_rows_added_at_once_all_stay_each_in_its_own_place(ada: Member) -> None:
    at_once(lambda number: actions.add_row(ada, "skills", {"name": f"s{number}"}))
    assert sorted(Skill.objects.of(ada).values_list("place_in_list", flat=True)) == list(range(8))


def test_audiences_chosen_at_once_overwrite_no_other(ada: Member) -> None:
    parts = ["summary", "specialties", "positions", "education", "skills", "languages", "links", "birthday"]
    at_once(lambda number: actions.set_audience(ada, parts[number], "web"))
    assert Profile.objects.get(member=ada).audiences == dict.fromkeys(parts, "web")
