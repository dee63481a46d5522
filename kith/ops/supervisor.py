"""One process that starts the parts of Kith in order, watches them, and ends them together."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kith.ops import ports
from kith.ops.account import can_run_code, unprivileged
from kith.ops.children import start_child, stop_children
from kith.ops.exposure import refuse_exposure
from kith.ops.folders import PROJECT, claim, data_folder
from kith.ops.lock import hold
from kith.ops.logs import open_log, tail
from kith.ops.postgres import Server, answers, embedded_url
from kith.ops.problems import Problem

# Seconds for web and worker to end by themselves: Ctrl-C has two in all, and the database needs some.
PATIENCE = 0.8
SPOKEN = {"web": "web server", "postgres": "database"}
WORKER_DEATHS, WITHIN = 5, 600.0  # More of them in so many seconds are no accident.


def up() -> int:
    """Run everything until a signal arrives or a part dies, and return the exit status."""
    refuse_exposure(os.environ)
    ports.refuse_busy_port(ports.bind(), ports.port())
    with hold(data_folder()):
        return Supervisor(data_folder()).run(("web", "worker"), prepare=True)


def run_part(name: str) -> int:
    """Run the web server or the worker in the foreground, with the embedded database if nobody runs it yet."""
    refuse_exposure(os.environ)
    if name == "web":
        ports.refuse_busy_port(ports.bind(), ports.port())
    with hold(data_folder(), shared=True):
        return Supervisor(data_folder()).run((name,), prepare=False)


def command_of(name: str) -> list[str]:
    """What runs a part."""
    if name != "web":
        return [sys.executable, "-m", "kith", "run", name]
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", ports.bind(), "--port", str(ports.port())),
        *("--workers", os.environ.get("KITH_WEB_PROCESSES", "2"), "--blocking-threads", "8"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "1", "--log-level", "warning"),
        "kith.wsgi:application",
    ]


@dataclass
class Supervisor:
    """The parts of one run."""

    data: Path
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    server: Server | None = None
    told_to_stop: threading.Event = field(default_factory=threading.Event)
    worker_deaths: list[float] = field(default_factory=list)

    def run(self, names: Sequence[str], *, prepare: bool) -> int:
        """Start the parts, wait, end them: 0 when told to stop, 1 when a part died."""
        # Before the first child: a signal in between would end us without ending it in order.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.told_to_stop.set())
        try:
            self._start_database()
            prepared = self._prepare() if prepare else {}
            for name in names:
                self._start(name, command_of(name))
            if prepare:
                self._announce(prepared)
            return self._watch()
        except Interrupted:
            return 0
        finally:
            self._stop()

    def _start_database(self) -> None:
        claim(self.data)
        if os.environ.get("DATABASE_URL"):
            return
        if not answers(self.data):
            self.server = Server(self.data)
            self.server.start()
            assert self.server.process is not None
            self.parts["postgres"] = self.server.process
        os.environ["DATABASE_URL"] = embedded_url(self.data)

    def _prepare(self) -> dict[str, str | None]:
        """Migrate and collect the static files, in a child so that this process stays small."""
        child = self._start("prepare", [sys.executable, "-m", "kith", "run", "prepare"], capture=True)
        while child.poll() is None:
            self._obey()
            time.sleep(0.02)
        del self.parts["prepare"]
        if child.returncode != 0:
            raise Problem(
                f"The database could not be prepared; the last lines of its log:\n{self._tail('prepare')}"
            )
        assert child.stdout is not None
        prepared: dict[str, str | None] = json.loads(child.stdout.read())
        return prepared

    def _announce(self, prepared: dict[str, str | None]) -> None:
        while not ports.answers_pages(ports.bind(), ports.port()):
            self._obey()
            if self._dead():
                return
            time.sleep(0.05)
        ports.remember_port(self.data)
        origin = ports.origin(self.data)
        print(f"ready on {origin}", flush=True)
        if prepared.get("host_link"):
            print(f"To become the host, open this once: {origin}{prepared['host_link']}", flush=True)
        if prepared.get("demo_problem"):
            print(f"The demo community could not be made: {prepared['demo_problem']}", file=sys.stderr)
        if unprivileged() is not None and not drops_privileges():
            print(
                f"Web and worker run as root, for no other account can read {PROJECT} or its Python.",
                flush=True,
            )
        print("Ctrl-C ends it.", flush=True)

    def _watch(self) -> int:
        while not self.told_to_stop.wait(0.2):
            dead = self._dead()
            if dead == "worker" and self._may_start_worker_again():
                print("The worker ended by itself and is started again.", file=sys.stderr, flush=True)
                self._start(dead, command_of(dead))
            elif dead:
                status, log = self.parts[dead].returncode, self.data / "log" / f"{dead}.log"
                print(
                    f"The {SPOKEN.get(dead, dead)} ended by itself (status {status}), so Kith stops; "
                    f"{log} ends with:",
                    file=sys.stderr,
                )
                print(tail(log), file=sys.stderr)
                return 1
        return 0

    def _may_start_worker_again(self) -> bool:
        # Its tasks are transactional and are taken up again, so one death is no reason to end the rest.
        now = time.monotonic()
        self.worker_deaths = [death for death in self.worker_deaths if now - death < WITHIN] + [now]
        return len(self.worker_deaths) <= WORKER_DEATHS

    def _start(self, name: str, command: Sequence[str], capture: bool = False) -> subprocess.Popen[bytes]:
        with open_log(self.data, name) as log:
            # The worker may be cut off at any time; the web server has children of its own to end.
            orphan_signal = signal.SIGTERM if name == "web" else signal.SIGKILL
            child = start_child(
                command,
                env=environment(self.data),
                cwd=self.data,
                log=log,
                capture=capture,
                unprivileged=drops_privileges(),
                orphan_signal=orphan_signal,
            )
        self.parts[name] = child
        return child

    def _stop(self) -> None:
        stop_children(
            [child for name, child in self.parts.items() if name != "postgres"], signal.SIGTERM, PATIENCE
        )
        if self.server is not None:
            self.server.stop()

    def _dead(self) -> str | None:
        return next((name for name, child in self.parts.items() if child.poll() is not None), None)

    def _obey(self) -> None:
        if self.told_to_stop.is_set():
            raise Interrupted

    def _tail(self, name: str) -> str:
        return tail(self.data / "log" / f"{name}.log")


class Interrupted(Exception):
    """A signal came before everything had started."""


def drops_privileges() -> bool:
    """Whether web and worker run as the unprivileged account, which must be able to read the program."""
    account = unprivileged()
    return account is not None and can_run_code(account, PROJECT)


def environment(data: Path) -> dict[str, str]:
    """What the parts are told."""
    # Of root's home libpq would say that it may not look into it.
    home = {"HOME": str(data)} if drops_privileges() else {}
    return {
        **os.environ,
        **home,
        "KITH_DATA": str(data),
        "PYTHONPATH": str(PROJECT),
        "DJANGO_SETTINGS_MODULE": "kith.settings",
        "PYTHONUNBUFFERED": "1",
    }
