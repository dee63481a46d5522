"""Acts on imports: receive a file, look at it, write it, cancel it, take it back."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.archive import diff, uploads
from kith.archive.preview import preview_archive, preview_workbook
from kith.archive.progress import Cancelled, Reporter, ask_to_cancel
from kith.archive.reading import read_archive, read_workbook, sniff
from kith.archive.reading.model import Refused
from kith.archive.result import result
from kith.archive.tasks import defer
from kith.archive.writing import write_archive
from kith.archive.writing.undo import take_back_rows
from kith.archive.writing.workbook import figures, rebuild
from kith.contacts.models import ImportProgress, ImportRun
from kith.core.text import clean_line
from kith.members.actions import fill_profile
from kith.members.models import Member

CHOICES = ("bodies", "phone_book", "birthdays", "headline", "place")


def receive(owner: Member, name: str, chunks: Iterable[bytes]) -> ImportRun:
    """Keep an upload and have the worker look at it; refuses what is neither archive nor workbook."""
    run = ImportRun(owner=owner, file_name=clean_line(Path(name).name, 255) or "upload")
    uploads.store(run, chunks)
    return _admit(run)


def receive_sample(owner: Member) -> ImportRun:
    """The sample archive, as if uploaded."""
    run = ImportRun(owner=owner, file_name=uploads.SAMPLE.name)
    uploads.store_sample(run)
    return _admit(run)


def _admit(run: ImportRun) -> ImportRun:
    try:
        run.kind = sniff(uploads.path_of(run))
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
            if run.kind == ImportRun.Kind.ARCHIVE:
                archive = read_archive(uploads.path_of(run), progress=report)
                run.preview, run.as_of = preview_archive(run, archive), archive.as_of
            else:
                workbook = read_workbook(uploads.path_of(run))
                run.preview, run.as_of = preview_workbook(workbook), workbook.ends_on
        except (Refused, Cancelled, OSError) as problem:
            return _give_up(run, problem)
    run.previewed_at = timezone.now()
    run.save(update_fields=["preview", "as_of", "previewed_at"])


def start(run: ImportRun, choices: dict[str, bool]) -> bool:
    """Agree to the preview; of two presses one wins."""
    kept = {name: bool(choices.get(name)) for name in CHOICES}
    with transaction.atomic():
        won = ImportRun.objects.filter(
            pk=run.pk, previewed_at__isnull=False, queued_at=None, failed_at=None, cancelled_at=None
        ).update(queued_at=timezone.now(), choices=kept)
        if won:
            ImportProgress.objects.filter(run=run).update(step="", share=0)
            defer("import", run.pk)
    return bool(won)


def carry_out(run: ImportRun) -> None:
    """Read again and write everything in one transaction; a kill or a cancel leaves nothing."""
    if run.state != "importing":
        return
    began = time.monotonic()
    try:
        with Reporter(run, end=0.4) as report, transaction.atomic():
            _one_at_a_time(run.owner)
            _write(run, report)
            run.finished_at, run.seconds = timezone.now(), round(time.monotonic() - began, 2)
            run.save()
            if run.kind == ImportRun.Kind.WORKBOOK:
                rebuild(run.owner)
    except (Refused, Cancelled, OSError) as problem:
        run = ImportRun.objects.get(pk=run.pk)
        return _give_up(run, problem)
    uploads.delete(run)
    run.save(update_fields=["upload"])


def _write(run: ImportRun, report: Reporter) -> None:
    if run.kind == ImportRun.Kind.WORKBOOK:
        run.report = {"figures": figures(read_workbook(uploads.path_of(run)))}
        return
    archive = read_archive(uploads.path_of(run), progress=report)
    run.as_of = archive.as_of
    before, were_open = diff.run_before(run), diff.open_invitations(run)
    report.part(0.4, 1.0)
    write_archive(run, archive, report)
    run.report = {"facts": archive.facts(), "files": (run.preview or {}).get("files", [])}
    run.report["facts"].pop("people", None)
    run.diff = diff.difference(run, before, were_open)
    choices = run.choices
    fill_profile(
        run.owner,
        headline=archive.owner.headline if choices.get("headline") else "",
        place=archive.owner.place if choices.get("place") else "",
    )


def _one_at_a_time(owner: Member) -> None:
    """Two imports of one member write one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [0x6B697468, owner.pk])


def _give_up(run: ImportRun, problem: Exception) -> None:
    uploads.delete(run)
    if isinstance(problem, Cancelled):
        run.cancelled_at = timezone.now()
    else:
        run.failed_at = timezone.now()
        run.failure = str(problem) if isinstance(problem, Refused) else _("File: the stored upload could not be read.")
    run.save(update_fields=["upload", "cancelled_at", "failed_at", "failure"])


def cancel(run: ImportRun) -> None:
    """Stop a run: at once when it waits for its owner, at its next step when it is moving."""
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state == "ready":
            _give_up(locked, Cancelled())
        elif locked.is_moving:
            ask_to_cancel(locked)


def take_back(run: ImportRun) -> None:
    """Undo a finished import whole; what the owner wrote or talked about since stays."""
    with transaction.atomic():
        _one_at_a_time(run.owner)
        now = timezone.now()
        if ImportRun.objects.filter(pk=run.pk, finished_at__isnull=False, taken_back_at=None).update(taken_back_at=now):
            run.taken_back_at = now
            take_back_rows(run)
            ImportRun.objects.filter(pk=run.pk).update(report=None, diff=None, preview=None)


def import_now(member: Member, path: Path, choices: dict[str, bool] | None = None) -> dict[str, Any]:
    """Bring a file in at once, without the worker; returns the figures of `result`. Raises Refused."""
    kind = sniff(path)
    run = ImportRun.objects.create(owner=member, file_name=clean_line(path.name, 255), kind=kind, queued_at=timezone.now())
    run.choices = {name: bool((choices or {"headline": True, "place": True}).get(name)) for name in CHOICES}
    ImportProgress.objects.create(run=run)
    began = time.monotonic()
    with Reporter(run) as report, transaction.atomic():
        _one_at_a_time(member)
        if kind == ImportRun.Kind.WORKBOOK:
            workbook = read_workbook(path)
            run.as_of, run.report = workbook.ends_on, {"figures": figures(workbook)}
        else:
            run.preview = None
            _write_from(run, path, report)
        run.finished_at, run.seconds = timezone.now(), round(time.monotonic() - began, 2)
        run.save()
        if kind == ImportRun.Kind.WORKBOOK:
            rebuild(member)
    return result(run)
