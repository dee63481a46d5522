"""The living page of the design: every component in every state."""

from django.http import HttpResponse
from django.shortcuts import render

from kith.web.charts import Bar, BarChart, ColumnChart, Interval, IntervalChart, LineChart
from kith.web.requests import Request

NAMES = (
    "Margarethe Oyelaran",
    "李明 Li Ming",
    "أمل الحكيم",
    "X",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Jr., PhD",
)


def styleguide(request: Request) -> HttpResponse:
    months = [f"2026-{month:02}" for month in range(1, 13)]
    context = {
        "names": NAMES,
        "swatches": ("paper", "sheet", "sunk", "ink", "ink2", "rule", "kith", "warm", "wrong"),
        "line": LineChart(
            [(month, 40.0 + (index * 7) % 23) for index, month in enumerate(months)], "Connections", "people"
        ),
        "bars": BarChart(
            [Bar("Novamed Devices", 42), Bar("Kestrel Foods", 23), Bar("unknown", 7)], "Companies", "people"
        ),
        "columns": ColumnChart(
            [(month, [5.0 + index % 4, 3.0]) for index, month in enumerate(months)],
            ["answered", "not"],
            "First messages",
            "messages",
        ),
        "intervals": IntervalChart(
            [Interval("with a note", 0.71, 0.57, 0.81, 51), Interval("without", 0.63, 0.57, 0.68, 321)],
            "Accepted",
        ),
    }
    return render(request, "styleguide.html", context)
