"""What must not meet the public: Kith refuses to start that way, and says what to set (b59)."""

import ipaddress
from collections.abc import Mapping

from kith.ops.problems import Problem

SHORTEST_KEY = 50
LOCAL_NAMES = {"localhost", "testserver"}


def refuse_exposure(environment: Mapping[str, str], secret_key: str = "") -> None:
    """Raise the first Problem of these settings; `secret_key` is looked at when given."""
    hosts = [name.strip() for name in environment.get("KITH_HOSTS", "localhost").split(",")]
    address = environment.get("KITH_BIND") or "127.0.0.1"
    proxies = environment.get("KITH_PROXIES", "0")
    if secret_key and (len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < 10):
        raise Problem(
            f"The secret key is too short to be safe: it needs {SHORTEST_KEY} characters. "
            "Take secrets.json out of the data folder; a new one is made, and everybody signs in anew."
        )
    if any("*" in name or name.startswith(".") for name in hosts) or "" in hosts:
        raise Problem("KITH_HOSTS must name each host, without * or a dot in front, as in kith.example.org.")
    is_public = not _is_local(address) or not all(_is_local(name) for name in hosts)
    if environment.get("KITH_DEBUG") == "1" and is_public:
        raise Problem(
            "KITH_DEBUG=1 shows the inside of Kith to everybody: unset it, or listen on 127.0.0.1 alone."
        )
    if not proxies.isdigit():
        raise Problem(f"KITH_PROXIES is “{proxies}”, but it must be how many proxies stand before Kith.")
    if environment.get("KITH_HTTPS") == "1" and int(proxies) < 1:
        raise Problem(
            "KITH_HTTPS=1 means that a proxy stands before Kith: say how many with KITH_PROXIES=1, "
            "or all visitors count as one address."
        )


def _is_local(name: str) -> bool:
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
