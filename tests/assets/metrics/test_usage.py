import numpy as np
import pytest

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from assets.metrics.usage import activity_ratio, price_to_sales
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan


def one(value):
    return np.array([value], dtype=float)


@pytest.mark.parametrize(
    ("last", "prior", "expected"),
    [(80, 200, 0.8), (0, 200, 0), (80, 0, NAN), (NAN, 200, NAN), (80, NAN, NAN)],
)
def test_activity_is_against_an_average_month(last, prior, expected):
    assert activity_ratio(one(last), one(prior)) == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(
    ("valuation", "revenue", "expected"), [(20e6, 1e6, 20), (20e6, 0, NAN), (NAN, 1, NAN)]
)
def test_price_to_sales(valuation, revenue, expected):
    assert price_to_sales(one(valuation), one(revenue)) == pytest.approx([expected], nan_ok=True)


def test_a_token_is_held_against_its_full_dilution_and_a_share_against_its_market_cap():
    rows = {
        "market": {"price_usd": 2},
        "supply": {"circulating": 10e6, "total": 20e6},
        "usage": {"revenue_annual_usd": 4e6},
        "fundamentals": {"revenue_ttm_usd": 5e6},
    }
    assert measured(kind="token", **rows)["price_to_sales"] == 10
    assert measured(kind="equity", **rows)["price_to_sales"] == 4


def test_no_revenue_is_known_and_its_price_is_not():
    found = measured(
        market={"price_usd": 2}, supply={"circulating": 1, "total": 1}, usage={"revenue_annual_usd": 0}
    )
    assert found["revenue_annual_usd"] == 0
    assert np.isnan(found["price_to_sales"])


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_a_loss_is_known_and_has_no_multiple(kind):
    found = measured(
        kind=kind,
        market={"price_usd": 2, "market_cap_usd": 5e6},
        supply={"circulating": 1e6, "total": 1e6},
        usage={"revenue_annual_usd": -318_700},
        fundamentals={"revenue_ttm_usd": -318_700},
    )
    assert found["revenue_annual_usd"] == -318_700
    assert np.isnan(found["price_to_sales"])


def test_more_than_all_money_is_lost_by_nobody():
    assert np.isnan(measured(usage={"revenue_annual_usd": -1e16})["revenue_annual_usd"])


def test_market_cap_to_tvl():
    rows = {"market": {"price_usd": 2}, "supply": {"circulating": 10e6}}
    assert measured(**rows, usage={"tvl_usd": 40e6})["mcap_to_tvl"] == 0.5
    assert np.isnan(measured(**rows, usage={"tvl_usd": 0})["mcap_to_tvl"])


@pytest.mark.parametrize("absurd", [-1, np.inf, None])
def test_absurd_use_is_not_known(absurd):
    assert np.isnan(measured(usage={"active_addresses_30d": absurd})["active_addresses_30d"])


@pytest.mark.parametrize(
    ("of_sector", "revenue", "expected"),
    [
        (2, 5e6, 2),
        (8, 5e6, 0.5),
        (None, 5e6, NAN),
        (0, 5e6, NAN),
        (-1, 5e6, NAN),
        (2, 0, NAN),
        (2, None, NAN),
    ],
)
def test_price_to_sales_is_held_against_the_median_of_the_sector(of_sector, revenue, expected):
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "equity", "sector_price_to_sales": of_sector}],
        market=[{"asset_id": 1, "price_usd": 2}],
        supply=[{"asset_id": 1, "circulating": 10e6}],
        fundamentals=[{"asset_id": 1, "revenue_ttm_usd": revenue}],
    )
    found = measure(facts, position_usd=1)["price_to_sales_of_sector"]
    assert found.tolist() == pytest.approx([expected], nan_ok=True)


POOL = {"address": "p", "reserve_usd": 50_000, "quote_is_listed": True}


@pytest.mark.parametrize(
    ("facts", "least"),
    [
        ({"market": {"traders_24h": 4_000}}, 4_000),
        (
            {
                "pools": [
                    {**POOL, "buyers_24h": 30, "sellers_24h": 70},
                    {**POOL, "address": "q", "buyers_24h": 50},
                ]
            },
            70,
        ),
        ({"pools": [{**POOL, "buyers_24h": 900, "quote_is_listed": False}]}, NAN),
        ({"market": {"traders_24h": 40}, "usage": {"active_addresses_least_30d": 1_500}}, 1_500),
        ({"market": {"traders_24h": 4_000}, "usage": {"active_addresses_30d": 90}}, NAN),
        ({}, NAN),
    ],
)
def test_the_traders_of_a_day_are_the_least_that_used_it_in_a_month(facts, least):
    """Those of two pools may be the same ones; where somebody counted a month, that counts."""
    assert measured(**facts)["active_addresses_least_30d"] == pytest.approx(least, nan_ok=True)
