"""Child processes that never outlive the process that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from kith.ops.account import as_unprivileged

PR_SET_PDEATHSIG = 1


def start_child(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | str = "/",
    log: IO[bytes] | None = None,
    capture: bool = False,
    unprivileged: bool = True,
    orphan_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child, unprivileged if we are root, that gets `orphan_signal` when we die, however we die.

    The kernel ties that signal to the thread that started the child, so call this from the main thread.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        env=None if env is None else dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if capture else log,
        stderr=log,
        preexec_fn=_die_with_parent(orphan_signal),  # noqa: PLW1509
        **(as_unprivileged() if unprivileged else {}),
    )


def stop_children(children: Sequence[subprocess.Popen[bytes]], how: signal.Signals, patience: float) -> None:
    """Ask the children to end, and `patience` seconds later end them and whatever they started."""
    alive = [child for child in children if child.poll() is None]
    for child in alive:
        child.send_signal(how)
    deadline = time.monotonic() + patience
    for child in alive:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # Every child leads a group of its own: see `prepare` below.
        child.wait()


def _die_with_parent(orphan_signal: signal.Signals) -> Callable[[], None]:
    # Runs between fork and exec, after the change of user, which would clear the setting:
    # libc is loaded beforehand, and a parent that died in between is noticed.
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    parent = os.getpid()

    def prepare() -> None:
        os.setpgid(
            0, 0
        )  # Ctrl-C in the terminal reaches the supervisor alone, which ends its children in order.
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(orphan_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare
