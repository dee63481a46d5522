"""Who runs in a data folder: one supervisor, or parts that were started apart."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kith.ops.folders import claim
from kith.ops.problems import Problem

FILE = "running.lock"


@contextmanager
def hold(data: Path, *, shared: bool = False) -> Iterator[None]:
    """Be the only one that runs or rewrites this data folder, or one of several parts run apart.

    The kernel lets go when we die.
    """
    descriptor = os.open(claim(data) / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Problem(
            f"Kith already runs with the data folder {data}: stop it first, or choose another folder with KITH_DATA."
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)
