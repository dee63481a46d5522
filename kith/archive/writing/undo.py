"""Taking an import back whole."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Value

from kith.archive.writing.derive import after_import
from kith.archive.writing.workbook import rebuild
from kith.contacts.models import (
    Contact,
    Deed,
    ImportRun,
    Note,
    PastEndorsement,
    PastInvitation,
    PastMessage,
    PastRecommendation,
    Sighting,
    Talk,
    Thread,
    ThreadPerson,
)
from kith.contacts.models.owned import Imported

IMPORTED: tuple[type[Imported], ...] = (
    PastMessage,
    Thread,
    PastInvitation,
    PastEndorsement,
    PastRecommendation,
    Deed,
    Note,
)


def take_back_rows(run: ImportRun) -> None:
    """Remove what only this run saw, and the contacts nothing else stands on."""
    if run.kind == ImportRun.Kind.WORKBOOK:
        rebuild(run.owner)
        return
    for model in IMPORTED:
        rows = model.objects.owned_by(run.owner).filter(seen_in__contains=[run.pk])
        rows.filter(seen_in=[run.pk]).delete()
        rows.update(
            seen_in=Func(
                F("seen_in"), Value(run.pk), function="array_remove", output_field=ArrayField(IntegerField())
            )
        )
    Sighting.objects.filter(run=run).delete()
    _remove_unfounded_contacts(run)
    after_import(run.owner)


def _remove_unfounded_contacts(run: ImportRun) -> None:
    """A contact with notes, talks, tags or a typed field keeps them and its name."""
    mine = OuterRef("pk")
    Contact.objects.owned_by(run.owner).filter(
        ~Exists(Sighting.objects.filter(contact=mine)),
        ~Exists(Talk.objects.filter(contact=mine)),
        ~Exists(Note.objects.filter(contact=mine)),
        ~Exists(ThreadPerson.objects.filter(contact=mine)),
        ~Exists(Contact.objects.filter(merged_into=mine)),
        Q(typed_fields=[]),
        specialties="",
        good_fit_for="",
        let_go_at__isnull=True,
    ).delete()
