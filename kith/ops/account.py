"""The unprivileged system account that children run as when Kith is started by root."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from kith.ops.problems import Problem

NAME = "kith"


def unprivileged() -> pwd.struct_passwd | None:
    """The account to drop to: None when we are not root; the system user `kith`, made on first need."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return _create()


def as_unprivileged() -> dict[str, Any]:
    """Arguments for `subprocess` that start a child under that account; empty when we are not root."""
    account = unprivileged()
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_run_code(account: pwd.struct_passwd, project: Path) -> bool:
    """Whether the account can reach this Python, its libraries and the project."""
    places = [
        Path(sys.executable).resolve(),
        Path(sys.prefix) / "bin",
        Path(sys.base_prefix) / "lib",
        project / "kith",
    ]
    return all(can_enter(account, place) for place in places)


def can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    """Whether the account may pass through every parent of the folder (which need not exist yet)."""
    for parent in Path(os.path.abspath(folder)).parents:
        try:
            facts = parent.stat()
        except FileNotFoundError:
            continue
        bit = 0o100 if facts.st_uid == account.pw_uid else 0o010 if facts.st_gid == account.pw_gid else 0o001
        if not facts.st_mode & bit:
            return False
    return True


def _create() -> pwd.struct_passwd:
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is not None:
        command = [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            NAME,
        ]
        subprocess.run(command, capture_output=True, check=False)
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise Problem(
            f"Kith was started as root and found no way to create the system user “{NAME}”: "
            "create it, or start Kith as an ordinary user."
        ) from None
