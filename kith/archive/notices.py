"""Notices about imports: an archive is in, or could not be brought in."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.contacts.models import ImportRun
from kith.members.models import Member
from kith.notifications.actions import notify
from kith.notifications.kinds import Kind, Route, Told


def _sentence(told: Told) -> str:
    if told.facts.get("failed"):
        return _("Your archive could not be brought in; the page says why.")
    if told.subject.kind == ImportRun.Kind.WORKBOOK:
        return _("Your creator analytics are in.")
    if told.subject.kind == ImportRun.Kind.KITH:
        return _("Your copy from another Kith is in. See what it brought.")
    return _("Your archive is in. See what it brought.")


def _address(told: Told) -> Route:
    return "import_run", {"public_id": told.subject.public_id}


def _still_there(recipient: Member) -> Q:
    return Q(Exists(ImportRun.objects.filter(pk=OuterRef("subject_id"), owner=recipient)))


def _subjects(ids: Collection[int]) -> Mapping[int, ImportRun]:
    return ImportRun.objects.in_bulk(ids)


IMPORT = Kind(
    "import",
    gettext_lazy("Your imports"),
    gettext_lazy("You brought in a file, and it takes a while; this says when it is done."),
    sentence=_sentence,
    address=_address,
    visible=_still_there,
    subjects=_subjects,
)


def tell_import_ended(run: ImportRun) -> None:
    """Tell the owner once that a run is in, or failed."""
    failed = run.failed_at is not None
    notify(
        IMPORT, [run.owner_id], event=f"import:{run.pk}", subject=run, facts={"failed": 1} if failed else {}
    )
