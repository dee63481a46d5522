"""Creator analytics: sheets are known by their shape and order, as names and labels are translated (11)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kith.archive.reading import figures
from kith.archive.reading.figures import Order
from kith.archive.reading.model import Day, Demographic, PostFigure, Refused, Scope, Workbook
from kith.archive.reading.single_post import is_single_post, read_single_post
from kith.archive.reading.xlsx import Cell, Sheet, read_sheets


def read_workbook(path: Path, *, name: str = "") -> Workbook:
    """Read an analytics workbook of any layout and language; raises Refused, and nothing else."""
    path = Path(path)
    sheets = [sheet for _, sheet in read_sheets(path, name)]
    if is_single_post(sheets):
        return read_single_post(sheets)
    parts = _Parts(sheets)
    if parts.period is None and parts.posts is None and parts.days is None:
        raise Refused(f"“{name or path.name}” is a workbook, but not one of LinkedIn's creator analytics.")
    return parts.workbook()


class _Parts:
    """The sheets of an aggregate book, each found by its shape."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.period: Sheet | None = None
        self.days: Sheet | None = None
        self.posts: Sheet | None = None
        self.followers: Sheet | None = None
        self.demographics: list[Sheet] = []
        for sheet in sheets:
            self._place(sheet)

    def _place(self, sheet: Sheet) -> None:
        if self.period is None and _is_period(_cell(sheet, 0, 1)):
            self.period = sheet
        elif self.posts is None and _has_posts(sheet):
            self.posts = sheet
        elif _is_demographics(sheet):
            self.demographics.append(sheet)
        elif self.days is None and _width(sheet) == 3 and _is_dated(sheet, 1):
            self.days = sheet
        elif self.followers is None and figures.count(_cell(sheet, 0, 1)) is not None:
            self.followers = sheet

    def workbook(self) -> Workbook:
        dated = [row[0] for row in (self.days or [])[1:] if row]
        order = figures.order_of(_cell(self.period or [], 0, 1), dated)
        book = Workbook("aggregate")
        self._tell_period(book, order)
        self._tell_days(book, order)
        self._tell_followers(book, order)
        self._tell_posts(book, order)
        scopes: tuple[Scope, ...] = ("audience", "content") if len(self.demographics) > 1 else ("all",)
        for scope, sheet in zip(scopes, self.demographics, strict=False):
            for row in sheet[1:]:
                category, value, cell = _cells(row, 3)
                if category and value and figures.looks_like_share(cell):
                    fraction, shown = figures.share(cell)
                    book.demographics.append(Demographic(scope, str(category), str(value), fraction, shown))
        return book

    def _tell_period(self, book: Workbook, order: Order) -> None:
        sheet = self.period or []
        span = figures.days(_cell(sheet, 0, 1), order)
        if len(span) == 2:
            book.starts_on, book.ends_on = span
        numbers = [figures.count(_cell(sheet, row, 1)) for row in (1, 2)]
        book.impressions, book.members_reached = numbers

    def _tell_days(self, book: Workbook, order: Order) -> None:
        days: dict[date, Day] = {}
        for row in self.days or []:
            when, impressions, engagements = _cells(row, 3)
            if on := figures.day(when, order):
                days[on] = Day(on, figures.count(impressions), figures.count(engagements))
        for row in (self.followers or [])[1:]:
            when, gained = _cells(row, 2)
            if (on := figures.day(when, order)) and (number := figures.count(gained)) is not None:
                days.setdefault(on, Day(on)).new_followers = number
        book.days = [days[on] for on in sorted(days)]

    def _tell_followers(self, book: Workbook, order: Order) -> None:
        if self.followers is None:
            return
        book.followers_total = figures.count(_cell(self.followers, 0, 1))
        on = figures.days(_cell(self.followers, 0, 0), order)
        book.followers_on = on[0] if on else book.ends_on

    def _tell_posts(self, book: Workbook, order: Order) -> None:
        """Two rankings side by side; what only one of them holds is unknown on the other side."""
        posts: dict[str, PostFigure] = {}
        foreign = 0
        for row in self.posts or []:
            cells = _cells(row, 7)
            for at, is_engagements in ((0, True), (4, False)):
                link = figures.post_link(cells[at])
                number = figures.count(cells[at + 2])
                if link is None:
                    foreign += isinstance(cells[at], str) and "://" in str(cells[at])
                    continue
                on = figures.day(cells[at + 1], order)
                post = posts.setdefault(link, PostFigure(link, figures.post_urn(link), on))
                if is_engagements:
                    post.engagements = number
                else:
                    post.impressions = number
        book.posts = list(posts.values())
        if foreign:
            book.notices.append(f"{foreign} links lead away from LinkedIn and were left out.")


def _is_period(cell: Cell) -> bool:
    return any(len(figures.days(cell, order)) == 2 for order in ("mdy", "dmy"))


def _has_posts(sheet: Sheet) -> bool:
    """A link in either ranking, or the header of both over nothing."""
    if any(figures.post_link(cell) for row in sheet for cell in _cells(row, 5)[::4]):
        return True
    header = _cells(sheet[2], 7) if len(sheet) > 2 else []
    return sum(isinstance(cell, str) for cell in header) == 6 and header[3] is None


def _is_demographics(sheet: Sheet) -> bool:
    rows = [row for row in sheet[1:] if row]
    return bool(rows) and all(len(row) == 3 and figures.looks_like_share(row[2]) for row in rows[:20])


def _is_dated(sheet: Sheet, start: int) -> bool:
    rows = [row for row in sheet[start:] if row]
    return bool(rows) and all(figures.day(row[0], "mdy") or figures.day(row[0], "dmy") for row in rows[:5])


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet), default=0)


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    return sheet[row][column] if row < len(sheet) and column < len(sheet[row]) else None


def _cells(row: list[Cell], width: int) -> list[Cell]:
    return (row + [None] * width)[:width]
