"""Folders, secrets, ports and the lock: what stands before anything is started."""

import os
import pwd
import socket
import threading
from pathlib import Path

import pytest

from kith.ops import account, folders, lock, ports, secrets
from kith.ops.problems import Problem


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)
    keys = []

    def ask() -> None:
        barrier.wait()
        keys.append(secrets.secret_key(tmp_path))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 50
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_a_busy_port_is_said_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {number} is already in use"):
            ports.refuse_busy_port("127.0.0.1", number)
    ports.refuse_busy_port("127.0.0.1", number)


@pytest.mark.parametrize("chosen", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", chosen)
    with pytest.raises(Problem, match="between 1 and 65535"):
        ports.port()


def test_one_supervisor_a_folder_or_several_parts(tmp_path: Path) -> None:
    with lock.hold(tmp_path), pytest.raises(Problem, match="already runs"), lock.hold(tmp_path):
        pass
    with lock.hold(tmp_path, shared=True), lock.hold(tmp_path, shared=True):
        with pytest.raises(Problem, match="already runs"), lock.hold(tmp_path):
            pass
    with lock.hold(tmp_path):
        pass


def test_a_folder_behind_a_closed_one_cannot_be_entered(tmp_path: Path) -> None:
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 1:
            parent.chmod(0o711)
    nobody = pwd.getpwnam("nobody")
    assert account.can_enter(nobody, tmp_path / "open" / "below")
    (tmp_path / "closed").mkdir(mode=0o700)
    assert not account.can_enter(nobody, tmp_path / "closed" / "below")


def test_the_chosen_data_folder_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KITH_DATA", str(tmp_path))
    assert folders.data_folder() == tmp_path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITH_DATA", "here")
    assert folders.data_folder() == tmp_path / "here"


def test_a_command_run_beside_names_the_port_kith_runs_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "8123")
    ports.remember_port(tmp_path)
    monkeypatch.delenv("PORT")
    assert ports.origin(tmp_path) == "http://localhost:8123"
    monkeypatch.setenv("PORT", "9000")
    assert ports.origin(tmp_path) == "http://localhost:9000"
    monkeypatch.delenv("PORT")
    assert ports.origin(tmp_path / "elsewhere") == "http://localhost:8000"
