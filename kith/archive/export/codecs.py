"""Columns that do not go out as they are: organisations by their name, people inside JSON by their line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Lines = Mapping[Any, int]  # what a row is known by here, to the number of its line
Rows = Mapping[int, Any]  # the number of a line, to what the row is known by here


@dataclass(frozen=True)
class Codec:
    """How a column goes out and comes in; `known_by` is what its people are known by inside it."""

    source: str  # the lookup read, with {} for the column
    out: Callable[[Any, Lines], Any]
    into: Callable[[Any, Rows], Any]
    known_by: str = "pk"


def _as_is(value: Any, _: Mapping[Any, Any]) -> Any:
    return value


def _deed_out(detail: dict[str, Any], lines: Lines) -> dict[str, Any]:
    if "contact" in detail:
        return detail | {"contact": lines.get(detail["contact"])}
    return detail


def _deed_into(detail: dict[str, Any], rows: Rows) -> dict[str, Any]:
    if "contact" in detail:
        return detail | {"contact": rows.get(detail["contact"])}
    return detail


def _diff_out(diff: dict[str, Any] | None, lines: Lines) -> dict[str, Any] | None:
    return _in_each_person(diff, lines.get)


def _diff_into(diff: dict[str, Any] | None, rows: Rows) -> dict[str, Any] | None:
    return _in_each_person(diff, lambda line: rows.get(line, "gone"))


def _in_each_person(diff: dict[str, Any] | None, change: Callable[[Any], Any]) -> dict[str, Any] | None:
    if diff is None:
        return None
    return {
        name: [person | {"contact": change(person.get("contact"))} for person in value]
        if isinstance(value, list)
        else value
        for name, value in diff.items()
    }


ORGANISATION = Codec("{}__name", _as_is, _as_is)
CONTACTS_IN_DEED = Codec("{}", _deed_out, _deed_into)
CONTACTS_IN_DIFF = Codec("{}", _diff_out, _diff_into, known_by="public_id")
