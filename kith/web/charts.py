"""Pictures of figures, drawn on the server: where each line, bar and label goes, in hundredths of the plot.

A plot is 100 wide and 100 high, y downwards, and is stretched to its box; words stay outside it at their true size.
Numbers leave here as text with a point, because a page's language would write them with a comma.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

NARROW, WIDE = 250, 520  # px of a plot on a phone and in a column of a page
SIGN = 7.5  # px of a letter of an axis, on the safe side
STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120, 240)  # columns from label to label: months make whole years


def at(number: float) -> str:
    """A place or length of the plot; never `-0`."""
    return f"{round(number, 2) + 0.0:g}"


def in_figures(value: float | None) -> str:
    """A value as people write it: `1,476`, `3.5`."""
    if value is None or not math.isfinite(value):
        return _("unknown")
    return str(intcomma(round(value))) if value == round(value) else str(floatformat(value, -2))


@dataclass(frozen=True)
class Scale:
    """Round ticks evenly apart that hold every value and zero."""

    ticks: tuple[float, ...]

    @classmethod
    def holding(cls, values: Sequence[float | None], intervals: int = 4) -> "Scale":
        known = [value for value in values if value is not None and math.isfinite(value)]
        low, high = min([0.0, *known]), max([0.0, *known])
        if high - low < 1e-300:  # below, numbers stop being told apart
            return cls((0.0, 1.0))
        step = _round_step((high - low) / intervals, whole=all(value == round(value) for value in known))
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        return cls(tuple(number * step for number in range(first, last + 1)))

    def share(self, value: float) -> float:
        """How far along the axis, from 0 to 100."""
        span = self.ticks[-1] - self.ticks[0]
        return min(100.0, max(0.0, 100 * (value - self.ticks[0]) / span))

    @property
    def words(self) -> list[str]:
        """From the highest tick down, as the axis is read."""
        return [in_figures(round(tick, 10)) for tick in reversed(self.ticks)]

    @property
    def lines(self) -> list[str]:
        return [at(100 - self.share(tick)) for tick in self.ticks]

    @property
    def zero(self) -> str:
        return at(100 - self.share(0))


def _round_step(least: float, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= least * 0.999)
    return float(max(1, math.ceil(step))) if whole else step


@dataclass(frozen=True)
class AxisLabel:
    words: str
    x: str  # percent of the width
    anchor: str  # start, middle or end
    only_wide: bool


def thinned(labels: Sequence[str], places: Sequence[float]) -> list[AxisLabel]:
    """So many of the labels that they never touch; on a phone a part of those again."""
    if not labels:
        return []
    widest = max(_width(label) for label in labels)
    apart = (places[-1] - places[0]) / 100 / max(1, len(labels) - 1)  # share of the plot from one to the next
    wide = _step(widest, apart * WIDE)
    narrow = -(-_step(widest, apart * NARROW) // wide) * wide
    return [
        AxisLabel(labels[index], at(places[index]) + "%", _anchor(places[index]), index % narrow != 0)
        for index in range(0, len(labels), wide)
    ]


def _width(label: str) -> float:
    return sum(2 * SIGN if unicodedata.east_asian_width(sign) in "WF" else SIGN for sign in label)


def _step(widest: float, apart: float) -> int:
    least = (1.5 * widest + 8) / max(
        apart, 0.01
    )  # half as much again: the outermost stand beside their place
    return next((step for step in STEPS if step >= least), 10_000)


def _anchor(place: float) -> str:
    return "start" if place < 8 else "end" if place > 92 else "middle"


@dataclass(frozen=True)
class LineChart:
    """The course of one figure; a value that is not known (None) is a gap, never a zero."""

    points: Sequence[tuple[str, float | None]]
    name: str
    unit: str = ""

    @cached_property
    def scale(self) -> Scale:
        return Scale.holding([value for _label, value in self.points])

    @cached_property
    def places(self) -> list[float]:
        last = len(self.points) - 1
        return [100 * index / last if last else 50.0 for index in range(len(self.points))]

    @property
    def strokes(self) -> list[str]:
        """A path for each run of known values; a run of one is a dot."""
        runs: list[list[str]] = [[]]
        for place, (_label, value) in zip(self.places, self.points, strict=True):
            if value is None or not math.isfinite(value):
                runs.append([])
            else:
                runs[-1].append(f"{at(place)} {at(100 - self.scale.share(value))}")
        return ["M" + " L".join(run) + (" h0" if len(run) == 1 else "") for run in runs if run]

    @property
    def labels(self) -> list[AxisLabel]:
        return thinned([label for label, _value in self.points], self.places)

    @property
    def words(self) -> str:
        known = [(label, value) for label, value in self.points if value is not None]
        if not known:
            return _("%(name)s: nothing known yet.") % {"name": self.name}
        lowest = min(known, key=lambda point: point[1])
        highest = max(known, key=lambda point: point[1])
        return _(
            "%(name)s, %(first)s to %(last)s: at last %(now)s, lowest %(low)s (%(low_at)s), "
            "highest %(high)s (%(high_at)s) %(unit)s"
        ) % {
            "name": self.name,
            "first": known[0][0],
            "last": known[-1][0],
            "now": in_figures(known[-1][1]),
            "low": in_figures(lowest[1]),
            "low_at": lowest[0],
            "high": in_figures(highest[1]),
            "high_at": highest[0],
            "unit": self.unit,
        }


@dataclass(frozen=True)
class Bar:
    label: str
    value: float | None
    href: str = ""

    @property
    def figures(self) -> str:
        return in_figures(self.value)


@dataclass(frozen=True)
class Span:
    """From where to where a bar or an interval runs, along the axis."""

    start: str
    length: str


@dataclass(frozen=True)
class BarChart:
    """Named quantities beneath each other, longest names and all."""

    rows: Sequence[Bar]
    name: str
    unit: str = ""

    @cached_property
    def drawn(self) -> list[tuple[Bar, Span | None]]:
        known = [row.value for row in self.rows if row.value is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        scale = Scale((low, high if high > low else low + 1))
        return [(row, _span(scale, 0.0, row.value) if row.value is not None else None) for row in self.rows]


def _span(scale: Scale, one: float, other: float) -> Span:
    start, end = sorted((scale.share(one), scale.share(other)))
    return Span(at(start), at(end - start))


@dataclass(frozen=True)
class Block:
    """One series' part of one column."""

    series: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class ColumnChart:
    """Amounts by month, the series stacked on each other."""

    columns: Sequence[tuple[str, Sequence[float | None]]]
    series: Sequence[str]
    name: str
    unit: str = ""

    @cached_property
    def scale(self) -> Scale:
        sums: list[float | None] = []
        for _label, values in self.columns:
            sums += [
                sum(max(0.0, value or 0.0) for value in values),
                sum(min(0.0, value or 0.0) for value in values),
            ]
        return Scale.holding(sums)

    @property
    def blocks(self) -> list[Block]:
        blocks, slot = [], 100 / max(1, len(self.columns))
        for index, (_label, values) in enumerate(self.columns):
            up = down = 0.0
            for number, value in enumerate(values):
                if not value:
                    continue
                base = up if value > 0 else down
                span = _span(self.scale, base, base + value)
                top = 100 - float(span.start) - float(span.length)
                blocks.append(Block(number, at(slot * (index + 0.12)), at(top), at(slot * 0.76), span.length))
                up, down = up + max(0.0, value), down + min(0.0, value)
        return blocks

    @property
    def labels(self) -> list[AxisLabel]:
        slot = 100 / max(1, len(self.columns))
        return thinned(
            [label for label, _values in self.columns],
            [slot * (index + 0.5) for index in range(len(self.columns))],
        )

    @property
    def words(self) -> str:
        if not self.columns:
            return _("%(name)s: nothing known yet.") % {"name": self.name}
        totals = [
            _("%(series)s %(sum)s")
            % {"series": series, "sum": in_figures(sum(values[number] or 0 for _l, values in self.columns))}
            for number, series in enumerate(self.series)
        ]
        return _("%(name)s, %(first)s to %(last)s, in all: %(totals)s %(unit)s") % {
            "name": self.name,
            "first": self.columns[0][0],
            "last": self.columns[-1][0],
            "totals": ", ".join(totals),
            "unit": self.unit,
        }


@dataclass(frozen=True)
class Interval:
    """A rate from 0 to 1, where the true one lies with 95 % certainty, and of how many it was counted."""

    label: str
    rate: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def figures(self) -> str:
        if self.rate is None or not self.n:
            return _("unknown")
        return _("%(percent)s%% of %(n)s") % {"percent": round(100 * self.rate), "n": intcomma(self.n)}


@dataclass(frozen=True)
class IntervalChart:
    """Rates beneath each other with how sure they are."""

    rows: Sequence[Interval]
    name: str

    @cached_property
    def scale(self) -> Scale:
        ends = [end for row in self.rows for end in (row.high, row.rate) if end is not None]
        return next(
            Scale((0.0, top / 2, top)) for top in (0.1, 0.2, 0.5, 1.0) if top >= min(1.0, max([0.05, *ends]))
        )

    @property
    def drawn(self) -> list[tuple[Interval, str, Span | None]]:
        """Row, place of its rate, its interval."""
        return [
            (
                row,
                "" if row.rate is None or not row.n else at(self.scale.share(row.rate)),
                None
                if row.low is None or row.high is None or not row.n
                else _span(self.scale, row.low, row.high),
            )
            for row in self.rows
        ]

    @property
    def labels(self) -> list[AxisLabel]:
        return [
            AxisLabel(
                _("%(percent)s%%") % {"percent": in_figures(round(100 * tick, 6))},
                f"{place}%",
                anchor,
                False,
            )
            for tick, place, anchor in zip(
                self.scale.ticks, ("0", "50", "100"), ("start", "middle", "end"), strict=True
            )
        ]
