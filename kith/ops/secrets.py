"""What must stay secret and must survive a restart: kept in one file only Kith's own account can read."""

import json
import os
import secrets
from pathlib import Path

from kith.ops.folders import claim, give

FILE = "secrets.json"


def secret_key(data: Path) -> str:
    """The key that signs sessions and links, made on first need; losing it signs everybody out."""
    path = data / FILE
    if not path.exists():
        _create(path, {"secret_key": secrets.token_urlsafe(50)})
    key: str = json.loads(path.read_text())["secret_key"]
    return key


def _create(path: Path, content: dict[str, str]) -> None:
    claim(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)
    give(draft)
    try:
        os.link(draft, path)  # Unlike a rename this lets the first of two starting processes win.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
