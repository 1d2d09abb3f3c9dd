from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.supply import float_share, supply_conflict
from tests.assets.metrics.batch import NOW, measured

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
    found = measured(supply={"circulating": 200, "total": 100})
    assert found[["circulating_supply", "total_supply", "supply_conflict"]].tolist() == [200, 100, 1]


@pytest.mark.parametrize("reported", [0, -5, np.inf, None])
def test_a_supply_of_nothing_is_not_known(reported):
    found = measured(supply={"circulating": reported, "total": 100})
    assert np.isnan(found["circulating_supply"])
    assert np.isnan(found["float_share"])


COUNTED = {"circulating_at": NOW, "circulating_year_ago_at": NOW - timedelta(days=365)}


@pytest.mark.parametrize(
    ("now", "year_ago", "event", "ratio", "expected"),
    [
        (120, 100, None, None, 0.2),
        (24, 100, "reverse_split", 0.2, 0.2),  # 100 old shares are 20 new ones; 4 more were issued
        (10, 100, "reverse_split", 0.1, 0),
        (600, 100, "split", 3, 1),
        (24, 100, "offering", 0.2, -0.76),
        (24, 100, "reverse_split", None, NAN),
        (24, None, "reverse_split", 0.2, NAN),
        (None, 100, "reverse_split", 0.2, NAN),
        (120, 0, None, None, NAN),
    ],
)
def test_dilution_is_counted_after_splits(now, year_ago, event, ratio, expected):
    capital = [{"event": event, "happened_on": NOW - timedelta(days=200), "ratio": ratio}] if event else []
    supply = {"circulating": now, "circulating_year_ago": year_ago, **COUNTED}
    found = measured(kind="equity", supply=supply, capital=capital)
    assert found["emission_12m_share"] == pytest.approx(expected, abs=1e-12, nan_ok=True)


@settings(max_examples=20)
@given(shares=st.floats(1, 1e12), ratio=st.floats(0.001, 1000))
def test_a_split_alone_dilutes_nobody(shares, ratio):
    split = {"event": "split", "happened_on": NOW - timedelta(days=200), "ratio": ratio}
    supply = {"circulating": shares * ratio, "circulating_year_ago": shares, **COUNTED}
    assert measured(kind="equity", supply=supply, capital=[split])["emission_12m_share"] == pytest.approx(
        0, abs=1e-9
    )


@pytest.mark.parametrize(("days_ago", "is_known"), [(200, False), (500, True)])
def test_shares_of_before_a_merger_with_a_shell_were_another_companys(days_ago, is_known):
    """Its growth is no dilution of the holders of today; a merger of more than a year ago is past."""
    day = NOW - timedelta(days=days_ago)
    merger = [{"event": "unit_change", "earliest_on": day, "happened_on": day + timedelta(days=14)}]
    supply = {"circulating": 150e6, "circulating_at": NOW, "circulating_year_ago": 29e6}
    supply |= {"circulating_year_ago_at": NOW - timedelta(days=365)}
    growth = measured(kind="equity", supply=supply, capital=merger)["emission_12m_share"]
    assert np.isnan(growth) != is_known
