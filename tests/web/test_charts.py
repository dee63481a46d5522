import re

from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from kith.web.charts import (
    NARROW,
    WIDE,
    Bar,
    BarChart,
    ColumnChart,
    Interval,
    IntervalChart,
    LineChart,
    Scale,
    thinned,
)

values = st.one_of(st.none(), st.integers(-10_000, 10_000_000), st.floats(-1e9, 1e9))
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)


def drawn(tag: str, chart: object) -> str:
    return engines["django"].from_string("{% load charts %}{% " + tag + " chart %}").render({"chart": chart})


def geometry(html: str) -> list[float]:
    """Every number of every place in the drawing."""
    places = re.findall(r' (?:x|y|x1|x2|y1|y2|width|height|d)="([^"]*)"', html)
    numbers = " ".join(re.sub(r"[MLh%]|em", " ", place) for place in places).split()
    return [float(number) for number in numbers]


def is_sound(html: str) -> bool:
    return all(-0.1 <= number <= 100.1 for number in geometry(html)) and "style=" not in html


@given(st.lists(st.tuples(words, values), max_size=40))
def test_a_line_stays_within_its_plot_whatever_the_values(points):
    assert is_sound(drawn("line_chart", LineChart(points, "Messages", "a month")))


@given(st.lists(st.tuples(words, values), max_size=12))
def test_bars_stay_within_their_track_whatever_the_values(rows):
    assert is_sound(drawn("bar_chart", BarChart([Bar(*row) for row in rows], "Sectors", "people")))


@given(st.lists(st.tuples(words, st.tuples(values, values, values)), max_size=40))
def test_columns_stay_within_their_plot_whatever_the_values(columns):
    chart = ColumnChart(columns, ["sent", "received", "calls"], "Exchange", "messages")
    assert is_sound(drawn("column_chart", chart))


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), max_size=8))
def test_intervals_stay_within_their_track(rows):
    chart = IntervalChart([Interval("x", sorted(r)[1], min(r), max(r), 5) for r in rows], "Answered")
    assert is_sound(drawn("interval_chart", chart))


@given(st.lists(values, max_size=20))
def test_ticks_are_few_even_apart_and_hold_zero_and_every_value(numbers):
    scale = Scale.holding(numbers)
    assert 2 <= len(scale.ticks) <= 7
    assert scale.ticks[0] <= 0 <= scale.ticks[-1]
    known = [number for number in numbers if number is not None]
    slack = 1e-6 * (scale.ticks[-1] - scale.ticks[0])
    assert all(scale.ticks[0] - slack <= number <= scale.ticks[-1] + slack for number in known)


def test_ticks_are_round_numbers():
    assert Scale.holding([3, 1476, 40]).words == ["1,500", "1,000", "500", "0"]
    assert Scale.holding([1, 2]).words == ["2", "1", "0"]


def test_a_month_that_is_not_known_is_a_gap_and_not_a_zero():
    chart = LineChart([("Jan", 1), ("Feb", None), ("Mar", 2), ("Apr", 4)], "Views", "")
    assert chart.strokes == ["M0 75 h0", "M66.67 50 L100 0"]


def test_one_point_is_a_dot_in_the_middle():
    assert LineChart([("Jan", 5)], "Views", "").strokes == ["M50 16.67 h0"]


def test_empty_charts_draw_nothing_and_say_so():
    assert "nothing known yet" in drawn("line_chart", LineChart([], "Views", ""))
    assert "nothing known yet" in drawn("column_chart", ColumnChart([], ["sent"], "Messages", ""))
    assert "<li>" not in drawn("bar_chart", BarChart([], "Sectors", "people"))
    assert "<li" not in drawn("interval_chart", IntervalChart([], "Answered"))


def test_all_zero_lies_on_the_ground():
    assert LineChart([("Jan", 0), ("Feb", 0)], "Views", "").strokes == ["M0 100 L100 100"]
    assert [span.length for _row, span in BarChart([Bar("x", 0)], "n", "").drawn if span] == ["0"]


def test_a_negative_bar_runs_back_from_zero():
    chart = BarChart([Bar("gained", 30), Bar("lost", -10)], "Connections", "")
    assert [(span.start, span.length) for _row, span in chart.drawn if span] == [("25", "75"), ("0", "25")]


def test_an_unknown_rate_is_said_and_not_drawn():
    html = drawn("interval_chart", IntervalChart([Interval("with a note", None, None, None, 0)], "Accepted"))
    assert "unknown" in html and "interval-rate" not in html


@given(st.integers(1, 300), st.integers(1, 14))
def test_labels_never_touch_each_other(count, length):
    labels = ["m" * length] * count
    places = [100 * index / (count - 1) if count > 1 else 50.0 for index in range(count)]
    for width, shown in (
        (WIDE, thinned(labels, places)),
        (NARROW, [label for label in thinned(labels, places) if not label.only_wide]),
    ):
        end = -1.0
        for label in shown:
            place, room = float(label.x.rstrip("%")) * width / 100, 7.5 * length
            start = place - {"start": 0, "middle": room / 2, "end": room}[label.anchor]
            assert start > end
            end = start + room


def test_the_picture_says_in_words_what_it_shows():
    html = drawn("line_chart", LineChart([("Jan", 1), ("Feb", 1476)], "Invitations", "a month"))
    assert 'role="img"' in html and "highest 1,476 (Feb) a month" in html
