"""Taking an export in: what is new is added, what stands is never written over, the same twice changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import DataError, IntegrityError, models
from django.utils.translation import gettext as _

from kith.archive.export.rows import rows_of
from kith.archive.export.tables import MINE, Table
from kith.archive.own import contacts, kept, pictures, single
from kith.archive.own.values import refuse, value_of
from kith.archive.reading.kith_export import KithExport, Line
from kith.archive.reading.model import Refused
from kith.archive.writing import derive
from kith.archive.writing.keep import BATCH, mark_seen
from kith.archive.writing.workbook import rebuild
from kith.contacts.models import ImportRun
from kith.contacts.models.owned import Imported
from kith.core.refusal import Refused as RefusedName
from kith.members.models import Member, Organisation
from kith.members.organisations import find_or_make

MOST_OF_A_PROFILE = 1_000
Progress = Callable[[str, float], None]


@dataclass
class Desk:
    """The desk an export comes into, and what its lines have become there."""

    owner: Member
    was_empty: bool
    rows: dict[str, dict[int, Any]] = field(default_factory=dict)  # table to line to row number
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    organisations: dict[str, int | None] = field(default_factory=dict)

    def count(self, name: str, *, added: int, left: int) -> None:
        if added or left:
            self.counts[name] = {"added": added, "left": left}


def take_in(owner: Member, export: KithExport, progress: Progress) -> dict[str, dict[str, int]]:
    """Write everything in the caller's transaction; gives, by file, how many rows were added and how many left.

    Into an empty desk everything comes back as it was, whatever house it was.
    """
    desk = Desk(owner, was_empty=is_empty(owner))
    try:
        for done, table in enumerate(MINE):
            progress(table.name, done / (len(MINE) + 2))
            _take_in_table(table, export, desk)
        desk.counts |= kept.take_in(owner, export)
        progress("sums", 0.9)
        _derive(desk)
        pictures.take_in(owner, export)  # last: files cannot be rolled back
    except (IntegrityError, DataError) as problem:
        raise Refused(
            _("“%(name)s” contradicts itself, so nothing was written.") % {"name": export.name}
        ) from problem
    return desk.counts


def is_empty(owner: Member) -> bool:
    """Whether nothing of what an export holds stands here yet."""
    return not any(rows_of(table, owner).exists() for table in MINE if table.model is not Member)


def _take_in_table(table: Table, export: KithExport, desk: Desk) -> None:
    lines = export.lines(table.path)
    if table.single:
        single.take_in(table, lines, desk.owner, desk.counts)
    elif table.name == "contacts":
        contacts.take_in(table, lines, desk)
    else:
        _Rows(table, desk).take_in(lines)


class _Rows:
    """The rows of one table: matched with those that stand, or added in their order."""

    def __init__(self, table: Table, desk: Desk) -> None:
        self.table, self.desk = table, desk
        self.became: dict[int, Any] = desk.rows.setdefault(table.name, {})
        self.fresh: list[tuple[int, models.Model]] = []
        self.added = self.left = 0
        self.standing = self._standing()
        self.met: Counter[tuple[Any, ...]] = Counter()
        self.seen: dict[int, list[int]] = {}  # run to rows here that it saw too

    def take_in(self, lines: Iterator[Line]) -> None:
        most = MOST_OF_A_PROFILE if self.table.owner == "member" else None
        for line in lines:
            if most and line.number > most:
                refuse(line, self.table.name, _("there are more than %(most)s of them") % {"most": most})
            self._one(line)
            if len(self.fresh) >= BATCH:
                self._write()
        self._write()
        for run, rows in self.seen.items():
            mark_seen(ImportRun(pk=run), self.table.model, rows)  # type: ignore[arg-type]
        self.desk.count(self.table.path, added=self.added, left=self.left)

    def _one(self, line: Line) -> None:
        row = made_from(self.table, line, self.desk)
        key = tuple(getattr(row, column) for column in _columns(self.table))
        self.met[key] += 1
        stands = self.standing.get((key, self.met[key]))
        if stands is None:
            self.fresh.append((line.number, row))
            return
        self.became[line.number] = stands
        self.left += 1
        if isinstance(row, Imported):
            for run in row.seen_in:
                self.seen.setdefault(run, []).append(stands)

    def _write(self) -> None:
        self.table.model._default_manager.bulk_create([row for _, row in self.fresh])
        self.became |= {number: row.pk for number, row in self.fresh}
        self.added += len(self.fresh)
        self.fresh = []

    def _standing(self) -> dict[tuple[tuple[Any, ...], int], Any]:
        """What stands already by its key; equal rows are told apart by their order."""
        if self.desk.was_empty:
            return {}
        found: dict[tuple[tuple[Any, ...], int], Any] = {}
        times: Counter[tuple[Any, ...]] = Counter()
        rows = rows_of(self.table, self.desk.owner).values_list("pk", *_columns(self.table))
        for pk, *values in rows.iterator(chunk_size=BATCH):
            key = tuple(values)
            times[key] += 1
            found[key, times[key]] = pk
        return found


def made_from(table: Table, line: Line, desk: Desk) -> models.Model:
    """The row a line speaks of, unsaved; Refused where the line does not fit."""
    known = {
        *table.fields,
        *table.points_at,
        *table.codecs,
        *(name.removesuffix("_key") for name in table.files),
    }
    for name in line.says:
        if name not in known:
            refuse(line, name[:60], _("this Kith does not know it; bring the file in at a newer one"))
    typed = table.owner == "member"
    row = table.model(**{name: value_of(_field(table, name), line, typed=typed) for name in table.fields})
    if table.owner in ("owner", "member"):
        setattr(row, table.owner, desk.owner)
    for name, other in table.points_at.items():
        if other != table.name:
            _point(table, row, line, name, desk.rows.get(other, {}))
    for name, codec in table.codecs.items():
        _set_coded(table, row, line, name, codec, desk)
    if isinstance(row, ImportRun):
        if not _is_a_report(row.report):
            refuse(line, "report", _("it is not of that shape"))
        row.take_back_asked_at = row.taken_back_at
    return row


def _is_a_report(said: Any) -> bool:
    """Whether the part that profiles are filled from is texts, and rows of texts."""
    profile = said.get("profile", {}) if isinstance(said, dict) else {}
    return (
        isinstance(said, dict | None)
        and isinstance(profile, dict)
        and all(
            isinstance(part, str)
            or (
                isinstance(part, list)
                and all(
                    isinstance(row, dict) and all(isinstance(text, str) for text in row.values())
                    for row in part
                )
            )
            for part in profile.values()
        )
    )


def _point(table: Table, row: models.Model, line: Line, name: str, rows: dict[int, Any]) -> None:
    column, said = _field(table, name), line.says.get(name)
    if isinstance(column, ArrayField):
        if not isinstance(said, list) or not all(
            number in rows for number in said if _is_line(line, name, number)
        ):
            refuse(line, name, _("it names a line that is not there"))
        setattr(row, name, [rows[number] for number in said])
    elif said is None and column.null:
        setattr(row, column.attname, None)
    elif not _is_line(line, name, said) or said not in rows:
        refuse(line, name, _("it names a line that is not there"))
    else:
        setattr(row, column.attname, rows[said])


def _is_line(line: Line, name: str, said: Any) -> bool:
    if not isinstance(said, int) or isinstance(said, bool):
        refuse(line, name, _("it is no number of a line"))
    return True


def _set_coded(table: Table, row: models.Model, line: Line, name: str, codec: Any, desk: Desk) -> None:
    column, said = _field(table, name), line.says.get(name)
    if column.related_model is Organisation:
        setattr(row, column.attname, _organisation(said, line, name, desk))
        return
    people = desk.rows.get("contacts" if codec.known_by == "pk" else f"contacts.{codec.known_by}", {})
    if said is not None and not isinstance(said, dict):
        refuse(line, name, _("it is no object"))
    if said is None and not column.null:
        said = {}
    try:
        setattr(row, name, codec.into(said, people))
    except (AttributeError, TypeError):
        refuse(line, name, _("it is not of that shape"))


def _organisation(said: Any, line: Line, name: str, desk: Desk) -> int | None:
    if said is None:
        return None
    if not isinstance(said, str):
        refuse(line, name, _("it is no text"))
    if said not in desk.organisations:
        try:
            found = find_or_make(said)
        except RefusedName as refusal:
            refuse(line, name, str(refusal))
        desk.organisations[said] = found.pk if found else None
    return desk.organisations[said]


def _columns(table: Table) -> list[str]:
    return [_field(table, name).attname for name in table.key]


def _field(table: Table, name: str) -> Any:
    return table.model._meta.get_field(name)


def _derive(desk: Desk) -> None:
    if ImportRun.objects.owned_by(desk.owner).standing().filter(kind=ImportRun.Kind.WORKBOOK).exists():
        rebuild(desk.owner)
    added = desk.counts.get("mine/imports.jsonl", {}).get("added", 0)
    derive.after_taking_in(desk.owner, new_imports=bool(added) and not desk.was_empty)
