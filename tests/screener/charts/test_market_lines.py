from datetime import UTC, datetime, timedelta

from screener.charts import PriceLine, caps_chart, shares_chart
from tests.screener.charts.drawn import places, shape, stays_inside

DAYS = tuple(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(4))


def line(place, *values, days=DAYS):
    return PriceLine(place=place, name=f"Group {place}", days=days[: len(values)], values=values)


def test_shares_stand_between_none_and_all_with_a_level_at_half():
    chart = shares_chart([line(1, 0.0, 0.5, 1.0), line(2, 0.25, 0.25)])
    assert stays_inside(chart)
    heights = [y for _x, y in places(shape(chart, "line line-1"))]
    assert heights == [192, 100, 8]
    assert (chart.levels[0].y, chart.levels[0].value) == (100, 0.5)


def test_a_day_that_a_group_does_not_know_is_not_filled_from_before():
    chart = shares_chart([line(1, 0.0, 0.5, 1.0), line(2, 0.25, 0.75)])
    assert chart.points[2].values["values"] == (("Group 1", 1.0), ("Group 2", None))


def test_caps_are_drawn_as_they_are():
    chart = caps_chart([line(1, 50.0, 100.0, 150.0), line(2, 1.0)])
    assert (chart.kind, chart.levels) == ("caps", ())
    assert [each.kind for each in chart.shapes] == ["line line-1"]


def test_lines_of_a_day_are_no_chart():
    assert shares_chart([line(1, 0.5)]) is None
    assert caps_chart([line(1, 0.5)]) is None
