"""Everything out, and in again: identical in an empty desk, added to a full one, nothing twice."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kith.archive.actions import import_now
from kith.archive.export.zip import write_zip
from kith.members.models import Member

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent.parent / "data" / "sample-archive.zip"


def exported(member: Member, folder: Path, name: str = "out.zip") -> Path:
    path = folder / name
    member.refresh_from_db()
    write_zip(member, path, "Kith", lambda step, share: None)
    return path


def mine(path: Path) -> dict[str, Any]:
    """Everything under mine/, parsed."""
    with zipfile.ZipFile(path) as archive:
        return {
            name: [json.loads(line) for line in archive.read(name).splitlines()]
            if name.endswith(".jsonl")
            else archive.read(name)
            for name in archive.namelist()
            if name.startswith("mine/")
        }


def test_the_sample_archive_comes_back_identical_elsewhere(ada: Member, bo: Member, tmp_path: Path) -> None:
    import_now(ada, SAMPLE, {"bodies": True, "phone_book": True, "birthdays": True, "headline": True})
    out = exported(ada, tmp_path)
    import_now(bo, out)
    assert mine(exported(bo, tmp_path, "again.zip")) == mine(out)
