from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import Release, unlock_chart
from tests.screener.charts.drawn import places, shape, stays_inside

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def release(days, amount=20.0):
    return Release(at=NOW + timedelta(days=days), amount=amount, category="team")


def test_the_supply_steps_up_at_each_unlock_to_come():
    chart = unlock_chart(NOW, [release(40), release(-9), release(9, 5.0)], 50.0)
    assert [point.values["supply"] for point in chart.points] == [55.0, 75.0]
    assert [dot.value for dot in chart.dots] == [5.0, 20.0]
    line = places(shape(chart, "line"))
    assert line[-1][1] < line[0][1], "more supply stands higher"


@given(
    st.lists(st.tuples(st.integers(1, 3_000), st.floats(1, 1e15)), min_size=1, max_size=40),
    st.floats(1, 1e15),
)
def test_all_of_it_is_in_the_box(events, circulating):
    chart = unlock_chart(NOW, [release(*event) for event in events], circulating)
    assert stays_inside(chart)
    assert sum(point.width for point in chart.points) == pytest.approx(chart.width)


def test_no_unlock_to_come_is_no_chart():
    assert unlock_chart(NOW, [release(-1)], 50.0) is None
