"""The workbook of one post: rows of a label and a value, then who saw it (11.2)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kith.archive.reading import figures
from kith.archive.reading.model import Demographic, PostFigure, Workbook
from kith.archive.reading.urns import moment_of
from kith.archive.reading.xlsx import Sheet

_WORDED = re.compile(r"[^\W\d]{3,}\.? \d{1,2}, \d{4}")


def is_single_post(sheets: list[Sheet]) -> bool:
    """Whether the book opens with a label and the link of one post."""
    first = next((row for row in sheets[0] if row), []) if sheets else []
    return len(first) == 2 and figures.post_link(first[1]) is not None


def read_single_post(sheets: list[Sheet]) -> Workbook:
    """One post with its metrics; impressions are the first number, engagements the "Social engagements"."""
    book = Workbook("single")
    rows = [row for sheet in sheets for row in sheet if row]
    link = figures.post_link(rows[0][1]) or ""
    post = PostFigure(link, figures.post_urn(link), None)
    book.posts = [post]
    for row in rows[1:]:
        label = str(row[0]) if row[0] is not None else ""
        if len(row) == 1 and len(period := _WORDED.findall(label)) == 2:
            book.starts_on, book.ends_on = (figures.day(text, "mdy") for text in period)
        elif len(row) == 2 and (number := figures.count(row[1])) is not None and label:
            shown = str(number) if isinstance(row[1], float) else str(row[1])
            book.metrics.append((label, shown, float(number)))
            if label.casefold() == "social engagements":
                post.engagements = number
            elif label.casefold() == "members reached":
                book.members_reached = number
        elif len(row) == 2 and post.published_on is None:
            post.published_on = _published_on(row[1], post.urn)
        elif len(row) == 3 and figures.looks_like_share(row[2]):
            fraction, shown = figures.share(row[2])
            book.demographics.append(Demographic("post", label, str(row[1]), fraction, shown))
    if book.metrics:
        book.impressions = post.impressions = int(book.metrics[0][2] or 0)
    return book


def _published_on(cell: object, post: str) -> date | None:
    """The post's number is a clock, so it tells which of day and month comes first."""
    if not isinstance(cell, str):
        return None
    moment = moment_of(post)
    readings = [figures.day(cell, order) for order in ("mdy", "dmy")]
    for reading in readings:
        if reading and moment and abs(reading - moment.date()) <= timedelta(days=1):
            return reading
    return next((reading for reading in readings if reading), None)
