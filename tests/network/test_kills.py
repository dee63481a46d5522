"""kill -9 in the middle of connecting: no bitmap is ever stale, nothing acknowledged is lost (goal P7 of the design)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from kith.network import adjacency
from kith.network.models import Connection
from tests.network.circle import people

KILLS = 20
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def stale_after_each_kill(how: str, folder: Path) -> list[int]:
    """How many bitmaps differ from the rows after each kill; what was acknowledged stands after every one."""
    people(24)
    place, acknowledged = connection.settings_dict, folder / "acknowledged"
    url = f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.network.killed", how, str(acknowledged)],
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    stale: list[int] = []
    for number in range(KILLS):
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "killed\n"
        stale.append(len(adjacency.differences()))
        adjacency.rebuild()
        _nothing_is_lost(acknowledged)
    process.stdin.close()
    assert process.wait(timeout=30) == 0
    return stale


def _nothing_is_lost(acknowledged: Path) -> None:
    """All acknowledged acts stand; at most the one that the kill met had no time to say so."""
    said: dict[tuple[int, int], bool] = {}
    for line in acknowledged.read_text().splitlines():
        low, high, stands = map(int, line.split())
        said[low, high] = bool(stands)
    rows = set(Connection.objects.values_list("low_id", "high_id"))
    wrong = rows ^ {pair for pair, stands in said.items() if stands}
    assert len(wrong) <= 1, wrong
    for pair in wrong:  # what was not said is so from now on
        with acknowledged.open("a") as file:
            file.write(f"{pair[0]} {pair[1]} {int(pair in rows)}\n")


def test_twenty_kills_leave_no_stale_bitmap(tmp_path: Path) -> None:
    assert stale_after_each_kill("together", tmp_path) == [0] * KILLS
    assert len((tmp_path / "acknowledged").read_text().splitlines()) > KILLS, (
        "something was written before each"
    )


def test_bitmaps_written_in_a_second_transaction_would_be_noticed(tmp_path: Path) -> None:
    """The reverse: the same kills find the mistake that the design avoids."""
    assert sum(count > 0 for count in stale_after_each_kill("apart", tmp_path)) >= 3
