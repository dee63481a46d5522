"""A backup from before an erasure, brought back by the command a host uses (b37)."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_cli import Kith, kith, let_others_through  # noqa: F401 the house of a module

ADA, BO = "ada@example.org", "bo@example.org"


@pytest.mark.slow
def test_who_was_erased_since_the_backup_stays_gone(kith: Kith, tmp_path: Path) -> None:  # noqa: F811
    let_others_through(tmp_path)
    for address, name in ((ADA, "Ada Lovelace"), (BO, "Bo Ferreira")):
        assert kith("member", "add", address, "--name", name).returncode == 0
    before, after, copy = tmp_path / "before.zip", tmp_path / "after.zip", tmp_path / "copy.zip"
    assert kith("backup", before).returncode == 0
    assert kith("export", ADA, copy).returncode == 0 and "manifest.json" in zipfile.ZipFile(copy).namelist()
    assert kith("export", ADA, copy).returncode == 1
    assert "--yes" in kith("erase", ADA).stderr and kith("link", ADA).returncode == 0
    assert kith("erase", ADA, "--yes").stdout == "Erased.\n"
    assert kith("link", ADA).returncode == 1
    assert kith("restore", before, "--yes").returncode == 0
    assert kith("link", ADA).returncode == 1 and kith("link", BO).returncode == 0

    assert kith("backup", after).returncode == 0
    elsewhere = tmp_path / "elsewhere"
    assert kith("restore", after, data=elsewhere).returncode == 0
    assert (
        kith("restore", before, "--yes", data=elsewhere).returncode == 0
    )  # the list came along in the newer one
    assert kith("link", ADA, data=elsewhere).returncode == 1
    assert kith("link", BO, data=elsewhere).returncode == 0


def test_the_command_names_what_it_takes() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "kith", "--help"], capture_output=True, text=True, check=True
    )
    assert "export" in said.stdout and "erase" in said.stdout
