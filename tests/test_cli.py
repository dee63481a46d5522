"""The command line as a host meets it: sentences, never tracebacks."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kith.ops.folders import PROJECT

pytestmark = pytest.mark.thorough

Kith = Callable[..., subprocess.CompletedProcess[str]]


def let_others_through(folder: Path) -> None:
    """Open pytest's private folders so far that an unprivileged server can reach its own below them."""
    for parent in [folder, *folder.parents]:
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 1:
            parent.chmod(0o711)


@pytest.fixture(scope="module")
def kith(tmp_path_factory: pytest.TempPathFactory) -> Kith:
    """Runs a command on a house of its own, or on another with `data`."""
    house = tmp_path_factory.mktemp("house")
    # An unprivileged account must get through when the tests run as root.
    let_others_through(house)

    def run(
        *arguments: str | Path, data: Path = house, typed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KITH_TESTING")
        }
        return subprocess.run(
            [sys.executable, "-m", "kith", *map(str, arguments)],
            cwd=PROJECT,
            env={**inherited, "KITH_DATA": str(data), "PORT": "8123"},
            capture_output=True,
            input=typed,
            text=True,
            check=False,
        )

    return run


def test_a_house_is_filled_saved_and_brought_back(kith: Kith, tmp_path: Path) -> None:
    added = kith("member", "add", "ada@example.org", "--name", "Ada Lovelace")
    assert re.fullmatch(r"http://localhost:8123/\S+\n", added.stdout), added.stderr
    again = kith("member", "add", "ADA@example.org", "--name", "Ada")
    assert (again.returncode, again.stdout, len(again.stderr.splitlines())) == (1, "", 1)
    assert kith("backup", tmp_path / "b.zip").returncode == 0

    let_others_through(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    assert kith("restore", tmp_path / "b.zip", data=elsewhere).returncode == 0
    link = kith("link", "ada@example.org", data=elsewhere)
    assert link.stdout.startswith("http://localhost:8123/"), link.stderr
    refused = kith("restore", tmp_path / "b.zip", data=elsewhere)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert kith("restore", tmp_path / "b.zip", "--yes", data=elsewhere).returncode == 0


def test_doctor_names_each_check_with_its_mend(kith: Kith) -> None:
    kith("migrate")
    examined = kith("doctor")
    assert examined.returncode == 1
    assert "✓ database: PostgreSQL" in examined.stdout
    assert "✓ migrations: all applied" in examined.stdout
    assert "✗ worker: none in the last minute\n    Run: kith up" in examined.stdout


SPOIL = """
from kith.members.actions import join
from kith.network.actions.connections import connect
from kith.network.models import Neighbours
people = [join(email=f"m{n}@example.org", name=f"Member {chr(65 + n)}") for n in range(3)]
connect(people[0], people[1])
connect(people[1], people[2])
Neighbours.objects.filter(member=people[0]).update(bitmap=Neighbours.objects.get(member=people[1]).bitmap)
"""


def test_a_bitmap_that_lies_is_found_and_rebuilt(kith: Kith) -> None:
    kith("migrate")
    assert kith("shell", typed=SPOIL).returncode == 0
    found = kith("rebuild-graph", "--check")
    assert re.fullmatch(
        r"Compared 3 members with 2 connections: 1 bitmap differs \(member \d+\)\. Run: kith rebuild-graph\n",
        found.stdout,
    ), found
    assert found.returncode == 1
    assert "✗ network: 1 of 3 bitmaps differ\n    Run: kith rebuild-graph" in kith("doctor").stdout
    rebuilt = kith("rebuild-graph")
    assert (rebuilt.returncode, rebuilt.stdout) == (
        0,
        "Wrote the bitmaps of 3 members anew from the connections.\n",
    )
    proven = kith("rebuild-graph", "--check")
    assert (proven.returncode, proven.stderr) == (0, "")
    assert proven.stdout == "Compared 3 members with 2 connections: every bitmap is what the rows say.\n"


@pytest.mark.parametrize(
    "command",
    [
        ("link", "nobody@example.org"),
        ("import-archive", "/none.zip", "--member", "nobody@example.org"),
        ("restore", "/none.zip"),
        ("backup", "/none/b.zip"),
        ("move-database", "postgresql://nobody@127.0.0.1:1/none"),
    ],
)
def test_a_refusal_is_one_sentence(kith: Kith, command: tuple[str, ...]) -> None:
    refused = kith(*command)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1, refused.stderr


def test_help_lists_every_command_a_host_needs(kith: Kith) -> None:
    listed = set(re.findall(r"^    (\S+)", kith("--help").stdout, re.MULTILINE))
    assert listed == {
        *("up", "web", "worker", "migrate", "demo", "doctor", "member", "link", "import-archive"),
        *("export", "erase", "backup", "restore", "rebuild-graph", "move-database", "shell"),
    }
