import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import overhang_chart
from tests.screener.charts.drawn import places, shape, stays_inside

STRIKES = {2.0: 0.1, 0.5: 0.3}


def test_each_price_adds_its_shares_to_those_below_it():
    chart = overhang_chart(STRIKES, at_any_price=0.05, price_usd=1.0)
    assert stays_inside(chart)
    assert [(point.values["price"], pytest.approx(point.values["share"])) for point in chart.points] == [
        (0, 0.05),
        (0.5, 0.35),
        (2.0, 0.45),
    ]
    (dot,) = chart.dots
    assert dot.value == pytest.approx(0.35)
    heights = [y for _x, y in places(shape(chart, "line"))]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize(("price", "come"), [(0.4, 0), (0.5, 0.3), (1.99, 0.3), (2.0, 0.4), (9.0, 0.4)])
def test_what_has_come_at_the_price_of_today_is_the_dot(price, come):
    (dot,) = overhang_chart(STRIKES, at_any_price=0, price_usd=price).dots
    assert dot.value == pytest.approx(come)


def test_without_a_price_nothing_is_marked_and_without_strikes_nothing_is_drawn():
    assert overhang_chart(STRIKES, at_any_price=0, price_usd=None).dots == ()
    assert overhang_chart({}, at_any_price=0.2, price_usd=1.0) is None


@given(
    st.dictionaries(st.floats(1e-4, 1e4), st.floats(1e-6, 5), min_size=1, max_size=20),
    st.floats(0, 3),
    st.none() | st.floats(1e-4, 1e5),
)
def test_all_that_may_come_is_reached_and_nothing_more(strikes, at_any_price, price):
    chart = overhang_chart(strikes, at_any_price=at_any_price, price_usd=price)
    assert stays_inside(chart)
    assert chart.points[-1].values["share"] == pytest.approx(at_any_price + sum(strikes.values()))
