"""Stored uploads: one file a run, in a folder only the server reads, gone when the run is over."""

import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kith.archive.reading.model import Refused
from kith.contacts.models import ImportRun

SAMPLE = Path(__file__).parent / "sample" / "sample-archive.zip"


def path_of(run: ImportRun) -> Path:
    """Where the run's upload lies."""
    return Path(settings.UPLOADS_DIR) / run.upload


def store(run: ImportRun, chunks: Iterable[bytes]) -> None:
    """Write the upload piece by piece; a file over the limit is refused and leaves nothing behind."""
    folder = Path(settings.UPLOADS_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    run.upload = f"{run.public_id}.upload"
    size = 0
    try:
        with path_of(run).open("wb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.UPLOAD_MAX_BYTES:
                    limit = settings.UPLOAD_MAX_BYTES // 1_000_000
                    raise Refused(
                        _("File: it is larger than %(limit)s MB, the most an upload may have.")
                        % {"limit": limit}
                    )
                target.write(chunk)
    except BaseException:
        delete(run)
        raise


def store_sample(run: ImportRun) -> None:
    """The sample archive as if it had been uploaded."""
    with SAMPLE.open("rb") as source:
        store(run, iter(lambda: source.read(1 << 20), b""))


def delete(run: ImportRun) -> None:
    """Remove the upload, if it is still there."""
    if run.upload:
        path_of(run).unlink(missing_ok=True)
        run.upload = ""


def sweep() -> int:
    """Remove uploads of yesterday that no run names, as a cut-off request leaves them; returns how many."""
    folder, gone = Path(settings.UPLOADS_DIR), 0
    named = set(ImportRun.objects.exclude(upload="").values_list("upload", flat=True))
    for path in folder.glob("*.upload") if folder.exists() else ():
        if path.name not in named and path.stat().st_mtime < time.time() - 24 * 3600:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
