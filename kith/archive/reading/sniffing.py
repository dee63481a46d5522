"""What kind of file somebody handed over, told by its content and never by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kith.archive.reading import files
from kith.archive.reading.container import Container, Damaged, open_container
from kith.archive.reading.decoding import encoding_of, lines
from kith.archive.reading.kith_export import is_kith_export
from kith.archive.reading.model import Refused
from kith.archive.reading.tables import read_table
from kith.archive.reading.xlsx import is_workbook

_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"\x89PNG", "a picture"),
)


def sniff(path: Path, *, name: str = "") -> Literal["archive", "workbook", "kith"]:
    """An archive (zip, folder, single csv), a workbook of figures, an export of a Kith; Refused for anything else."""
    path = Path(path)
    with open_container(path, name) as container:
        if is_kith_export(container):
            return "kith"
        if is_workbook(container):
            return "workbook"
        if container.is_single_file:
            check_single(container, path)
        return "archive"


def check_single(container: Container, path: Path) -> None:
    """Refuse a lone file that is none of an archive's; say what it seems to be."""
    with path.open("rb") as file:
        head = file.read(512).lstrip().lower()
    for mark, what in _FOREIGN:
        if head.startswith(mark.lower()):
            raise Refused(f"“{container.name}” is {what}, not the zip that LinkedIn sends.")
    entry = container.entries[0]
    try:
        table = read_table(lines(container, entry, encoding_of(container, entry)), _is_known)
    except Damaged as error:
        raise Refused(f"“{container.name}” cannot be read.") from error
    if table is None:
        raise Refused(f"“{container.name}” is neither a zip nor one of the files of a LinkedIn archive.")


def _is_known(names: set[str]) -> bool:
    return files.recognise(names) is not None or any(
        kind.columns and kind.fits(names) for key, kind in files.KINDS.items() if key != "skills"
    )
