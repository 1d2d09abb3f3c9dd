from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import HEIGHT, Bar, price_chart
from tests.screener.charts.drawn import places, shape, stays_inside

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def bar(place, *, start=1.0, close=1.0, volume=None):
    return Bar(
        at=NOW + timedelta(days=place),
        open=start,
        high=max(start, close) * 1.1,
        low=min(start, close) * 0.9,
        close=close,
        volume=volume,
    )


PRICE = st.floats(min_value=1e-12, max_value=1e9)


@given(st.lists(st.tuples(PRICE, PRICE, st.none() | st.floats(min_value=0, max_value=1e12)), min_size=2))
def test_all_of_it_is_in_the_box_and_can_be_read(days):
    bars = [
        bar(place, start=start, close=close, volume=volume)
        for place, (start, close, volume) in enumerate(days)
    ]
    chart = price_chart(bars)
    assert stays_inside(chart)
    assert [point.values["close"] for point in chart.points] == [close for _start, close, _volume in days]


def test_higher_prices_stand_higher_and_rises_are_apart_from_falls():
    chart = price_chart([bar(0, start=1, close=2), bar(1, start=2, close=4), bar(2, start=4, close=3)])
    first, second = places(shape(chart, "body rising"))
    (fall,) = places(shape(chart, "body falling"))
    assert first[1] > second[1], "y grows downwards"
    assert first[0] < second[0] < fall[0]


def test_a_day_without_change_is_still_drawn():
    body = shape(price_chart([bar(0), bar(1)]), "body rising")
    assert body.count("v1.0") == 2


def test_the_most_volume_is_the_tallest_and_none_is_no_bar():
    chart = price_chart([bar(0, volume=10), bar(1, volume=5), bar(2)])
    (first, tall), (second, half) = places(shape(chart, "volume"))
    assert first < second
    assert HEIGHT - tall == 2 * (HEIGHT - half)


@pytest.mark.parametrize("days", [0, 1])
def test_less_than_two_days_are_no_chart(days):
    assert price_chart([bar(place) for place in range(days)]) is None
