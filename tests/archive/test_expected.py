"""The result of an import equals what the makers of the archives expect, key by key."""

import json
from pathlib import Path

import pytest

from kith.archive.actions import import_now
from kith.members.models import Member
from tests.archive.reading.expectations import figures_that_differ

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

DATA = Path(__file__).parent.parent / "data"
ARCHIVES = ("sample-archive", "by-era/2018-complete", "by-era/2024-complete", "by-era/2026-basic")


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_import_finds_what_is_expected(name: str, ada: Member) -> None:
    expected = json.loads((DATA / f"{name}.expected.json").read_text())
    found = import_now(ada, DATA / f"{name}.zip")
    assert figures_that_differ(expected, found) == []
    json.dumps(found)


def test_importing_the_sample_twice_changes_no_figure(ada: Member) -> None:
    once = import_now(ada, DATA / "sample-archive.zip")
    again = import_now(ada, DATA / "sample-archive.zip")
    assert once | {"seconds": 0} == again | {"seconds": 0}
