"""Companies and schools: found by any spelling, merged and parted again by the host."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.core.refusal import Refused, line_of
from kith.core.text import fold
from kith.members.audit import record
from kith.members.models import AuditEntry, Member, Organisation

LONGEST = 160


def find_or_make(name: str, *, label: str = "", field: str = "organisation") -> Organisation | None:
    """The spelling with this name, whatever its case and accents, made when new; None for no name.

    A merged spelling is kept as typed: `stands_for` says which organisation it means.
    """
    name = line_of(name, LONGEST, label or _("Organisation"), field)
    key = fold(name)[:LONGEST]
    if not key:
        return None
    found = Organisation.objects.filter(key=key).select_related("merged_into").first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name, key=key)
    except IntegrityError:  # somebody else wrote the same name a moment ago
        return Organisation.objects.get(key=key)


def found_by(words: str, among: QuerySet[Organisation] | None = None, most: int = 10) -> list[Organisation]:
    """Standing organisations of which a spelling holds these words, by name."""
    spellings = Organisation.objects.all() if among is None else among
    spellings = spellings.filter(key__contains=fold(words)).select_related("merged_into")
    found = {
        spelling.stands_for.pk: spelling.stands_for for spelling in spellings.order_by("key")[: most * 5]
    }
    return sorted(found.values(), key=lambda organisation: organisation.key)[:most]


def spellings_of(organisation: Organisation) -> QuerySet[Organisation]:
    """Every spelling behind this one."""
    return organisation.spellings.order_by("key")


@transaction.atomic
def merge_organisations(kept: Organisation, other: Organisation, *, actor: Member | None = None) -> None:
    """Let `other` and its spellings stand behind `kept`; rows that name them stay as they are."""
    locked = {
        row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=[kept.pk, other.pk])
    }
    if len(locked) < 2:
        raise Refused(_("Choose two different organisations."), "other")
    kept, other = locked[kept.pk], locked[other.pk]
    if kept.merged_into_id or other.merged_into_id:
        raise Refused(_("One of the two is merged already: take that back first."), "other")
    behind = Organisation.objects.filter(merged_into=other)
    moved = sorted(behind.values_list("public_id", flat=True))
    behind.update(merged_into=kept)
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    record("organisations_merged", actor=actor, kept=kept.public_id, other=other.public_id, moved=moved)


@transaction.atomic
def part_organisations(spelling: Organisation, *, actor: Member | None = None) -> None:
    """Take a merge back: the spelling stands for itself again, with those that came along with it."""
    spelling = Organisation.objects.select_for_update().get(pk=spelling.pk)
    kept = spelling.merged_into
    if kept is None:
        raise Refused(_("This one is not merged into another."), "spelling")
    spelling.merged_into = None
    spelling.save(update_fields=["merged_into"])
    merges = AuditEntry.objects.filter(verb="organisations_merged", detail__other=spelling.public_id)
    last = merges.order_by("-pk").first()
    came_along = last.detail.get("moved", []) if last else []
    Organisation.objects.filter(public_id__in=came_along, merged_into=kept).update(merged_into=spelling)
    record("organisations_parted", actor=actor, spelling=spelling.public_id)
