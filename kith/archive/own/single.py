"""What a member has once: the words on the card and the profile. Blank ones are filled, standing ones stay."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kith.archive.export.rows import rows_of
from kith.archive.export.tables import PROFILE, Table
from kith.archive.own.values import refuse, value_of
from kith.archive.reading.kith_export import Line
from kith.members.models import Member
from kith.network import adjacency
from kith.network.models import NetworkChoices
from kith.profiles.models import Audience, Profile, Section

OPENING = ("audiences", "public_since")  # who sees what: taken with a whole profile or not at all


def take_in(table: Table, lines: Iterator[Line], owner: Member, counts: dict[str, dict[str, int]]) -> None:
    """One line at most; what the owner has stays."""
    for line in lines:
        if line.number > 1:
            refuse(line, table.name, _("there is one a member"))
        row = _row(table, owner)
        columns = {column.name: column for column in table.model._meta.concrete_fields}
        values = {name: value_of(columns[name], line, typed=True) for name in table.fields}
        if isinstance(row, Profile):
            _check_audiences(line, values["audiences"])
            if not _has_a_profile(owner):
                _keep(row, values)
                counts[table.path] = {"added": 1, "left": 0}
                continue
            values = {name: value for name, value in values.items() if name not in (*OPENING, "changed_at")}
            if row.birthday_month:
                values = {name: value for name, value in values.items() if not name.startswith("birthday")}
        if isinstance(row, NetworkChoices):
            counts[table.path] = _take_choices(row, values)
            continue
        fills = {name: value for name, value in values.items() if value and not getattr(row, name)}
        differs = any(
            value and value != getattr(row, name) for name, value in values.items() if name not in fills
        )
        _keep(row, fills)
        counts[table.path] = {"added": int(bool(fills)), "left": int(differs)}


def _take_choices(row: NetworkChoices, values: dict[str, Any]) -> dict[str, int]:
    """Whoever chose something here keeps it all; appearing in paths moves with the choice."""
    if row.pk is not None:
        return {"added": 0, "left": int(any(getattr(row, name) != value for name, value in values.items()))}
    _keep(row, values)
    adjacency.appear_in_paths(row.member_id, shown=row.in_paths)
    return {"added": 1, "left": 0}


def _row(table: Table, owner: Member) -> models.Model:
    if table.model is Member:
        return owner
    return table.model._default_manager.filter(member=owner).first() or table.model(member=owner)


def _keep(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    if row.pk is None:
        row.save()
    elif values:
        row.save(update_fields=list(values))


def _has_a_profile(owner: Member) -> bool:
    """Whether there is anything an audience from elsewhere could open or close."""
    blank = Profile(member=owner)
    profile = Profile.objects.filter(member=owner).first()
    names = ("pronunciation", "summary", "banner_key", "audiences", "birthday_month", "public_since")
    if profile and any(getattr(profile, name) != getattr(blank, name) for name in names):
        return True
    sections = (table for table in PROFILE if not table.single and table.name != "notice_preferences")
    return any(rows_of(table, owner).exists() for table in sections)


def _check_audiences(line: Line, audiences: Any) -> None:
    known = isinstance(audiences, dict) and all(
        section in Section.values and audience in Audience.values for section, audience in audiences.items()
    )
    if not known:
        refuse(line, "audiences", _("there is no such section or audience"))
