"""Everything a host must not lose in one file: the database, the media, the secrets, and a manifest of hashes."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from kith.ops import dump, erased, secrets
from kith.ops.folders import claim, give, give_tree
from kith.ops.problems import Problem

FORMAT = 1
DATABASE = "database.dump"
MANIFEST = "manifest.json"
MEDIA = "media/"
CHUNK = 1 << 20


def write(file: Path, url: str, data: Path, version: str) -> dict[str, Any]:
    """Write a backup while Kith runs, and return its manifest.

    The database is one snapshot; the media are read after it, so whatever it mentions is there
    unless it was deleted in between.
    """
    draft = file.with_name(file.name + ".partial")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise Problem(f"The backup cannot be written to {file}: {error.strerror}.") from None
    try:
        with tempfile.TemporaryDirectory() as folder, os.fdopen(descriptor, "wb") as raw:
            dumped = Path(folder) / DATABASE
            tables = dump.dump(url, dumped)
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
                members = {DATABASE: _add(archive, dumped, DATABASE)}
                for path, name in _files(data):
                    members[name] = _add(archive, path, name)
                manifest = {
                    "format": FORMAT,
                    "version": version,
                    "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "tables": tables,
                    "members": {name: digest for name, digest in members.items() if digest},
                }
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def restore(file: Path, url: str, data: Path, *, overwrite: bool) -> dict[str, Any]:
    """Bring back a backup once all its hashes are found right, and return its manifest.

    Refuses to replace tables or media unless told to overwrite.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = verify(archive)
            _refuse_overwriting(url, data, overwrite)
            with tempfile.TemporaryDirectory(dir=claim(data), prefix="restore-") as folder:
                fresh = Path(folder)
                for name in manifest["members"]:
                    _extract(archive, name, fresh / name)
                dump.load(fresh / DATABASE, url, manifest["tables"])
                _put_in_place(fresh, data)
    except FileNotFoundError:
        raise Problem(f"There is no file {file}.") from None
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Problem(f"{file} is not a whole backup of Kith: {error}.") from None
    return manifest


def verify(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, after comparing every member with its hash."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise Problem(
            f"This backup was written by Kith {manifest['version']}, which this version cannot read."
        )
    for name, digest in manifest["members"].items():
        if name not in (DATABASE, secrets.FILE, erased.FILE) and not _is_media(name):
            raise Problem(f"The backup holds a file that no backup has: {name}.")
        with archive.open(name) as member:
            if _digest(member) != digest:
                raise Problem(f"The backup is damaged: {name} is not what it was when it was saved.")
    return manifest


def _files(data: Path) -> Iterator[tuple[Path, str]]:
    yield data / secrets.FILE, secrets.FILE
    yield data / erased.FILE, erased.FILE
    for path in sorted((data / "media").rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, MEDIA + path.relative_to(data / "media").as_posix()


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> str | None:
    """Copy a file into the archive and return its hash; none if it was deleted meanwhile."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    digest = hashlib.sha256()
    with source, archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _digest(member: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := member.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _is_media(name: str) -> bool:
    return name.startswith(MEDIA) and not {"", ".", ".."} & set(name.split("/")) and "\\" not in name


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source: IO[bytes]
    with archive.open(name) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, CHUNK)


def _refuse_overwriting(url: str, data: Path, overwrite: bool) -> None:
    if overwrite:
        return
    media = data / "media"
    if not dump.is_empty(url):
        raise Problem("The database is not empty: add --yes to replace everything in it.")
    if media.exists() and any(path.is_file() for path in media.rglob("*")):
        raise Problem(f"There are files in {media}: add --yes to replace them.")


def _put_in_place(fresh: Path, data: Path) -> None:
    (fresh / "media").mkdir(exist_ok=True)
    if (data / "media").exists():
        (data / "media").rename(fresh / "replaced")
    (fresh / "media").rename(data / "media")
    give_tree(data / "media")
    erased.merge(fresh / erased.FILE, data)  # never replaced: who left since the backup stays gone (b37)
    if (fresh / secrets.FILE).exists():
        (fresh / secrets.FILE).chmod(0o600)
        give(fresh / secrets.FILE)
        (fresh / secrets.FILE).replace(data / secrets.FILE)
