from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts.overlay import BASE, PriceLine, indexed, overlay_chart
from tests.screener.charts.drawn import places, stays_inside

DAY = datetime(2026, 1, 2, tzinfo=UTC)


def line(first, *values, place=1, name="Alpha"):
    days = tuple(DAY + timedelta(days=first + number) for number in range(len(values)))
    return PriceLine(place=place, name=name, days=days, values=tuple(map(float, values)))


PRICES = st.lists(st.floats(1e-9, 1e9), max_size=30)


def test_all_begin_at_100_on_the_first_day_that_all_have():
    alpha, beta = indexed([line(0, 1, 2, 4, 8), line(2, 50, 25, place=2, name="Beta")])
    assert alpha.days[0] == beta.days[0] == DAY + timedelta(days=2)
    assert alpha.values == (100, 200)
    assert beta.values == (100, 50)
    assert (alpha.change_share, beta.change_share) == (1.0, -0.5)
    assert (alpha.place, beta.place) == (1, 2)


def test_who_has_no_market_that_day_begins_on_its_next_one():
    closed = PriceLine(
        place=2,
        name="Beta",
        days=(DAY - timedelta(days=2), DAY + timedelta(days=1), DAY + timedelta(days=2)),
        values=(1.0, 3.0, 6.0),
    )
    _alpha, beta = indexed([line(0, 1, 2, 4), closed])
    assert beta.values == (100, 200)


@pytest.mark.parametrize("lines", [[], [line(0)], [line(0, 5)]])
def test_fewer_than_two_days_are_no_line(lines):
    assert indexed(lines) == ()
    assert overlay_chart(indexed(lines)) is None


def test_one_that_ended_before_the_others_began_is_left_out():
    (left,) = indexed([line(0, 1, 2), line(50, 3, 4, name="Beta")])
    assert left.name == "Beta"


def test_a_value_holds_until_the_next_one():
    alpha = line(0, 5, 6)
    assert alpha.at(DAY - timedelta(days=1)) is None
    assert alpha.at(DAY + timedelta(hours=5)) == 5
    assert alpha.at(DAY + timedelta(days=9)) == 6


def test_each_line_has_a_class_of_its_own_and_each_day_says_all_values():
    chart = overlay_chart(indexed([line(0, 1, 2, 3), line(1, 5, 4, place=3, name="Beta")]))
    assert chart is not None
    assert stays_inside(chart)
    assert [each.kind for each in chart.shapes] == ["line line-1", "line line-3"]
    assert [each.values["values"] for each in chart.points] == [
        (("Alpha", 100.0), ("Beta", 100.0)),
        (("Alpha", 150.0), ("Beta", 80.0)),
    ]
    assert [each.value for each in chart.levels] == [BASE]
    assert places(chart.shapes[0].path)[0][1] == pytest.approx(chart.levels[0].y, abs=0.1)


def test_a_price_that_has_risen_fiftyfold_does_not_flatten_the_others():
    chart = overlay_chart(indexed([line(0, 1, 50), line(0, 1, 0.5, place=2)]))
    assert chart is not None
    falls = places(chart.shapes[1].path)
    assert falls[1][1] - falls[0][1] > 20
    assert {each.value for each in chart.y_ticks} == {100.0, 1000.0}


def test_prices_that_never_moved_stand_in_the_middle():
    chart = overlay_chart(indexed([line(0, 7, 7)]))
    assert chart is not None
    assert 80 < places(chart.shapes[0].path)[0][1] < 120


@given(st.lists(st.tuples(st.integers(0, 40), PRICES), max_size=5))
def test_whatever_the_prices_lines_begin_at_100_and_stay_inside(drawn):
    lines = indexed([line(first, *prices, place=place) for place, (first, prices) in enumerate(drawn, 1)])
    chart = overlay_chart(lines)
    assert (chart is None) == (not lines)
    assert all(each.values[0] == BASE and len(each.days) >= 2 for each in lines)
    if chart:
        assert stays_inside(chart)
