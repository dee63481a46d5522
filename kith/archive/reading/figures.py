"""Numbers, shares and dates of translated workbooks: grouped in any country's way, day and month in any order (11)."""

from __future__ import annotations

import itertools
import math
import re
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

from kith.archive.reading import dates
from kith.archive.reading.xlsx import Cell

Order = Literal["mdy", "dmy"]

_GROUPED = re.compile(r"^-?\d{1,3}(?:[.,' ]\d{3})+$")
_PLAIN = re.compile(r"^-?\d{1,15}(?:\.0+)?$")
_SHARE = re.compile(r"^[%٪]? ?(\d{1,3})(?:[.,](\d{1,4}))? ?[%٪]?$")
_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_POST = re.compile(r"[-_:](share|ugcPost|activity|groupPost)[-:](?:\d{1,12}-)?(\d{15,20})(?!\d)")
_SERIAL_START = date(1899, 12, 30)


def count(cell: Cell) -> int | None:
    """A whole number, `1,234` `1.234` `1'006` `1 234` or a true number; None is unknown."""
    if isinstance(cell, float):
        return round(cell) if math.isfinite(cell) and abs(cell) < 1e15 else None
    if cell is None:
        return None
    text = re.sub(r"[\s\u00a0\u202f\u2009]+", " ", cell.strip()).replace("\u2212", "-").replace("’", "'")
    if _GROUPED.match(text):
        return int(re.sub(r"[.,' ]", "", text))
    return int(float(text)) if _PLAIN.match(text) else None


def share(cell: Cell) -> tuple[float | None, str]:
    """(fraction, text as shown); "less than" in any language has no fraction."""
    if isinstance(cell, float):
        fraction = cell if cell <= 1 else cell / 100
        if not math.isfinite(fraction) or fraction < 0:
            return None, ""
        return fraction, f"{fraction * 100:.1f}%"
    text = " ".join((cell or "").replace("\u00a0", " ").replace("\u202f", " ").split())
    found = _SHARE.match(text)
    return (float(f"{found[1]}.{found[2] or 0}") / 100 if found else None), text


def looks_like_share(cell: Cell) -> bool:
    """A fraction, or text with a percent sign and a number, in whichever order a language has them."""
    if isinstance(cell, float):
        return 0 <= cell <= 1
    return isinstance(cell, str) and bool(re.search(r"[%٪]", cell)) and bool(re.search(r"\d", cell))


def day(cell: Cell, order: Order) -> date | None:
    """A day in text, ISO, English words, or a spreadsheet's serial number."""
    if isinstance(cell, float):
        return _SERIAL_START + timedelta(days=int(cell)) if 36_526 <= cell < 73_051 else None
    if cell is None:
        return None
    text = cell.strip()
    if found := _DATE.search(text):
        return _ordered(found, order)
    if text.isdecimal() and len(text) == 5:
        return day(float(text), order)
    moment = dates.utc(text)
    return moment.date() if moment else None


def days(cell: Cell, order: Order) -> list[date]:
    """Every date in a text, in its order."""
    if not isinstance(cell, str):
        return []
    found = (_ordered(match, order) for match in _DATE.finditer(cell))
    return [one for one in found if one is not None]


def order_of(period: Cell, column: list[Cell]) -> Order:
    """Day or month first: the reading whose period starts before it ends and spans the days listed (11.1)."""

    def fitness(order: Order) -> tuple[bool, bool, int]:
        span = days(period, order)
        fits = len(span) == 2 and span[0] <= span[1]
        known = [one for one in (day(cell, order) for cell in column) if one is not None]
        neighbours = sum(later - earlier == timedelta(days=1) for earlier, later in itertools.pairwise(known))
        spans = fits and (span[1] - span[0]).days + 1 == len(column)
        return fits, spans, len(known) + neighbours

    return "dmy" if fitness("dmy") > fitness("mdy") else "mdy"


def post_link(cell: Cell) -> str | None:
    """A link to a post on LinkedIn itself; a look-alike host is none."""
    if not isinstance(cell, str) or len(cell) > 2_000:
        return None
    try:
        parts = urlsplit(cell.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    is_theirs = host == "linkedin.com" or host.endswith(".linkedin.com")
    return cell.strip() if parts.scheme in ("http", "https") and is_theirs else None


def post_urn(link: str) -> str:
    """`urn:li:share:…` of either spelling of a post's link; empty without a number."""
    found = _POST.search(link.replace("%3A", ":"))
    return f"urn:li:{found[1]}:{found[2]}" if found else ""


def _ordered(found: re.Match[str], order: Order) -> date | None:
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        year, month, on = first, second, third
    else:
        year = third if len(found[3]) == 4 else 2000 + third
        month, on = (first, second) if order == "mdy" else (second, first)
    if not 2000 <= year < 2100:
        return None
    try:
        return date(year, month, on)
    except ValueError:
        return None
