"""Acts on imports: receive a file, look at it, write it, cancel it, take it back."""

import logging
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.archive import diff, uploads
from kith.archive.notices import tell_import_ended
from kith.archive.own.taking_in import take_in
from kith.archive.own_profile import own_profile
from kith.archive.preview import preview_archive, preview_export, preview_workbook
from kith.archive.progress import Cancelled, Reporter, ask_to_cancel
from kith.archive.reading import read_archive, read_workbook, sniff
from kith.archive.reading.kith_export import open_export
from kith.archive.reading.model import Archive, Refused, Workbook
from kith.archive.result import result
from kith.archive.tasks import defer
from kith.archive.writing import write_archive
from kith.archive.writing.undo import take_back_rows
from kith.archive.writing.workbook import figures, rebuild
from kith.contacts.models import ImportProgress, ImportRun
from kith.core.text import clean_line
from kith.members.actions import fill_profile
from kith.members.models import Member

logger = logging.getLogger(__name__)
UNANSWERED_DAYS = 7
CHOICES = ("bodies", "phone_book", "birthdays", "headline", "place")


def receive(owner: Member, name: str, chunks: Iterable[bytes]) -> ImportRun:
    """Keep an upload and have the worker look at it; refuses what is neither archive nor workbook."""
    run = ImportRun(owner=owner, file_name=clean_line(Path(name).name, 255) or "upload")
    uploads.store(run, chunks)
    return _admit(run)


def receive_sample(owner: Member, *, at_once: bool = False) -> ImportRun:
    """The sample archive, as if uploaded; `at_once` agrees to its preview beforehand."""
    run = ImportRun(owner=owner, file_name=uploads.SAMPLE.name, choices={"sample": True})
    if at_once:
        run.choices |= {"headline": True, "place": True, "at_once": True}
    uploads.store_sample(run)
    return _admit(run)


def _admit(run: ImportRun) -> ImportRun:
    try:
        run.kind = sniff(uploads.path_of(run), name=run.file_name)
    except Refused:
        uploads.delete(run)
        raise
    with transaction.atomic():
        run.save()
        ImportProgress.objects.create(run=run)
        defer("preview", run.pk)
    return run


def preview(run: ImportRun) -> None:
    """Read the upload and keep what the owner is asked to agree to."""
    if run.state != "reading":
        return
    with Reporter(run) as report:
        try:
            _look(run, uploads.path_of(run), report)
        except Exception as problem:  # noqa: BLE001 nothing stays in limbo
            return _give_up(run, problem)
    run.previewed_at = timezone.now()
    run.save(update_fields=["preview", "as_of", "previewed_at"])
    if run.choices.get("at_once"):
        start(run, run.choices)


def _look(run: ImportRun, path: Path, report: Reporter) -> None:
    if run.kind == ImportRun.Kind.KITH:
        with open_export(path, run.file_name) as export:
            export.verify(report)
            run.preview, run.as_of = preview_export(run, export), export.made_on
        return
    read = _read(run, path, report)
    if isinstance(read, Workbook):
        run.preview, run.as_of = preview_workbook(read), read.ends_on
    else:
        run.preview, run.as_of = preview_archive(run, read), read.as_of


def start(run: ImportRun, choices: dict[str, bool]) -> bool:
    """Agree to the preview; of two presses one wins."""
    kept = {name: bool(choices.get(name)) for name in CHOICES}
    with transaction.atomic():
        won = ImportRun.objects.unanswered().filter(pk=run.pk).update(queued_at=timezone.now(), choices=kept)
        if won:
            ImportProgress.objects.filter(run=run).update(step="", share=0)
            defer("import", run.pk)
    return bool(won)


def carry_out(run: ImportRun) -> None:
    """Read again and write everything in one transaction; a kill or a cancel leaves nothing."""
    if run.state != "importing":
        return
    try:
        _bring_in(run, uploads.path_of(run))
    except Exception as problem:  # noqa: BLE001 nothing stays in limbo
        return _give_up(ImportRun.objects.get(pk=run.pk), problem)
    uploads.delete(run)
    run.save(update_fields=["upload"])


def import_now(member: Member, path: Path, choices: dict[str, bool] | None = None) -> dict[str, Any]:
    """Bring a file in at once, without the worker; returns the figures of `result`. Raises Refused."""
    chosen = {"headline": True, "place": True} if choices is None else choices
    run = ImportRun(
        owner=member, file_name=clean_line(path.name, 255), kind=sniff(path), queued_at=timezone.now()
    )
    run.choices = {name: bool(chosen.get(name)) for name in CHOICES}
    run.save()
    ImportProgress.objects.create(run=run)
    try:
        _bring_in(run, path)
    except BaseException:
        ImportRun.objects.filter(pk=run.pk).delete()
        raise
    return result(run)


def _bring_in(run: ImportRun, path: Path) -> None:
    began = time.monotonic()
    if run.kind == ImportRun.Kind.KITH:
        return _bring_in_export(run, path, began)
    with Reporter(run, end=0.4) as report:
        read = _read(run, path, report)
        report.part(0.4, 1.0)
        with transaction.atomic():
            _one_at_a_time(run.owner)
            run.finished_at = timezone.now()
            if isinstance(read, Workbook):
                run.as_of, run.report = read.ends_on, {"figures": figures(read)}
                run.save()
                rebuild(run.owner)
            else:
                _write(run, read, report)
            run.seconds = round(time.monotonic() - began, 2)
            run.save()
            tell_import_ended(run)


def _bring_in_export(run: ImportRun, path: Path, began: float) -> None:
    with Reporter(run, end=0.4) as report, open_export(path, run.file_name) as export:
        export.verify(report)
        report.part(0.4, 1.0)
        with transaction.atomic():
            _one_at_a_time(run.owner)
            counts = take_in(Member.objects.get(pk=run.owner_id), export, report)
            run.finished_at, run.as_of = timezone.now(), export.made_on
            run.report = {"host": export.host, "made_at": export.made_at, "counts": counts}
            run.seconds = round(time.monotonic() - began, 2)
            run.save()
            tell_import_ended(run)


def _read(run: ImportRun, path: Path, report: Reporter) -> Archive | Workbook:
    if run.kind == ImportRun.Kind.WORKBOOK:
        return read_workbook(path, name=run.file_name)
    return read_archive(path, name=run.file_name, progress=report)


def _write(run: ImportRun, archive: Archive, report: Reporter) -> None:
    run.as_of = archive.as_of
    before, were_open = diff.run_before(run), diff.open_invitations(run)
    run.save()
    write_archive(run, archive, report)
    facts = archive.facts()
    facts.pop("people", None)
    run.report = {
        "facts": facts,
        "files": [asdict(report) for report in archive.files],
        "notices": archive.notices,
        "profile": own_profile(archive),
    }
    run.diff = diff.difference(run, before, were_open)
    fill_profile(
        run.owner,
        headline=archive.owner.headline if run.choices.get("headline") else "",
        place=archive.owner.place if run.choices.get("place") else "",
    )


def _one_at_a_time(owner: Member) -> None:
    """Two imports of one member write one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [0x6B697468, owner.pk])


def _give_up(run: ImportRun, problem: Exception) -> None:
    """End a run with its reason; what nobody foresaw ends it too, so that nothing stays in limbo."""
    uploads.delete(run)
    if isinstance(problem, Cancelled):
        run.cancelled_at = timezone.now()
    else:
        run.failed_at = timezone.now()
        run.failure = str(problem) if isinstance(problem, Refused) else _("Something broke on our side.")
    run.save(update_fields=["upload", "cancelled_at", "failed_at", "failure"])
    if run.failed_at:
        tell_import_ended(run)
    if not isinstance(problem, Refused | Cancelled):
        where = traceback.extract_tb(problem.__traceback__)[-1]  # a message could hold what the archive says
        logger.error("Import %s: %s in %s:%s", run.pk, type(problem).__name__, where.filename, where.lineno)


def cancel(run: ImportRun) -> None:
    """Stop a run: at once when it waits for its owner, at its next step when it is moving."""
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state == "ready":
            _give_up(locked, Cancelled())
        elif locked.state in ("reading", "importing"):
            ask_to_cancel(locked)


def forget_unanswered(days: int = UNANSWERED_DAYS) -> int:
    """Drop uploads whose preview nobody answered for a week; returns how many."""
    old = timezone.now() - timedelta(days=days)
    runs = list(ImportRun.objects.unanswered().filter(previewed_at__lt=old))
    for run in runs:
        cancel(run)
    return len(runs)


def ask_to_take_back(run: ImportRun) -> bool:
    """Have the worker undo a finished import; of two presses one wins."""
    with transaction.atomic():
        won = (
            ImportRun.objects.standing()
            .exclude(kind=ImportRun.Kind.KITH)  # what came in with it can be taken back import by import
            .filter(pk=run.pk, take_back_asked_at=None)
            .update(take_back_asked_at=timezone.now())
        )
        if won:
            defer("take_back", run.pk)
    return bool(won)


def take_back(run: ImportRun) -> None:
    """Undo a finished import whole; what the owner wrote or talked about since stays."""
    with transaction.atomic():
        _one_at_a_time(run.owner)
        now = timezone.now()
        if ImportRun.objects.standing().filter(pk=run.pk).update(taken_back_at=now):
            run.taken_back_at = now
            take_back_rows(run)
            ImportRun.objects.filter(pk=run.pk).update(report=None, diff=None, preview=None)
