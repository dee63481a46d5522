"""Draws the charts of kith/web/charts.py where a page wants them."""

from typing import Any

from django import template

from kith.web.charts import BarChart, ColumnChart, IntervalChart, LineChart

register = template.Library()


@register.inclusion_tag("charts/_line.html")
def line_chart(chart: LineChart) -> dict[str, Any]:
    return {"chart": chart}


@register.inclusion_tag("charts/_bars.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    return {"chart": chart}


@register.inclusion_tag("charts/_columns.html")
def column_chart(chart: ColumnChart) -> dict[str, Any]:
    return {"chart": chart}


@register.inclusion_tag("charts/_intervals.html")
def interval_chart(chart: IntervalChart) -> dict[str, Any]:
    return {"chart": chart}
