"""The address the web server listens on."""

import errno
import os
import socket
import urllib.error
import urllib.request
from pathlib import Path

from kith.ops.problems import Problem

FILE = "port"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def bind() -> str:
    """The address to listen on: KITH_BIND, else this machine alone."""
    return os.environ.get("KITH_BIND") or "127.0.0.1"


def port() -> int:
    """The port to listen on: PORT, else 8000."""
    chosen = os.environ.get("PORT") or "8000"
    if not chosen.isdigit() or not 0 < int(chosen) < 65536:
        raise Problem(f"PORT is “{chosen}”, but it must be a number between 1 and 65535.")
    return int(chosen)


def remember_port(data: Path) -> None:
    """Keep the port in the data folder, so that commands run beside can name the right address."""
    (data / FILE).write_text(f"{port()}\n")


def origin(data: Path) -> str:
    """Where a browser on this machine finds Kith: PORT, else the port of the last start, else 8000."""
    kept = data / FILE
    number = kept.read_text().strip() if "PORT" not in os.environ and kept.exists() else str(port())
    return f"http://localhost:{number}"


def refuse_busy_port(address: str, number: int) -> None:
    """Say clearly that the port cannot be had, before anything is started."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
        except OSError as error:
            raise Problem(_why(error, address, number)) from None


def answers_pages(address: str, number: int) -> bool:
    """Whether the web server answers at all; which page, and whether it refuses our name for it, is not asked."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(address, address)  # noqa: S104
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://{host}:{number}/", timeout=1
        )
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _why(error: OSError, address: str, number: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {number} is already in use: stop the program that has it, or choose another, as in PORT={number + 1}."
    if error.errno == errno.EACCES:
        return f"Port {number} is reserved for the system: choose one above 1023 and put a proxy before it."
    return f"The address {address}:{number} cannot be used: {error.strerror}."
