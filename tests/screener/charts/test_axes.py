from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts.axes import Axis, LogAxis, TimeAxis, round_moments, round_values

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def test_an_axis_may_run_upwards():
    axis = Axis(low=0, high=10, start=200, end=0)
    assert [axis.at(value) for value in (0, 5, 10)] == [200, 100, 0]


def test_an_axis_of_one_value_still_has_a_place_for_it():
    assert Axis(low=3, high=3, start=10, end=20).at(3) == 10


def test_a_log_axis_gives_each_power_of_ten_the_same_room():
    axis = LogAxis(low=100, high=10_000, start=0, end=100)
    assert [(tick.at, tick.value) for tick in axis.ticks()] == [
        (0, 100),
        (pytest.approx(50), 1_000),
        (100, 10_000),
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, (0, 50, 100)),
        (0, 0.3, (0, 0.1, 0.2, 0.3)),
        (-5, 5, (-5, 0, 5)),
        (3, 3, (3,)),
        (0.45, 0.55, (0.45, 0.5, 0.55)),
        (1e-9, 4e-9, (1e-9, 2e-9, 3e-9, 4e-9)),
    ],
)
def test_round_values(low, high, expected):
    assert round_values(low, high) == expected


@given(st.floats(min_value=-1e12, max_value=1e12), st.floats(min_value=1e-9, max_value=1e12))
def test_round_values_are_few_and_in_range(low, span):
    values = round_values(low, low + span)
    assert len(values) <= 9
    assert all(low <= value <= low + span for value in values)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (5, ["01-03", "01-04", "01-05", "01-06", "01-07"]),
        (30, ["01-03", "01-10", "01-17", "01-24", "01-31"]),
        (120, ["02-01", "03-01", "04-01", "05-01"]),
        (700, ["07-01", "01-01", "07-01"]),
    ],
)
def test_round_moments(days, expected):
    moments = round_moments(NOW, NOW + timedelta(days=days))
    assert [f"{each:%m-%d}" for each in moments] == expected
    assert all(each.hour == 0 for each in moments)


@given(st.integers(min_value=0, max_value=20_000))
def test_round_moments_are_few_and_in_range(days):
    last = NOW + timedelta(days=days)
    moments = round_moments(NOW, last)
    assert len(moments) <= 8
    assert all(NOW <= each <= last for each in moments)


def test_years_begin_in_january():
    moments = round_moments(NOW, NOW + timedelta(days=365 * 5))
    assert {(each.month, each.day) for each in moments} == {(1, 1)}


def test_a_time_axis_places_moments():
    axis = TimeAxis(first=NOW, last=NOW + timedelta(days=10), start=0, end=100)
    assert axis.at(NOW + timedelta(days=5)) == 50
    assert all(0 <= tick.at <= 100 for tick in axis.ticks())
