from datetime import UTC, datetime, timedelta

import pytest

from screener.charts import ScorePoint, score_chart
from tests.screener.charts.drawn import places, shape, stays_inside

DAY = datetime(2026, 1, 2, tzinfo=UTC)


def score(day, total, low=0.0, high=100.0):
    return ScorePoint(at=DAY + timedelta(days=day), total=total, low=low, high=high)


def test_a_score_holds_until_the_next_one():
    chart = score_chart([score(0, 50), score(1, 80), score(4, 20)])
    line = places(shape(chart, "line"))
    assert stays_inside(chart)
    assert [x for x, _y in line] == [0, 250, 250, 1000, 1000]
    assert line[0][1] == line[1][1], "flat until it changes"
    assert line[2][1] == line[3][1] < line[1][1] < line[4][1], "up is better"


def test_while_it_is_not_rated_the_line_has_a_gap_and_the_area_none():
    chart = score_chart([score(0, 50), score(1, None, 10, 90), score(2, 80), score(4, 80)])
    parts = [places(part) for part in shape(chart, "line").split("M")[1:]]
    assert [[x for x, _y in part] for part in parts] == [[0, 250], [500, 1000, 1000]]
    assert {x for x, _y in places(shape(chart, "area"))} == {0, 250, 500, 1000}
    assert chart.points[1].values == {"at": DAY + timedelta(days=1), "total": None, "low": 10, "high": 90}


def test_an_asset_that_was_never_rated_has_intervals_alone():
    chart = score_chart([score(0, None), score(1, None)])
    assert shape(chart, "line") == ""


def test_the_area_goes_from_the_lowest_to_the_highest_possible():
    chart = score_chart([score(0, 50, 40, 60), score(2, 50, 10, 90)])
    area = places(shape(chart, "area"))
    top, bottom = area[: len(area) // 2], area[len(area) // 2 :][::-1]
    assert all(above[0] == below[0] and above[1] < below[1] for above, below in zip(top, bottom, strict=True))


def test_each_score_can_be_read():
    chart = score_chart([score(0, 50, 40, 60), score(2, 55)])
    assert chart.points[0].values == {"at": DAY, "total": 50, "low": 40, "high": 60}
    assert [tick.value for tick in chart.y_ticks] == [0, 50, 100] or len(chart.y_ticks) >= 3


@pytest.mark.parametrize("scores", [[], [score(0, 50)], [score(0, 50), score(0, 60)]])
def test_too_little_time_is_no_chart(scores):
    assert score_chart(scores) is None
