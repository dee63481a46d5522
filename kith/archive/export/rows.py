"""Rows of one member as lines: columns as JSON, other rows by the number of their line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import QuerySet

from kith.archive.export.tables import Table
from kith.members.models import Member

BATCH = 2_000
Numbers = dict[str, dict[Any, int]]  # table (or "table.column") to what a row is known by, to its line


def rows_of(table: Table, member: Member) -> QuerySet[Any]:
    """The member's rows of a table, in the order they were made."""
    return table.model._default_manager.filter(table.only, **{table.owner: _self(table, member)}).order_by(
        "pk"
    )


def lines_of(table: Table, member: Member, numbers: Numbers) -> Iterator[dict[str, Any]]:
    """Each row as a dictionary, ready for JSON; `numbers` learns the lines of this table for those that follow."""
    if table.name in table.points_at.values():  # rows that point at later rows of their own table
        number_rows(table, member, numbers)
    read = ["pk", *table.fields, *table.points_at, *table.files]
    read += [codec.source.format(name) for name, codec in table.codecs.items()]
    known: dict[Any, int] = numbers.setdefault(table.name, {})
    rows = rows_of(table, member).values_list(*read)
    for line, (pk, *row) in enumerate(rows.iterator(chunk_size=BATCH), 1):
        known[pk] = line
        yield _line(table, row, numbers)


def number_rows(table: Table, member: Member, numbers: Numbers) -> None:
    """Learn which line each row of a table will have, by row number and by public id where it has one."""
    named = any(field.name == "public_id" for field in table.model._meta.fields)
    columns = ("pk", "public_id") if named else ("pk", "pk")
    pairs = rows_of(table, member).values_list(*columns)
    for line, (pk, public_id) in enumerate(pairs.iterator(chunk_size=BATCH), 1):
        numbers.setdefault(table.name, {})[pk] = line
        numbers.setdefault(f"{table.name}.public_id", {})[public_id] = line


def _line(table: Table, row: list[Any], numbers: Numbers) -> dict[str, Any]:
    values = iter(row)
    line = {name: _plain(next(values)) for name in table.fields}
    for name, other in table.points_at.items():
        line[name] = _pointed(table, name, next(values), numbers.get(other, {}))
    for name in table.files:
        line[name.removesuffix("_key")] = bool(next(values))
    for name, codec in table.codecs.items():
        people = numbers.get("contacts" if codec.known_by == "pk" else f"contacts.{codec.known_by}", {})
        line[name] = codec.out(next(values), people)
    return line


def _pointed(table: Table, name: str, value: Any, lines: dict[Any, int]) -> Any:
    if isinstance(table.model._meta.get_field(name), ArrayField):
        return [lines[pk] for pk in value or [] if pk in lines]
    return lines.get(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _self(table: Table, member: Member) -> Any:
    return member.pk if table.owner == "pk" else member
