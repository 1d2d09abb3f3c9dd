from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import runway_chart
from tests.screener.charts.drawn import places, shape, stays_inside

COUNTED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_cash_falls_evenly_from_the_day_it_was_counted_and_the_dot_is_today():
    now = COUNTED_AT + timedelta(days=365.25 / 2)
    chart = runway_chart(12e6, 12, counted_at=COUNTED_AT, now=now)
    (dot,) = chart.dots
    assert stays_inside(chart)
    assert dot.value == pytest.approx(6e6)
    assert [point.values["cash"] for point in chart.points] == pytest.approx(
        [number * 1e6 for number in range(12, -1, -1)]
    )
    assert chart.points[-1].values["at"] == COUNTED_AT + timedelta(days=365.25)


def test_what_was_spent_long_ago_is_nothing_today():
    now = COUNTED_AT + timedelta(days=400)
    chart = runway_chart(1e6, 2.5, counted_at=COUNTED_AT, now=now)
    (dot,) = chart.dots
    assert (dot.value, dot.x) == (0, pytest.approx(1_000))
    assert stays_inside(chart)
    assert len(places(shape(chart, "line"))) == 2


@pytest.mark.parametrize(("cash", "months"), [(0.0, 0.0), (-1.0, 3.0), (1e6, 0.0)])
def test_without_cash_there_is_no_runway(cash, months):
    assert runway_chart(cash, months, counted_at=COUNTED_AT, now=COUNTED_AT) is None


@given(st.floats(1, 1e12), st.floats(0.01, 119), st.integers(0, 5_000))
def test_it_is_read_from_left_to_right_and_never_below_nothing(cash, months, days):
    chart = runway_chart(cash, months, counted_at=COUNTED_AT, now=COUNTED_AT + timedelta(days=days))
    moments = [point.values["at"] for point in chart.points]
    assert moments == sorted(set(moments))
    assert all(point.values["cash"] >= 0 and point.width >= 0 for point in chart.points)
