"""How the host's community is called and looks: a name, an accent in light and dark, a logo.

Kept as a small file beside the logo, read by every page without asking the database; backups carry it.
"""

import json
import os
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAME_LIMIT = 40


@dataclass(frozen=True)
class Brand:
    """`light` and `dark` are #rrggbb or empty (Kith's own); `logo` is the name of a file in the brand folder."""

    name: str = "Kith"
    light: str = ""
    dark: str = ""
    logo: str = ""

    @property
    def is_own(self) -> bool:
        return self != Brand()


def folder() -> Path:
    """Where the brand's files are."""
    return Path(settings.MEDIA_ROOT) / "brand"


def brand() -> Brand:
    """The brand as it stands now."""
    path = folder() / "brand.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Brand()


def set_brand(new: Brand) -> None:
    """Keep a brand; every process shows it from its next page on."""
    folder().mkdir(parents=True, exist_ok=True)
    draft = folder() / "brand.json.partial"
    draft.write_text(json.dumps(asdict(new)), encoding="utf-8")
    os.replace(draft, folder() / "brand.json")


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Brand:
    known = {field.name for field in fields(Brand)}
    said = json.loads(path.read_text(encoding="utf-8"))
    return Brand(**{key: value for key, value in said.items() if key in known})
