import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.supply import float_share, growth_share, supply_conflict
from tests.assets.metrics.batch import measured

NAN = np.nan
SUPPLIES = st.floats(1, 1e15)


def one(value):
    return np.array([value], dtype=float)


@pytest.mark.parametrize(
    ("circulating", "total", "maximum", "expected"),
    [(50e6, 70e6, 100e6, 0.5), (50e6, 100e6, NAN, 0.5), (50e6, NAN, NAN, NAN), (NAN, 1, 1, NAN)],
)
def test_float_is_against_max_or_total(circulating, total, maximum, expected):
    assert float_share(one(circulating), one(total), one(maximum)) == pytest.approx([expected], nan_ok=True)


def test_supply_that_grew_by_a_fifth():
    assert growth_share(one(120), one(100)) == pytest.approx([0.2])


@pytest.mark.parametrize(
    ("circulating", "total", "maximum", "expected"),
    [(90, 100, NAN, 0), (101, 100, NAN, 1), (100.05, 100, NAN, 0), (90, 95, 80, 1), (90, NAN, NAN, NAN)],
)
def test_more_cannot_circulate_than_exists(circulating, total, maximum, expected):
    assert supply_conflict(one(circulating), one(total), one(maximum)) == pytest.approx(
        [expected], nan_ok=True
    )


@given(circulating=SUPPLIES, total=SUPPLIES)
def test_without_a_conflict_the_float_is_a_share(circulating, total):
    if supply_conflict(one(circulating), one(total), one(NAN))[0] == 0:
        assert 0 < float_share(one(circulating), one(total), one(NAN))[0] <= 1.001


def test_a_conflict_keeps_the_values():
    told = measured(supply={"circulating": 200, "total": 100})
    assert told[["circulating_supply", "total_supply", "supply_conflict"]].tolist() == [200, 100, 1]


@pytest.mark.parametrize("reported", [0, -5, np.inf, None])
def test_a_supply_of_nothing_is_not_known(reported):
    told = measured(supply={"circulating": reported, "total": 100})
    assert np.isnan(told["circulating_supply"])
    assert np.isnan(told["float_share"])
