from datetime import UTC, datetime, timedelta

from screener.charts import CorrelationPoint, correlation_chart
from tests.screener.charts.drawn import places, shape, stays_inside

DAY = datetime(2026, 1, 2, tzinfo=UTC)


def point(day, r):
    low, high = (0.0, 0.0) if r is None else (max(-1, r - 0.2), min(1, r + 0.2))
    return CorrelationPoint(at=DAY + timedelta(days=day), r=r, low=low, high=high, days=30)


def test_the_line_runs_within_its_interval():
    chart = correlation_chart([point(0, 0.5), point(1, 0.0), point(2, -0.5)])
    line, area = places(shape(chart, "line")), places(shape(chart, "area"))
    assert stays_inside(chart)
    upper, lower = area[:3], area[:2:-1]
    for at, above, below in zip(line, upper, lower, strict=True):
        assert at[0] == above[0] == below[0]
        assert above[1] < at[1] < below[1], "higher values stand further up"
    assert line[1][1] == chart.levels[0].y == 100, "none is in the middle"


def test_what_is_not_known_is_a_gap():
    chart = correlation_chart([point(0, 0.5), point(1, 0.4), point(2, None), point(3, 0.1), point(4, 0.1)])
    assert [each.kind for each in chart.shapes] == ["area", "line", "area", "line"]
    assert [each.values["r"] for each in chart.points] == [0.5, 0.4, 0.1, 0.1]


def test_one_day_is_no_line():
    assert correlation_chart([]) is None
    assert correlation_chart([point(0, None), point(1, 0.5)]) is None
