"""Damaged archives through the whole import: all of it or nothing, never a traceback (b48 to b54, G21)."""

from pathlib import Path

import pytest

from kith.archive.actions import import_now
from kith.archive.reading import Refused
from kith.archive.writing.undo import IMPORTED
from kith.contacts.models import Contact, ImportRun
from kith.members.models import Member
from tests.archive.reading.mutating import mutated, small_archive

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return small_archive(tmp_path_factory.mktemp("whole"))


def brought_in_or_refused(ada: Member, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        found = import_now(ada, path, {"bodies": True, "phone_book": True, "birthdays": True})
    except Refused as problem:
        assert str(problem).endswith(".") and "\n" not in str(problem)
        assert not ImportRun.objects.exists()
        assert not any(model.objects.exists() for model in (Contact, *IMPORTED))
    else:
        assert found["seconds"] is not None
        assert ImportRun.objects.get().state == "done"


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_archive_comes_in_whole_or_not_at_all(
    seed: int, ada: Member, tmp_path: Path, whole: dict[str, bytes]
) -> None:
    brought_in_or_refused(ada, tmp_path / "archive.zip", mutated(whole, seed))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 600))
def test_five_hundred_more(seed: int, ada: Member, tmp_path: Path, whole: dict[str, bytes]) -> None:
    brought_in_or_refused(ada, tmp_path / "archive.zip", mutated(whole, seed))
