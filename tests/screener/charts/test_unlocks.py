from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import Release, unlock_chart
from tests.screener.charts.drawn import places, shape, stays_inside

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def release(days, amount=20.0, *, ends=None):
    ends_at = None if ends is None else NOW + timedelta(days=ends)
    return Release(at=NOW + timedelta(days=days), amount=amount, category="team", ends_at=ends_at)


def test_the_supply_steps_up_at_each_unlock_to_come():
    chart = unlock_chart(NOW, [release(40), release(-9), release(9, 5.0)], 50.0)
    assert [point.values["supply"] for point in chart.points] == [55.0, 75.0]
    assert [dot.value for dot in chart.dots] == [5.0, 20.0]
    line = places(shape(chart, "line"))
    assert line[-1][1] < line[0][1], "more supply stands higher"


def test_what_comes_evenly_rises_to_its_end_and_counts_from_now_on():
    chart = unlock_chart(NOW, [release(-10, 40.0, ends=30), release(15, 20.0)], 50.0)
    assert [point.values["supply"] for point in chart.points] == [pytest.approx(85), pytest.approx(100)]
    assert [point.values["since"] for point in chart.points] == [None, NOW]
    assert [dot.value for dot in chart.dots] == [20.0, 30.0]
    heights = [y for _x, y in places(shape(chart, "line"))]
    assert heights == sorted(heights, reverse=True), "more supply stands higher"


def test_what_was_out_evenly_is_past():
    assert unlock_chart(NOW, [release(-10, 40.0, ends=-1), release(-10, 40.0, ends=0)], 50.0) is None


@given(
    st.lists(
        st.tuples(st.integers(1, 3_000), st.floats(1, 1e15), st.one_of(st.none(), st.integers(1, 900))),
        min_size=1,
        max_size=40,
    ),
    st.floats(1, 1e15),
)
def test_all_of_it_is_in_the_box(events, circulating):
    releases = [
        release(begins, amount, ends=None if more is None else begins + more)
        for begins, amount, more in events
    ]
    chart = unlock_chart(NOW, releases, circulating)
    assert stays_inside(chart)
    assert sum(point.width for point in chart.points) == pytest.approx(chart.width)


def test_no_unlock_to_come_is_no_chart():
    assert unlock_chart(NOW, [release(-1)], 50.0) is None
