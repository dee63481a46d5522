"""Public ids: what an address shows instead of a row number."""

import re
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read ids aloud
LENGTH = 12  # 31**12 is 59 bits; nobody finds a page by counting


def public_id() -> str:
    """A fresh random id for an address, 12 characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def lookalikes(handle: str) -> str:
    """A regular expression of the handles one could take for this one (UTS 39, among a–z, 0–9 and -)."""
    skeleton = handle.lower().replace("rn", "m").replace("vv", "w").translate(str.maketrans("01_", "ol-"))
    twins = {"o": "[o0]", "l": "[l1]", "m": "(m|rn)", "w": "(w|vv)", "-": "[-_]"}
    return "^" + "".join(twins.get(sign, re.escape(sign)) for sign in skeleton) + "$"
