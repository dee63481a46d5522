"""The tables behind the report's charts, for the page and for CSV; a missing cell is unknown, never 0."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from kith.insights.chance import Rate
from kith.insights.figure import Parts
from kith.insights.report import Report

Cell = str | int | float | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """A chart's numbers: the first column names the row."""

    slug: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(report: Report, slug: str) -> Table | None:
    """One table by its name in the address; None where there is no such table."""
    make = _TABLES.get(slug)
    if make is None:
        return None
    title, heads, rows = make(report)
    return Table(slug, title, tuple(heads), tuple(rows))


def tables(report: Report) -> dict[str, Table]:
    """All of them, by name with underscores, as a template asks for them."""
    found = (table(report, slug) for slug in _TABLES)
    return {each.slug.replace("-", "_"): each for each in found if each}


def to_csv(table: Table) -> str:
    """Comma-separated; text a spreadsheet would run as a formula is led by an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(_guarded, table.heads))
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _guarded(cell: Cell) -> str:
    if cell is None:
        return _("unknown")
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
    return str(cell)


_Made = tuple[str, list[str], list[tuple[Cell, ...]]]


def _growth(report: Report) -> _Made:
    heads = [_("Month"), _("New connections"), _("of them hidden behind a date"), _("All connections")]
    return (
        _("Connections by month"),
        heads,
        [
            (_month(month.on), month.values["new"], month.values["hidden"], month.values["total"])
            for month in report.connections.growth
        ],
    )


def _exchange(report: Report) -> _Made:
    return _parts(_("Words between you and your connections"), _("Messages"), report.exchange.ways)


def _quiet(report: Report) -> _Made:
    unknown = _("never in touch")
    return _parts(
        _("Months since you were last in touch"), _("Whole months"), report.quiet.by_months, unknown
    )


def _invitation_months(report: Report) -> _Made:
    return (
        _("Invitations by month sent"),
        [_("Month"), _("Sent"), _("Accepted"), _("Open")],
        [
            (_month(month.on), sum(month.values.values()), month.values["accepted"], month.values["open"])
            for month in report.invitations.by_month
        ],
    )


def _invitation_ages(report: Report) -> _Made:
    made = _parts(_("Open invitations by age"), _("Age"), report.invitations.ages)
    return made[0], [made[1][0], _("Invitations")], made[2]


def _notes(report: Report) -> _Made:
    rows = (
        (_("With a note"), report.invitations.with_note),
        (_("Without a note"), report.invitations.without_note),
        (_("All"), report.invitations.rate),
    )
    heads = [_("Invitations"), _("Sent"), _("Accepted"), _("Percent"), _("At least"), _("At most")]
    return _("Acceptance with and without a note"), heads, [(name, *_rate(rate)) for name, rate in rows]


def _companies(report: Report) -> _Made:
    return _parts(_("Companies of your connections"), _("Company"), report.companies, _("unknown"))


def _titles(report: Report) -> _Made:
    return _parts(_("Titles of your connections"), _("Title"), report.titles, _("unknown"))


def _skills(report: Report) -> _Made:
    return (
        _("Endorsements by skill"),
        [_("Skill"), _("People"), _("Endorsements")],
        [(part.name, part.value, part.times) for part in report.endorsements.by_skill.parts],
    )


def _endorsers(report: Report) -> _Made:
    rows: list[tuple[Cell, ...]] = [(name, count) for _id, name, count in report.endorsements.by_person]
    return _("Who endorsed you"), [_("Person"), _("Endorsements")], rows


def _versions(report: Report) -> _Made:
    found = report.first_messages
    rows: list[tuple[Cell, ...]] = [(version.text, *_rate(version.replies)) for version in found.repeated]
    rows.append((_("Texts used once, together"), *_rate(found.once)))
    return _("Replies by version"), _rate_heads(_("Text")), rows


def _message_months(report: Report) -> _Made:
    rows: list[tuple[Cell, ...]] = [(_month(on), *_rate(rate)) for on, rate in report.first_messages.by_month]
    return _("Replies by month written"), _rate_heads(_("Month")), rows


def _comparisons(report: Report) -> _Made:
    heads = [
        _("One text"),
        _("Percent"),
        _("Another"),
        _("Percent"),
        _("Points"),
        _("Probability of chance"),
        _("So"),
    ]
    return (
        _("Versions side by side"),
        heads,
        [
            (
                each.one.text,
                _round(each.one.replies.percent),
                each.two.text,
                _round(each.two.replies.percent),
                _round(each.difference.points),
                _round(each.difference.probability, 3),
                _("more than chance") if each.is_sure else _("could be chance"),
            )
            for each in report.first_messages.comparisons
        ],
    )


def _weeks(report: Report) -> _Made:
    weeks = report.audience.weeks if report.audience else ()
    heads = [_("Week from"), _("Days in the workbook"), _("Impressions"), _("New followers")]
    return (
        _("Impressions and new followers by week"),
        heads,
        [(week.on.isoformat(), week.days, week.impressions, week.new_followers) for week in weeks],
    )


def _days(report: Report) -> _Made:
    days = report.audience.days if report.audience else ()
    heads = [_("Day"), _("Impressions"), _("Engagements"), _("New followers")]
    return _("Being seen, day by day"), heads, [(on.isoformat(), *figures) for on, *figures in days]


def _posts(report: Report) -> _Made:
    posts = report.audience.posts if report.audience else ()
    rows: list[tuple[Cell, ...]] = [
        (
            post.published_on.isoformat() if post.published_on else None,
            post.impressions,
            post.engagements,
            post.url,
        )
        for post in posts
    ]
    return _("Your posts"), [_("Published"), _("Impressions"), _("Engagements"), _("Address")], rows


_TABLES: dict[str, Callable[[Report], _Made]] = {
    "growth": _growth,
    "exchange": _exchange,
    "quiet": _quiet,
    "invitation-months": _invitation_months,
    "invitation-ages": _invitation_ages,
    "notes": _notes,
    "companies": _companies,
    "titles": _titles,
    "skills": _skills,
    "endorsers": _endorsers,
    "versions": _versions,
    "message-months": _message_months,
    "comparisons": _comparisons,
    "days": _days,
    "weeks": _weeks,
    "posts": _posts,
}


def _parts(title: str, head: str, parts: Parts, unknown: str = "") -> _Made:
    rows: list[tuple[Cell, ...]] = [(part.name, part.value) for part in parts.parts]
    if unknown and parts.unknown:
        rows.append((unknown, parts.unknown))
    return title, [head, _("People")], rows


def _rate_heads(first: str) -> list[str]:
    return [first, _("Sent"), _("Replies"), _("Percent"), _("At least"), _("At most")]


def _rate(rate: Rate) -> tuple[Cell, ...]:
    """Of how many, how many, percent and the ends of its interval."""
    ends = (None if end is None else 100 * end for end in (rate.share, rate.low, rate.high))
    return (rate.of, rate.hits, *map(_round, ends))


def _round(number: float | None, places: int = 1) -> float | None:
    return None if number is None else round(number, places)


def _month(on: date) -> str:
    return on.strftime("%Y-%m")
