"""Small worlds of one member, made from the registry itself: a new table is in them the day it is exported."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.archive.export.tables import MINE, Table
from kith.core.text import clean_line
from kith.members.models import Member, Organisation
from kith.members.organisations import find_or_make

SIGNS = "aZé李أ👩🏽‍🚀=+-@'\"\\,;{}\n\t\u2028\u200d\u0301ß 0"
SHAPES: dict[str, Callable[["World"], Any]] = {
    "profile.audiences": lambda world: world.pick([{}, {"skills": "me"}, {"summary": "web", "links": "members"}]),
    "profile.birthday_month": lambda world: 2,
    "profile.birthday_day": lambda world: 29,
    "contacts.typed_fields": lambda world: world.pick([[], ["name"], ["company", "title"]]),
    "imports.kind": lambda world: world.pick(["archive", "workbook"]),
    "imports.as_of": lambda world: world.day(),
    "imports.finished_at": lambda world: world.moment(),
    "imports.preview": lambda world: {"owner": world.text(20), "people": 3},
    "imports.choices": lambda world: {"bodies": True},
    "imports.report": lambda world: {
        "facts": {}, "files": [], "notices": [world.text(20)], "figures": {"days": [], "posts": [], "totals": []},
    },
    "imports.diff": lambda world: world.pick(
        [None, {"since": None, "new": [{"contact": world.person(), "name": world.text(9)}], "gone": []}]
    ),
    "deeds.detail": lambda world: world.pick([{}, {"type": world.text(9)}]),
    "notice_preferences.channel": lambda world: "page" if world.text(10) else "",
    "notice_preferences.choice": lambda world: "off" if world.text(10) else "",
    "links.url": lambda world: f"https://example.org/{world.number()}",
}  # fmt: skip


@dataclass
class World:
    """Everything one member has, drawn from a seed, or with one word in every text."""

    owner: Member
    seed: int = 0
    word: str = ""
    most: int = 3
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.luck = random.Random(self.seed)
        self.made = 0

    def fill(self) -> "World":
        for table in MINE:
            self.rows[table.name] = []
            for _nth in range(1 if table.single else self.number_of(table)):
                self._make(table)
        return self

    def number_of(self, table: Table) -> int:
        return 1 if self.word else self.luck.randint(0, self.most)

    def _make(self, table: Table) -> None:
        row: Any = self.owner if table.model is Member else table.model()
        for name in table.fields:
            setattr(row, name, self._value(table, name))
        for name in table.codecs:
            column: Any = table.model._meta.get_field(name)
            if column.related_model is Organisation:
                setattr(row, name, find_or_make(self.text(60).strip() or "x"))
            else:
                setattr(row, name, SHAPES[f"{table.name}.{name}"](self))
        if table.owner in ("owner", "member"):
            setattr(row, table.owner, self.owner)
        if all(self._point(table, row, name, other) for name, other in table.points_at.items()):
            row.save()
            self.rows[table.name].append(row)

    def _point(self, table: Table, row: Any, name: str, other: str) -> bool:
        """False where a row cannot be: it needs what is not there, or what another one has already."""
        column: Any = table.model._meta.get_field(name)
        there = self.rows.get(other, [])
        if isinstance(column, ArrayField):
            setattr(row, name, sorted({run.pk for run in self.luck.sample(there, min(len(there), 2))}))
            return True
        once = [
            constraint for constraint in table.model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields
        ]  # fmt: skip
        if once or column.unique:
            used = {getattr(made, column.attname) for made in self.rows[table.name]}
            there = [candidate for candidate in there if candidate.pk not in used]
        if not there or (column.null and not self.word and self.luck.random() < 0.3):
            return bool(column.null)
        setattr(row, name, self.luck.choice(there))
        return True

    def _value(self, table: Table, name: str) -> Any:
        if (shape := SHAPES.get(f"{table.name}.{name}")) is not None:
            return shape(self)
        column: Any = table.model._meta.get_field(name)
        if column.choices:
            return self.luck.choice(column.flatchoices)[0]
        if isinstance(column, models.CharField | models.TextField):
            text = self.text(column.max_length or 400)
            # What stands on a profile was cleaned when it was typed.
            return text if table.owner not in ("member", "pk") else clean_line(text, 400)
        if isinstance(column, ArrayField):
            return [self.text(column.base_field.max_length)]
        for kind, value in (
            (models.BooleanField, lambda: self.luck.random() < 0.5),
            (
                models.IntegerField,
                lambda: self.luck.randint(1, 12) + (2010 if name.endswith("_year") else 0),
            ),
            (models.FloatField, lambda: self.luck.randint(1, 99) / 4),
            (models.DateTimeField, self.moment),
            (models.DateField, self.day),
        ):
            if isinstance(column, kind):
                return None if column.null and not self.word and self.luck.random() < 0.3 else value()
        raise AssertionError(f"{table.name}.{name}: say what it looks like in SHAPES")

    def text(self, most: int) -> str:
        """No two are the same."""
        self.made += 1
        if self.word:
            return f"{self.word}{self.made}"[:most]
        drawn = "".join(self.luck.choices(SIGNS, k=self.luck.randint(0, 12)))
        return f"{self.made}{drawn}x"[: max(most, 4)]

    def number(self) -> str:
        return self.text(40).encode().hex() if not self.word else self.text(40)

    def moment(self) -> datetime:
        start = datetime(2020, 1, 1, tzinfo=UTC)
        return start + timedelta(
            seconds=self.luck.randint(0, 10**8), microseconds=self.luck.randint(0, 999_999)
        )

    def day(self) -> date:
        return self.moment().date()

    def pick(self, among: list[Any]) -> Any:
        return self.luck.choice(among)

    def person(self) -> str:
        there = self.rows.get("contacts", [])
        return self.luck.choice(there).public_id if there else "nobody"
