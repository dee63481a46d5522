"""The one command, run as people run it; the parts it starts must never outlive it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kith.ops.folders import PROJECT
from kith.ops.supervisor import drops_privileges

pytestmark = pytest.mark.thorough

Up = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(data: Path) -> set[str]:
    """Command lines of whatever was started with this data folder."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if os.fsencode(data) in told and process.name != str(os.getpid()):
                found.add((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def wait_until(condition: Callable[[], bool], seconds: float) -> float:
    """Seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it took too long"
        time.sleep(0.02)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def data() -> Path:
    folder = Path(mkdtemp(prefix="kith-up-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def up(data: Path) -> Iterator[Up]:
    """Starts the supervisor on the module's data folder, or another, and waits for what it says first."""
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path = data, **settings: str) -> subprocess.Popen[str]:
        names = ("DATABASE_URL", "KITH_TESTING", "KITH_BIND", "PYTEST_CURRENT_TEST")
        inherited = {name: value for name, value in os.environ.items() if name not in names}
        process = subprocess.Popen(
            [sys.executable, "-m", "kith", "up"],
            cwd=PROJECT,
            env={**inherited, "KITH_DATA": str(folder), "PORT": str(free_port()), **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
    wait_until(lambda: not processes_of(data), 10)


def ready_at(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    match = re.fullmatch(r"ready on (http://localhost:\d+)\n", line)
    assert match, line + process.stdout.read()
    return match[1]


def test_it_serves_and_ctrl_c_ends_everything_within_two_seconds(up: Up, data: Path) -> None:
    process = up()
    origin = ready_at(process)
    assert process.stdout is not None
    link = re.search(rf"{origin}/\S+", process.stdout.readline())
    assert link
    with urllib.request.urlopen(link[0]) as page:
        assert page.status == 200
    running = " ".join(processes_of(data))
    assert "postgres" in running
    assert "granian" in running
    assert "worker" in running
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert process.wait(5) == 0
    assert time.monotonic() - began < 2
    assert not processes_of(data)


@pytest.mark.skipif(not drops_privileges(), reason="not root, or no other account can read the program")
def test_started_by_root_the_parts_run_as_another_account(up: Up, data: Path) -> None:
    process = up()
    ready_at(process)
    listing = subprocess.run(
        ["ps", "-o", "uid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
    )
    owners = listing.stdout.split()
    assert len(owners) == 3
    assert "0" not in owners


def test_nothing_is_left_three_seconds_after_the_supervisor_was_killed(up: Up, data: Path) -> None:
    process = up()
    ready_at(process)
    process.kill()
    process.wait()
    assert wait_until(lambda: not processes_of(data), 3) < 3


def child_of(process: subprocess.Popen[str], words: str) -> int | None:
    listing = subprocess.run(
        ["pgrep", "-P", str(process.pid), "-f", words], capture_output=True, text=True, check=False
    )
    return int(listing.stdout) if listing.stdout else None


def test_a_worker_that_dies_is_started_again(up: Up) -> None:
    process = up()
    ready_at(process)
    first = child_of(process, "run worker")
    assert first
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: child_of(process, "run worker") not in (None, first), 3)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=5)
    assert process.returncode == 0
    assert "The worker ended by itself and is started again.\n" in output


def test_a_web_server_that_dies_ends_the_rest_and_shows_its_log(up: Up, data: Path) -> None:
    process = up()
    ready_at(process)
    web = child_of(process, "granian")
    assert web
    os.kill(web, signal.SIGKILL)
    output, _ = process.communicate(timeout=5)
    assert process.returncode == 1
    assert "The web server ended by itself" in output
    assert "web.log ends with:" in output
    assert not processes_of(data)


def test_a_second_one_on_the_folder_or_the_port_is_told_so(up: Up, data: Path) -> None:
    first = up()
    port = ready_at(first).rpartition(":")[2]
    other_port, other_folder = up(), up(data / "other", PORT=port)
    output, _ = other_port.communicate(timeout=5)
    assert other_port.returncode == 1
    assert output == (
        f"Kith already runs with the data folder {data}: stop it first, or choose another folder with KITH_DATA.\n"
    )
    output, _ = other_folder.communicate(timeout=5)
    assert other_folder.returncode == 1
    assert output.startswith(f"Port {port} is already in use")
    assert not (data / "other").exists()


def test_a_signal_during_the_start_ends_it_in_order(up: Up, data: Path) -> None:
    for delay in (0.3, 0.6, 0.9):
        process = up()
        time.sleep(delay)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) in (0, -signal.SIGTERM)
        wait_until(lambda: not processes_of(data), 3)
