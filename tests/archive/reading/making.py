"""Archives made for one test: out of a few lines, or by the generator that made the samples."""

import importlib.util
import io
import json
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

DATA = Path(__file__).parents[2] / "data"

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER\n"
)
PROFILE = "First Name,Last Name,Headline,Summary,Geo Location,Birth Date\n"
OWNER = PROFILE + "Ingrid,Vale,Founder,Words,Oslo,Mar 14\n"
PAGE = "https://www.linkedin.com/in/"


def make_zip(folder: Path, files: Mapping[str, str | bytes], name: str = "archive.zip") -> Path:
    """A zip of these files, named as the test wants it."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, content in files.items():
            archive.writestr(zipfile.ZipInfo(inside, (2026, 10, 12, 2, 30, 0)), content, zipfile.ZIP_DEFLATED)
    return path


def generate(folder: Path, name: str, *arguments: str) -> tuple[Path, dict[str, Any]]:
    """An archive of the generator with what should be found in it."""
    path = folder / f"{name}.zip"
    _module("make_archive").main([*arguments, "--out", str(path)])
    return path, json.loads((folder / f"{name}.expected.json").read_text("utf-8"))


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


@cache
def _module(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


analytics = cache(lambda: _module("make_analytics"))
