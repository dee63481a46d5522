"""A figure that can be asked what it means: what it counts, when, from where, and what nobody knows."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report; `value` None is unknown, never 0 (promise 1).

    `of` is the whole it is part of. `people` names the set of people behind it (see kith.insights.people);
    empty where nobody can be named.
    """

    slug: str
    value: int | None
    counts: str
    period: str = ""
    source: str = ""
    unknown: str = ""
    of: int | None = None
    of_what: str = ""
    people: str = ""

    @property
    def percent(self) -> float | None:
        return 100 * self.value / self.of if self.value is not None and self.of else None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a whole, the people behind it by set name and value."""

    name: str
    value: int
    people: str = ""
    key: str = ""
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Pieces that add up to `total`; `unknown` stands apart and is not among them."""

    parts: tuple[Part, ...]
    total: int
    unknown: int = 0

    def top(self, count: int, rest: str) -> "Parts":
        """The first `count` and everything else as one part named `rest`, so that they still add up."""
        kept, others = self.parts[:count], self.parts[count:]
        if not others:
            return self
        return Parts((*kept, Part(rest, sum(part.value for part in others))), self.total, self.unknown)


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in one month, by name of what is counted; the first of the month stands for it."""

    on: date
    values: dict[str, int] = field(default_factory=dict)
