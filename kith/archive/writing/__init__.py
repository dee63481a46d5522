"""Writing an archive into its owner's private address book: one call, one transaction of the caller's."""

from collections.abc import Callable

from kith.archive.reading.model import Archive
from kith.archive.writing import deeds, derive, messages, people, ties
from kith.contacts.models import ImportRun

Progress = Callable[[str, float], None]


def write_archive(run: ImportRun, archive: Archive, progress: Progress) -> None:
    """Write every fact once, marked with this run; running again changes nothing (8.3, rule 6)."""
    progress("people", 0.0)
    contacts = people.write(run, archive)
    progress("invitations", 0.35)
    ties.write(run, archive, contacts)
    progress("messages", 0.45)
    messages.write(run, archive, contacts)
    progress("posts", 0.8)
    deeds.write(run, archive, contacts)
    progress("sums", 0.9)
    derive.after_import(run.owner)
    progress("sums", 1.0)
