from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import concentration_chart
from tests.screener.charts.drawn import places, shape, stays_inside


def test_the_largest_are_counted_first_and_the_ten_largest_are_the_dot():
    chart = concentration_chart([0.01] * 20 + [0.3])
    (dot,) = chart.dots
    assert stays_inside(chart)
    assert [(point.values["count"], pytest.approx(point.values["share"])) for point in chart.points] == [
        (1, 0.3),
        (2, 0.31),
        (3, 0.32),
        (5, 0.34),
        (10, 0.39),
        (20, 0.49),
        (21, 0.5),
    ]
    assert dot.value == pytest.approx(0.39)
    assert (pytest.approx(dot.x, abs=0.1), pytest.approx(dot.y, abs=0.1)) in places(shape(chart, "line"))
    assert [tick.value for tick in chart.x_ticks] == [1, 10]


def test_of_fewer_than_ten_all_are_the_dot():
    (dot,) = concentration_chart([0.2, 0.3]).dots
    assert dot.value == pytest.approx(0.5)


@pytest.mark.parametrize("shares", [(), (0.5,)])
def test_one_owner_is_no_curve(shares):
    assert concentration_chart(shares) is None


@given(st.lists(st.floats(min_value=1e-6, max_value=0.01), min_size=2, max_size=2_000))
def test_it_never_falls_and_never_bends_upwards(shares):
    """Each further owner adds something, and no more than the one before."""
    chart = concentration_chart(shares)
    steps = [(point.values["count"], point.values["share"]) for point in chart.points]
    slopes = [(share - before) / (count - number) for (number, before), (count, share) in pairwise(steps)]
    assert all(slope > 0 for slope in slopes)
    assert all(after <= slope * (1 + 1e-9) for slope, after in pairwise(slopes))
    assert len(shape(chart, "line")) < 6_000
