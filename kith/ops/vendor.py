"""The browser's files made by others, as vendor.toml names them: fetched, checked, committed.

`python -m kith.ops.vendor` fetches the packages with npm; `--check` compares the committed files with
vendor.lock.json, needs no network, and ends with 1 naming what differs.
"""

import argparse
import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "kith/web/static/vendor"
LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE")
DRAWN = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


class Differs(Exception):
    """What was fetched or found is not what is written down."""


@dataclass(frozen=True)
class Package:
    """One package of vendor.toml; `folder` is where it goes, `icons` become one sprite."""

    name: str
    version: str
    files: tuple[str, ...] = ()
    icons: tuple[str, ...] = ()
    folder: str = FOLDER

    @property
    def place(self) -> str:
        """Its own folder: `@scope/name` goes under its name."""
        return f"{self.folder}/{self.name.rsplit('/', 1)[-1]}"


def wanted(root: Path) -> list[Package]:
    written = tomllib.loads((root / "vendor.toml").read_text(encoding="utf-8"))
    return [
        Package(
            name=package["name"],
            version=package["version"],
            files=tuple(package.get("files", ())),
            icons=tuple(package.get("icons", ())),
            folder=package.get("folder", FOLDER),
        )
        for package in written["package"]
    ]


def locked(root: Path) -> dict[str, Any]:
    lock = root / "vendor.lock.json"
    return dict(json.loads(lock.read_text(encoding="utf-8"))) if lock.exists() else {}


def differences(root: Path = ROOT) -> list[str]:
    """What of vendor.toml, vendor.lock.json and the committed files does not agree, in sentences."""
    lock, packages = locked(root), wanted(root)
    found = [
        f"{name} is locked but not in vendor.toml" for name in lock if name not in {p.name for p in packages}
    ]
    for package in packages:
        entry = lock.get(package.name)
        if entry is None or entry["version"] != package.version:
            found.append(f"{package.name} {package.version} is not in vendor.lock.json")
            continue
        present = {
            str(path.relative_to(root)) for path in (root / package.place).rglob("*") if path.is_file()
        }
        found += [f"{path} is missing" for path in sorted(entry["files"].keys() - present)]
        found += [f"{path} is not in vendor.lock.json" for path in sorted(present - entry["files"].keys())]
        found += [
            f"{path} was changed"
            for path, digest in sorted(entry["files"].items())
            if path in present and _digest("sha384", (root / path).read_bytes()) != digest
        ]
    return found


def fetch(root: Path = ROOT) -> None:
    """Fetch every package and write its files and the lock; raises Differs before any is written."""
    before, lock, contents = locked(root), {}, {}
    for package in wanted(root):
        tarball, integrity = _pack(package)
        known = before.get(package.name)
        if known and known["version"] == package.version and known["integrity"] != integrity:
            raise Differs(f"{package.name} {package.version} is no longer the package that was locked")
        files = _taken(package, tarball)
        contents.update(files)
        lock[package.name] = {
            "version": package.version,
            "integrity": integrity,
            "files": {path: _digest("sha384", content) for path, content in files.items()},
        }
    for entry in before.values():
        for path in entry["files"]:
            (root / path).unlink(missing_ok=True)
    for path, content in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    (root / "vendor.lock.json").write_text(
        json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def _pack(package: Package) -> tuple[bytes, str]:
    """The package as npm hands it out, and its integrity, which is computed again here."""
    with tempfile.TemporaryDirectory(prefix="kith-vendor-") as folder:
        command = ["npm", "pack", "--json", "--silent", "--pack-destination", folder]
        done = subprocess.run(
            [*command, f"{package.name}@{package.version}"], capture_output=True, text=True, check=True
        )
        tarball = next(Path(folder).glob("*.tgz")).read_bytes()
    said = json.loads(done.stdout)
    said = said[0] if isinstance(said, list) else next(iter(said.values()))
    integrity = _digest("sha512", tarball)
    if integrity != said["integrity"]:
        raise Differs(f"{package.name} {package.version} arrived damaged")
    return tarball, integrity


def _taken(package: Package, tarball: bytes) -> dict[str, bytes]:
    """Path in the project: content, of the files asked for, the licence and the sprite."""
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        inside = {member.name.split("/", 1)[-1]: member for member in archive.getmembers() if member.isfile()}

        def read(name: str) -> bytes:
            if name not in inside:
                raise Differs(f"{package.name} {package.version} has no {name}")
            stream = archive.extractfile(inside[name])
            return stream.read() if stream else b""

        licence = next((name for name in LICENCES if name in inside), None)
        if licence is None:
            raise Differs(f"{package.name} {package.version} carries no licence")
        files = {
            f"{package.place}/{Path(name).name}": _without_map(name, read(name)) for name in package.files
        }
        files[f"{package.place}/LICENSE"] = read(licence)
        if package.icons:
            drawings = {name: read(f"icons/{name}.svg").decode() for name in package.icons}
            files[f"{package.place}/icons.svg"] = sprite(drawings).encode()
    return files


def _without_map(name: str, content: bytes) -> bytes:
    """A map that is not here would be looked for by every collectstatic and every debugger."""
    if not name.endswith((".js", ".css")):
        return content
    return re.sub(rb"(?m)^(//[#@] sourceMappingURL=.*|/\*# sourceMappingURL=.*\*/)\s*$", b"", content)


def sprite(drawings: dict[str, str]) -> str:
    """One file of symbols, each by its icon's name."""
    symbols = []
    for name, drawing in drawings.items():
        inner = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
        if inner is None:
            raise Differs(f"the icon {name} is no drawing")
        lines = " ".join(inner[1].split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" {DRAWN}>{lines}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _digest(algorithm: str, content: bytes) -> str:
    return f"{algorithm}-" + base64.b64encode(hashlib.new(algorithm, content).digest()).decode()


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="python -m kith.ops.vendor", description=__doc__)
    asked.add_argument("--check", action="store_true", help="compare only; needs no network")
    if not asked.parse_args(arguments).check:
        try:
            fetch()
        except Differs as refusal:
            print(refusal, file=sys.stderr)
            return 1
    for sentence in (found := differences()):
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
