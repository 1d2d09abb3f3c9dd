import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import charts

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def points(path):
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def inside(chart):
    assert all(0 <= x <= charts.WIDTH and 0 <= y <= charts.HEIGHT for x, y in points(chart.line))


PRICES = st.lists(st.floats(min_value=1e-12, max_value=1e9), min_size=2, max_size=60)


@given(PRICES)
def test_a_price_chart_stays_in_its_box(closes):
    days = [NOW + timedelta(days=place) for place in range(len(closes))]
    chart = charts.price_chart(days, closes, closes, closes, [None] * len(closes))
    inside(chart)
    assert len(chart.marks) == len(closes)
    assert (chart.first, chart.last) == (days[0], days[-1])


def test_higher_prices_stand_higher():
    chart = charts.price_chart([NOW] * 3, [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3])
    first, second, third = (y for _x, y in points(chart.line))
    assert first > second > third


@pytest.mark.parametrize("closes", [[], [1.0]])
def test_less_than_two_days_are_no_chart(closes):
    assert charts.price_chart([NOW] * len(closes), closes, closes, closes, closes) is None


def test_the_own_size_is_marked_on_the_exit_chart():
    sizes, costs = (100, 1_000, 10_000), (0.01, 0.02, 0.2)
    chart = charts.exit_chart(sizes, costs, 1_500)
    inside(chart)
    assert [mark.value for mark in chart.marks] == [0.02]
    assert [tick.value for tick in chart.x_ticks] == list(sizes)
    assert charts.exit_chart((100,), (0.1,), 100) is None


def test_the_supply_path_steps_at_each_unlock_to_come():
    unlocks = [(NOW + timedelta(days=9), 20.0, "team"), (NOW - timedelta(days=9), 5.0, "team")]
    chart = charts.unlock_chart(NOW, unlocks, 50.0)
    inside(chart)
    (mark,) = chart.marks
    assert (mark.value, mark.label) == (20.0, "team")
    assert points(chart.line)[-1][1] < points(chart.line)[0][1], "more supply stands higher"


def test_no_unlock_to_come_is_no_chart():
    assert charts.unlock_chart(NOW, [(NOW - timedelta(days=1), 5.0, "team")], 50.0) is None


def test_holders_fill_the_bar_with_what_nobody_listed_at_the_end():
    pieces = charts.holder_chart([("wallet", 0.3), ("pool", 0.2)], width=100)
    assert [(piece.kind, piece.x, piece.width) for piece in pieces] == [
        ("wallet", 0, 30),
        ("pool", 30, 20),
        ("unlisted", 50, 50),
    ]


@given(st.floats(min_value=-1e12, max_value=1e12), st.floats(min_value=1e-9, max_value=1e12))
def test_ticks_are_few_round_and_in_range(low, span):
    ticks = charts.round_ticks(low, low + span)
    assert len(ticks) <= 9
    assert all(low <= tick <= low + span for tick in ticks)
