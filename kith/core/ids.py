"""Public ids: what an address shows instead of a row number."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read ids aloud
LENGTH = 12  # 31**12 is 59 bits; nobody finds a page by counting


def public_id() -> str:
    """A fresh random id for an address, 12 characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
