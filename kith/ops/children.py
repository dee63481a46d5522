"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
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
    output: IO[bytes] | int | None = None,
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
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        preexec_fn=_die_with_parent(orphan_signal),
        **as_unprivileged(),
    )


def stop_child(child: subprocess.Popen[bytes], how: signal.Signals, patience: float) -> None:
    """Ask the child to end, and after `patience` seconds end it."""
    if child.poll() is not None:
        return
    child.send_signal(how)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
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
