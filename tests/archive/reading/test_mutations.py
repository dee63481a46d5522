import json
from pathlib import Path

import pytest

from kith.archive.reading import Archive, Refused, read_archive
from tests.archive.reading.making import DATA, files_of
from tests.archive.reading.mutating import mutated, small_archive


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return small_archive(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_archive_is_read_or_refused_in_one_sentence(
    tmp_path: Path, whole: dict[str, bytes], seed: int
) -> None:
    _read(tmp_path, mutated(whole, seed))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 600, 25))
def test_five_hundred_more_damaged_archives(tmp_path: Path, whole: dict[str, bytes], start: int) -> None:
    for seed in range(start, start + 25):
        _read(tmp_path, mutated(whole, seed))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 50, 10))
def test_the_sample_damaged(tmp_path: Path, start: int) -> None:
    whole = files_of(DATA / "sample-archive.zip")
    for seed in range(start, start + 10):
        _read(tmp_path, mutated(whole, seed))


def _read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.zip"
    path.write_bytes(content)
    try:
        archive = read_archive(path)
    except Refused as refusal:
        assert "damaged.zip" in str(refusal)
        assert "\n" not in str(refusal)
        return
    _check(archive)


def _check(archive: Archive) -> None:
    """What any archive promises the importer, however damaged."""
    people = range(len(archive.people))
    assert [person.key for person in archive.people] == list(people)
    assert all(one.person is None or one.person in people for one in archive.connections)
    assert all(one.person in people for one in archive.invitations)
    assert all(key in people for thread in archive.threads for key in thread.people)
    assert all(one.thread in range(len(archive.threads)) for one in archive.messages)
    assert all(one.person is None or one.person in people for one in archive.messages)
    assert len({person.slug for person in archive.people if person.slug}) == sum(
        person.slug is not None for person in archive.people
    )
    for report in archive.files:
        assert report.rows == report.taken + sum(report.skipped.values()), report
    text = json.dumps(archive.facts(), ensure_ascii=False) + repr(archive)
    assert "\\x00" not in text
    assert "\\ud8" not in text.lower()
    text.encode("utf-8")
