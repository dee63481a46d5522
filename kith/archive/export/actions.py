"""Acts on exports: asking for one, making it, letting it die."""

import logging
import secrets
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.archive.export.zip import write_zip
from kith.archive.models import KEPT_DAYS, Export
from kith.archive.progress import Reporter
from kith.core.branding import brand
from kith.core.refusal import Refused
from kith.members.models import Member

logger = logging.getLogger(__name__)
A_DAY = timedelta(days=1)


def folder() -> Path:
    """Where exports lie until they die; only the server reads it."""
    return Path(settings.MEDIA_ROOT) / "exports"


def path_of(export: Export) -> Path:
    return folder() / export.file


def ask_for_export(owner: Member, *, at_once: bool = False) -> Export:
    """Have the worker put everything of the owner's into one file; one a day, a failed one does not count."""
    from kith.archive.tasks import make_export

    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=owner.pk)  # of two presses one wins
        last = Export.objects.owned_by(owner).filter(failed_at=None).first()
        if last and last.asked_at > timezone.now() - A_DAY:
            again = timezone.localtime(last.asked_at + A_DAY)
            raise Refused(
                _("One file a day: you can have the next from %(when)s on.")
                % {"when": date_format(again, "j F, H:i")}
            )
        export = Export.objects.create(owner=owner)
        if not at_once:
            make_export.defer(export_id=export.pk)
    return export


def make(export: Export) -> None:
    """Write the file; whatever breaks leaves none behind and says so."""
    if not export.is_moving:
        return
    began = time.monotonic()
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    export.file = f"{secrets.token_urlsafe(32)}.zip"
    try:
        with Reporter(export) as report:
            export.counts = write_zip(export.owner, path_of(export), house_name(), report)
    except BaseException as problem:
        path_of(export).unlink(missing_ok=True)
        if not isinstance(problem, Exception):
            raise  # killed: the task is taken up again
        logger.error("Export %s: %s", export.pk, type(problem).__name__)  # a message could hold what is in it
        Export.objects.filter(pk=export.pk).update(failed_at=timezone.now())
        return
    export.size, export.seconds = path_of(export).stat().st_size, round(time.monotonic() - began, 2)
    _finish(export)


def _finish(export: Export) -> None:
    """Of two workers at the same export one wins; with its owner gone the file goes too."""
    won = (
        Export.objects.moving()
        .filter(pk=export.pk)
        .update(
            finished_at=timezone.now(),
            file=export.file,
            size=export.size,
            seconds=export.seconds,
            counts=export.counts,
        )
    )
    if not won:
        path_of(export).unlink(missing_ok=True)


def sweep() -> int:
    """Delete files whose week is over, and those no export names; returns how many."""
    old = Export.objects.filter(finished_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).exclude(file="")
    gone = 0
    for export in old:
        path_of(export).unlink(missing_ok=True)
        export.file = ""
        export.save(update_fields=["file"])
        gone += 1
    named = set(Export.objects.exclude(file="").values_list("file", flat=True))
    for path in folder().glob("*.zip") if folder().exists() else ():
        if path.name not in named and path.stat().st_mtime < time.time() - A_DAY.total_seconds():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def house_name() -> str:
    """How this house is called in a file that leaves it."""
    own = [name for name in settings.ALLOWED_HOSTS if name not in ("*", "localhost", "127.0.0.1", "[::1]")]
    return f"{brand().name} ({own[0]})" if own else brand().name
