import pytest

from screener.charts import exit_chart
from tests.screener.charts.drawn import places, shape, stays_inside

SIZES, COSTS = (100, 1_000, 10_000), (0.01, 0.02, 0.2)


def test_the_own_size_is_the_dot_on_the_curve():
    chart = exit_chart(SIZES, COSTS, 1_000)
    (dot,) = chart.dots
    assert stays_inside(chart)
    assert (pytest.approx(dot.x, abs=0.1), pytest.approx(dot.y, abs=0.1)) == places(shape(chart, "line"))[1]
    assert [tick.value for tick in chart.x_ticks] == list(SIZES)


def test_only_limits_within_the_chart_are_levels():
    assert [level.value for level in exit_chart(SIZES, COSTS, 100, (0.02, 0.5)).levels] == [0.02]


def test_each_size_can_be_read():
    chart = exit_chart(SIZES, COSTS, 100)
    assert [(point.values["size"], point.values["cost"]) for point in chart.points] == [
        (100, 0.01),
        (1_000, 0.02),
        (10_000, 0.2),
    ]


@pytest.mark.parametrize(("sizes", "own"), [((), 100), ((100,), 100), ((100, 200), 300)])
def test_too_few_sizes_or_a_strange_one_are_no_chart(sizes, own):
    assert exit_chart(sizes, [0.1] * len(sizes), own) is None
