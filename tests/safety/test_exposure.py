"""What Kith refuses to start with (b59), and what Django's own check says of public settings (G26)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kith.ops.exposure import refuse_exposure
from kith.ops.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {"KITH_HOSTS": "kith.example.org", "KITH_HTTPS": "1", "KITH_PROXIES": "1"}


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"KITH_DEBUG": "1", "KITH_BIND": "0.0.0.0"}, "KITH_DEBUG"),
        ({"KITH_DEBUG": "1", "KITH_BIND": "::"}, "KITH_DEBUG"),
        ({"KITH_DEBUG": "1", "KITH_HOSTS": "localhost,kith.example.org"}, "KITH_DEBUG"),
        ({"KITH_HOSTS": "*"}, "KITH_HOSTS"),
        ({"KITH_HOSTS": ".example.org"}, "KITH_HOSTS"),
        ({"KITH_HOSTS": "kith.example.org,"}, "KITH_HOSTS"),
        ({"KITH_HTTPS": "1", "KITH_HOSTS": "kith.example.org"}, "KITH_PROXIES"),
        ({"KITH_PROXIES": "one"}, "KITH_PROXIES"),
    ],
)
def test_unsafe_settings_are_refused_with_what_to_set(environment: dict[str, str], says: str) -> None:
    with pytest.raises(Problem, match=says):
        refuse_exposure(environment)


@pytest.mark.parametrize(
    "environment", [{}, {"KITH_DEBUG": "1"}, PUBLIC, {"KITH_BIND": "192.0.2.7", "KITH_HOSTS": "192.0.2.7"}]
)
def test_safe_settings_start(environment: dict[str, str]) -> None:
    refuse_exposure(environment, "k" * 41 + "abcdefghijklm")


@pytest.mark.parametrize("key", ["short", "x" * 60])
def test_a_weak_key_is_refused(key: str) -> None:
    with pytest.raises(Problem, match="secret key"):
        refuse_exposure({}, key)


def run(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KITH_", "DJANGO_ALLOW"))
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        check=False,
        env={**kept, "KITH_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_djangos_own_check_finds_nothing_in_public_settings(tmp_path: Path) -> None:
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_command_refuses_in_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "kith", "up", KITH_DEBUG="1", KITH_BIND="0.0.0.0")
    assert done.returncode == 1
    assert done.stderr.startswith("KITH_DEBUG=1 shows the inside")
    assert "Traceback" not in done.stderr
