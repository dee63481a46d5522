"""The report's pictures: which figures go into which kind of chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kith.insights.audience import Audience
from kith.insights.calendar import months
from kith.insights.chance import Rate
from kith.insights.figure import Part
from kith.insights.first_messages import Version
from kith.insights.report import Report
from kith.web.charts import Bar, BarChart, ColumnChart, Interval, IntervalChart, LineChart

TOP = 10  # companies, titles, skills; what they leave out stands beneath, or its bar would dwarf them
VERSIONS = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and how it is drawn: line, bars, columns or intervals."""

    kind: str
    chart: LineChart | BarChart | ColumnChart | IntervalChart


def charts(report: Report) -> dict[str, Picture]:
    """Every picture of the report by the name a template asks for."""
    invitations, messages = report.invitations, report.first_messages
    found = {
        "growth": _line(
            _("All connections, month by month"),
            [(month.on, month.values["total"]) for month in report.connections.growth],
        ),
        "exchange": _bars(_("Words between you and your connections"), report.exchange.ways.parts),
        "quiet": _columns(
            _("Connections by whole months since you were last in touch"),
            [(_months(part), (part.value,)) for part in report.quiet.by_months.parts],
            [_("people")],
        ),
        "invitation_months": _columns(
            _("Invitations by the month you sent them"),
            [
                (_short(month.on), (month.values["accepted"], month.values["open"]))
                for month in invitations.by_month
            ],
            [_("accepted"), _("open")],
        ),
        "invitation_ages": _bars(_("Open invitations by age"), invitations.ages.parts),
        "notes": _intervals(
            _("Accepted with a note and without"),
            [(_("with a note"), invitations.with_note), (_("without a note"), invitations.without_note)],
        ),
        "companies": _bars(_("Connections by company"), report.companies.parts[:TOP]),
        "titles": _bars(_("Connections by title"), report.titles.parts[:TOP]),
        "skills": _bars(_("People who endorsed a skill"), report.endorsements.by_skill.parts[:TOP]),
        "message_months": _columns(
            _("Conversations you opened, by month"), _answers(messages.by_month), _answer_names()
        ),
        "versions": _intervals(
            _("Replies by version"),
            [
                (Truncator(version.text).chars(40), version.replies)
                for version in messages.repeated[:VERSIONS]
            ],
        ),
    }
    return found | (_seen(report.audience) if report.audience else {})


def version_chart(version: Version) -> Picture:
    """One version's conversations by month."""
    known = dict(version.by_month)
    every = [(on, known.get(on, Rate(0, 0))) for on in months(min(known), max(known))] if known else []
    return _columns(_("Conversations it opened, by month"), _answers(every), _answer_names())


def _seen(audience: Audience) -> dict[str, Picture]:
    return {
        "impressions": _line(
            _("Impressions by week"), [(week.on, week.impressions) for week in audience.weeks], "j M Y"
        ),
        "new_followers": _line(
            _("New followers by week"), [(week.on, week.new_followers) for week in audience.weeks], "j M Y"
        ),
    }


def _line(name: str, points: Iterable[tuple[date, int | None]], style: str = "M Y") -> Picture:
    return Picture("line", LineChart([(date_format(on, style), value) for on, value in points], name))


def _columns(name: str, columns: Sequence[tuple[str, Sequence[int]]], series: Sequence[str]) -> Picture:
    return Picture("columns", ColumnChart(columns, series, name))


def _intervals(name: str, rates: Iterable[tuple[str, Rate]]) -> Picture:
    rows = [Interval(label, rate.share, rate.low, rate.high, rate.of) for label, rate in rates]
    return Picture("intervals", IntervalChart(rows, name))


def _bars(name: str, parts: Iterable[Part]) -> Picture:
    return Picture("bars", BarChart([Bar(part.name, part.value, _people(part)) for part in parts], name))


def _people(part: Part) -> str:
    """The address of the people a bar stands for; none where it stands for nobody, or for all the rest."""
    if not part.people or not part.value:
        return ""
    address = reverse("report_people", args=[part.people])
    if part.people in ("company", "title") or part.key:
        address += "?" + urlencode({"of": part.key})
    return address


def _answers(months: Iterable[tuple[date, Rate]]) -> list[tuple[str, tuple[int, int]]]:
    return [(_short(on), (rate.hits, rate.of - rate.hits)) for on, rate in months]


def _answer_names() -> list[str]:
    return [_("answered"), _("not answered")]


def _months(part: Part) -> str:
    return part.key if part.key == part.name else f"{part.key}+"


def _short(on: date) -> str:
    return date_format(on, "M Y")
