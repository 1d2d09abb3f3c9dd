from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.market import market_cap_usd, tiers
from assets.metrics.size_tiers import TIER_STEPS, TIERS
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan


def test_the_worked_example():
    """$0.50 × 50 M circulating is $25 M; after an unlock to 70 M at the same price, $35 M."""
    assert market_cap_usd(np.array([0.5, 0.5]), np.array([50e6, 70e6])).tolist() == [25e6, 35e6]
    before = measured(market={"price_usd": 0.5}, supply={"circulating": 50e6, "total": 100e6})
    after = measured(market={"price_usd": 0.5}, supply={"circulating": 70e6, "total": 100e6})
    assert (before["market_cap_usd"], after["market_cap_usd"]) == (25e6, 35e6)
    assert before["fully_diluted_usd"] == after["fully_diluted_usd"] == 50e6


def test_market_cap_is_of_the_units_counted_and_not_the_reported_one():
    reported = {"price_usd": 2, "market_cap_usd": 999, "fully_diluted_usd": 999, "units_in_cap": 12}
    counted = measured(market=reported, supply={"circulating": 10, "total": 15})
    assert (counted["market_cap_usd"], counted["fully_diluted_usd"]) == (20, 30)


@pytest.mark.parametrize(
    ("reported", "supply", "cap", "diluted"),
    [
        ({"units_in_cap": 10, "units_in_diluted": 40}, {}, 20, 80),
        ({"units_in_diluted": 40}, {}, NAN, 80),
        ({"units_in_cap": 10}, {}, 20, NAN),
        ({"units_in_cap": 10, "units_in_diluted": 40}, {"circulating": 5}, 10, 80),
        ({"units_in_cap": 10, "units_in_diluted": 40}, {"total": 30}, 20, 60),
        ({"units_in_cap": 10, "units_in_diluted": 40}, {"maximum": 50}, 20, 100),
        ({"units_in_cap": 43, "units_in_diluted": 40}, {}, 86, 80),
        ({"units_in_cap": 40, "units_in_diluted": 40}, {}, NAN, 80),
        ({"units_in_cap": 40.01, "units_in_diluted": 40}, {}, NAN, 80),
        ({"units_in_cap": 39.9, "units_in_diluted": 40}, {}, 79.8, 80),
        ({"units_in_cap": 30}, {"total": 30}, NAN, 60),
        ({"units_in_cap": 45, "units_in_diluted": 40}, {}, NAN, NAN),
        ({"units_in_cap": 45, "units_in_diluted": 40}, {"total": 30}, NAN, 60),
        ({"units_in_diluted": 40}, {"circulating": 45}, 90, NAN),
        ({"market_cap_usd": 999, "fully_diluted_usd": 999}, {}, NAN, NAN),
    ],
    ids=[
        *("both are told", "of the FDV follows no cap", "of the cap follows no FDV"),
        *("circulating is counted", "a total is counted", "a max is counted"),
        "rounded",
        *("the FDV once more", "the FDV, rounded", "less than the FDV", "all that there is"),
        *("more than the FDV", "more than there is", "the FDV of one chain"),
        "over no price of their own",
    ],
)
def test_of_a_token_that_nobody_counts_what_the_market_tells_counts(reported, supply, cap, diluted):
    found = measured(market={"price_usd": 2, **reported}, supply=supply)
    assert found["market_cap_usd"] == pytest.approx(cap, nan_ok=True)
    assert found["fully_diluted_usd"] == pytest.approx(diluted, nan_ok=True)
    assert np.isnan(found["circulating_supply"]) == ("circulating" not in supply)
    assert np.isnan(found["float_share"])


def test_what_is_told_is_of_the_units_of_its_day():
    day = timedelta(days=1)
    merged = {"event": "redenomination", "happened_on": NOW - 5 * day, "ratio": 0.1, "evidence": "reported"}
    told = {"units_in_diluted": 40, "units_in_diluted_at": NOW - 9 * day}
    found = measured(market={"price_usd": 20, "price_usd_at": NOW, **told}, capital=[merged])
    assert found["fully_diluted_usd"] == 80


def test_of_a_company_a_told_cap_stands_in_for_no_count_of_shares():
    told = {"price_usd": 2, "units_in_cap": 10, "units_in_diluted": 10}
    found = measured(kind="equity", market=told)
    assert found[["market_cap_usd", "fully_diluted_usd"]].isna().all()


def test_fully_diluted_uses_the_max_supply_where_there_is_one():
    found = measured(market={"price_usd": 2}, supply={"total": 10, "maximum": 30})
    assert found["fully_diluted_usd"] == 60


def test_without_a_market_price_the_deepest_pool_counts():
    pools = [
        {"price_usd": 9, "reserve_usd": 100},
        {"price_usd": 2, "reserve_usd": 5_000, "volume_24h_usd": 70},
        {"price_usd": 7, "volume_24h_usd": 30},
    ]
    found = measured(pools=pools)
    assert (found["price_usd"], found["volume_24h_usd"]) == (2, 100)
    assert measured(pools=pools, market={"price_usd": 3, "volume_24h_usd": 1})["price_usd"] == 3


@pytest.mark.parametrize("absurd", [0, -1, np.inf, 1e16])
def test_an_absurd_price_is_not_known(absurd):
    found = measured(market={"price_usd": absurd}, supply={"circulating": 1})
    assert found[["price_usd", "market_cap_usd"]].isna().all()


def test_a_market_cap_above_all_money_is_not_known():
    found = measured(market={"price_usd": 1e10}, supply={"circulating": 1e10})
    assert np.isnan(found["market_cap_usd"])


@pytest.mark.parametrize(("counted_days_ago", "cap"), [(60, NAN), (2, 24e6)])
def test_shares_of_before_a_noticed_change_of_units_make_no_market_cap(counted_days_ago, cap):
    """Articles and rights were changed, as a report says: the price may be that of the new shares already."""
    day = timedelta(days=1)
    noticed = {"event": "unit_change", "earliest_on": NOW - 17 * day, "happened_on": NOW - 3 * day}
    found = measured(
        kind="equity",
        market={"price_usd": 6.0, "price_usd_at": NOW},
        supply={"circulating": 4e6, "circulating_at": NOW - counted_days_ago * day},
        fundamentals={"revenue_ttm_usd": 3e6},
        capital=[noticed | {"evidence": "noticed"}],
        readings=[{"subject": "splits", "read_until": NOW - 60 * day}],
    )
    assert found["market_cap_usd"] == pytest.approx(cap, nan_ok=True)
    assert found["price_to_sales"] == pytest.approx(cap / 3e6, nan_ok=True)
    assert np.isnan(found["reverse_splits_24m"])


def test_a_volume_of_zero_is_known():
    assert measured(market={"volume_24h_usd": 0})["volume_24h_usd"] == 0


@pytest.mark.parametrize(
    ("kind", "cap", "diluted", "expected"),
    [
        ("equity", 49.9e6, NAN, "nano"),
        ("equity", 50e6, NAN, "micro"),
        ("equity", 300e6, NAN, "small"),
        ("equity", 2e9, NAN, "mid"),
        ("equity", 10e9, NAN, "large"),
        ("token", 25e6, NAN, "micro"),
        ("token", 99.9e6, NAN, "micro"),
        ("token", 100e6, 1e12, "small"),
        ("token", NAN, 99e6, "micro"),
        ("token", NAN, 100e6, ""),
        ("equity", NAN, 40e6, "nano"),
        ("equity", NAN, 299e6, "micro"),
        ("equity", NAN, 300e6, ""),
        ("token", NAN, NAN, ""),
    ],
)
def test_tiers(kind, cap, diluted, expected):
    assert tiers([kind], *map(np.array, ([cap], [diluted], [NAN]))).tolist() == [expected]


@pytest.mark.parametrize(
    ("kind", "cap", "diluted", "public_float", "expected"),
    [
        ("equity", NAN, NAN, 20e6, "nano"),
        ("equity", NAN, NAN, 60e6, "micro"),
        ("equity", 400e6, NAN, 20e6, "small"),
        ("equity", NAN, 400e6, 20e6, ""),
        ("token", NAN, NAN, 20e6, ""),
    ],
    ids=["nano", "micro", "market cap first", "a price is known", "tokens have none"],
)
def test_without_a_price_a_company_has_the_tier_of_its_public_float(
    kind, cap, diluted, public_float, expected
):
    assert tiers([kind], *map(np.array, ([cap], [diluted], [public_float]))).tolist() == [expected]


def test_steps_of_tiers_can_be_set():
    steps = {"token": (("micro", 10.0),)}
    nothing = np.array([NAN, NAN])
    found = tiers(["token", "token"], np.array([9.0, 10.0]), nothing, nothing, steps=steps)
    assert found.tolist() == ["micro", "large"]


def test_every_step_is_a_known_tier():
    assert {name for steps in TIER_STEPS.values() for name, _limit in steps} < set(TIERS)
