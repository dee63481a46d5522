"""Where Kith keeps what it must not lose."""

import os
from pathlib import Path

from kith.ops.account import can_enter, unprivileged

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = Path("/var/lib/kith")


def data_folder() -> Path:
    """The data folder, absolute: KITH_DATA, else ./var of the project.

    Started as root in a place closed to other users (such as /root) it is /var/lib/kith,
    because PostgreSQL refuses to run as root and its own account must reach the folder.
    """
    chosen = os.environ.get("KITH_DATA")
    if chosen:
        return Path(chosen).absolute()
    folder = PROJECT / "var"
    account = unprivileged()
    if account is not None and not can_enter(account, folder):
        return SYSTEM_FOLDER
    return folder


def claim(folder: Path, mode: int = 0o700) -> Path:
    """Make the folder if it is missing, and give it to the account the children run as."""
    folder.mkdir(parents=True, exist_ok=True)
    give(folder)
    facts = folder.stat()
    if facts.st_mode & 0o777 != mode and os.geteuid() in (0, facts.st_uid):
        folder.chmod(mode)
    return folder


def give(path: Path) -> None:
    """Let the account the children run as own this file or folder; nothing to do unless we are root."""
    account = unprivileged()
    if account is not None and path.stat().st_uid != account.pw_uid:
        os.chown(path, account.pw_uid, account.pw_gid)


def give_tree(folder: Path) -> None:
    """Let the account the children run as own everything in the folder."""
    if unprivileged() is None or not folder.exists():
        return
    give(folder)
    for path in folder.rglob("*"):
        give(path)
