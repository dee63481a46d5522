"""Rows of a profile: adding, changing, ordering and taking away."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.profiles.actions.card import own_profile
from kith.profiles.models import ContactField, ProfileRow, Section, Skill
from kith.profiles.shown import ROWS
from kith.profiles.typed import CONTACT, FITTED, Fields, Typed, skill

MODELS: dict[str, type[ProfileRow]] = dict(ROWS) | {CONTACT: ContactField}
MOST = 100  # rows of one section
NEWEST_FIRST = (Section.POSITIONS, Section.EDUCATION)


def add_row(member: Member, section: str, typed: Typed) -> ProfileRow:
    """A new row of a section; positions and education find their place by date, all others come last."""
    with own_profile(member):
        fields = FITTED[section](typed)
        rows = _rows(member, section)
        if len(rows) >= MOST:
            raise Refused(_("At most %(most)s of these.") % {"most": MOST}, "")
        _refuse_twice(rows, fields)
        row = MODELS[section](member=member, **fields)
        at = _place(rows, row) if section in NEWEST_FIRST else len(rows)
        rows.insert(at, row)
        row.place_in_list = at
        row.save()
        _number(rows)
    return row


def add_skills(member: Member, names: str) -> int:
    """Skills as typed, apart by commas or lines; those already there are left as they are. Says how many are new."""
    typed = [skill({"name": name}) for name in re.split(r"[,;\n]", names) if name.strip()]
    if not typed:
        raise Refused(_("Skill: please fill this in."), "name")
    with own_profile(member):
        rows = _rows(member, Section.SKILLS)
        new: dict[str, Fields] = {}
        for fields in typed:
            new.setdefault(fields["key"], fields)
        for row in rows:
            new.pop(row.key, None)  # type: ignore[attr-defined]
        if len(rows) + len(new) > MOST:
            raise Refused(_("At most %(most)s of these.") % {"most": MOST}, "name")
        places = range(len(rows), len(rows) + len(new))
        Skill.objects.bulk_create(
            Skill(member=member, place_in_list=place, **fields)
            for place, fields in zip(places, new.values(), strict=True)
        )
    return len(new)


def change_row(row: ProfileRow, section: str, typed: Typed) -> None:
    """What the row says from now on; it keeps its place."""
    with own_profile(row.member):
        fields = FITTED[section](typed)
        _refuse_twice([other for other in _rows(row.member, section) if other.pk != row.pk], fields)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))


def move_row(row: ProfileRow, section: str, by: int) -> None:
    """One place up (-1) or down (1); at the end nothing moves."""
    with own_profile(row.member):
        rows = _rows(row.member, section)
        at = next((place for place, other in enumerate(rows) if other.pk == row.pk), None)
        if at is None:
            return
        rows.insert(max(at + by, 0), rows.pop(at))
        _number(rows)


def remove_row(row: ProfileRow, section: str) -> None:
    """Take a row away."""
    with own_profile(row.member):
        MODELS[section]._default_manager.filter(pk=row.pk).delete()


def _rows(member: Member, section: str) -> list[ProfileRow]:
    rows: models.QuerySet[Any] = MODELS[section]._default_manager.filter(member=member)
    return list(rows)


def _refuse_twice(others: Sequence[Any], fields: Fields) -> None:
    if "key" in fields and any(other.key == fields["key"] for other in others):
        field = "text" if "text" in fields else "name"
        raise Refused(_("“%(what)s” is already there.") % {"what": fields[field]}, field)


def _place(rows: Sequence[Any], new: Any) -> int:
    """Before the first row that is older; what still lasts is newest."""
    for place, row in enumerate(rows):
        if _age_key(row) < _age_key(new):
            return place
    return len(rows)


def _age_key(row: Any) -> tuple[int, int, int]:
    started = row.start_year or 0
    return (row.end_year or (9999 if started else 0), started, getattr(row, "start_month", None) or 0)


def _number(rows: Sequence[ProfileRow]) -> None:
    for place, row in enumerate(rows):
        if row.place_in_list != place:
            row.place_in_list = place
            row.save(update_fields=["place_in_list"])
