import pytest

from tests.screener.checklist.asking import finding

# (measures, state): a good value, the exact thresholds, beyond them, not known.
TABLE = {
    ("token", "active_addresses"): [
        ({"active_addresses_30d": 5_000}, "pass"),
        ({"active_addresses_30d": 1_000}, "pass"),
        ({"active_addresses_30d": 999}, "caution"),
        ({"active_addresses_30d": 100}, "caution"),
        ({"active_addresses_30d": 99}, "fail"),
        ({"active_addresses_30d": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "trading_activity"): [
        ({"trades_24h": 300}, "pass"),
        ({"trades_24h": 299}, "caution"),
        ({"trades_24h": 30}, "caution"),
        ({"trades_24h": 29}, "fail"),
        ({"trades_24h": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "activity_trend"): [
        ({"activity_ratio": 1.2}, "pass"),
        ({"activity_ratio": 0.8}, "pass"),
        ({"activity_ratio": 0.79}, "caution"),
        ({"activity_ratio": 0.5}, "caution"),
        ({"activity_ratio": 0.49}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "price_of_revenue"): [
        ({"price_to_sales": 20, "revenue_annual_usd": 1e6}, "pass"),
        ({"price_to_sales": 20.1, "revenue_annual_usd": 1e6}, "caution"),
        ({"price_to_sales": 100, "revenue_annual_usd": 1e6}, "caution"),
        ({"price_to_sales": 101, "revenue_annual_usd": 1e6}, "fail"),
        ({"revenue_annual_usd": 0}, "fail"),
        ({"revenue_annual_usd": 1e6}, "unknown"),
        ({}, "unknown"),
    ],
    ("equity", "revenue"): [
        ({"revenue_annual_usd": 5e6, "revenue_growth_share": 0}, "pass"),
        ({"revenue_annual_usd": 5e6}, "pass"),
        ({"revenue_annual_usd": 5e6, "revenue_growth_share": -0.01}, "caution"),
        ({"revenue_annual_usd": 4.9e6, "revenue_growth_share": 0.5}, "caution"),
        ({"revenue_annual_usd": 1e6}, "caution"),
        ({"revenue_annual_usd": 0.9e6, "revenue_growth_share": 0.5}, "fail"),
        ({"revenue_growth_share": 0.5}, "unknown"),
        ({}, "unknown"),
    ],
    ("equity", "piotroski"): [
        ({"piotroski_f": 9}, "pass"),
        ({"piotroski_f": 7}, "pass"),
        ({"piotroski_f": 6}, "caution"),
        ({"piotroski_f": 4}, "caution"),
        ({"piotroski_f": 3}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "price_to_sales"): [
        ({"price_to_sales_of_sector": 1, "revenue_annual_usd": 1e6}, "pass"),
        ({"price_to_sales_of_sector": 1.1, "revenue_annual_usd": 1e6}, "caution"),
        ({"price_to_sales_of_sector": 3, "revenue_annual_usd": 1e6}, "caution"),
        ({"price_to_sales_of_sector": 3.1, "revenue_annual_usd": 1e6}, "fail"),
        ({"revenue_annual_usd": 0}, "fail"),
        ({"revenue_annual_usd": 1e6}, "unknown"),
        ({}, "unknown"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"utility.{name}", kind=kind, **measures).state == state


OF_DEFI = [
    ({"mcap_to_tvl": 1, "tvl_usd": 1e6}, "pass"),
    ({"mcap_to_tvl": 1.1, "tvl_usd": 1e6}, "caution"),
    ({"mcap_to_tvl": 5, "tvl_usd": 1e6}, "caution"),
    ({"mcap_to_tvl": 5.1, "tvl_usd": 1e6}, "fail"),
    ({"tvl_usd": 0}, "fail"),
    ({}, "unknown"),
]


@pytest.mark.parametrize("sector", ["DeFi", "defi", "Decentralized Finance (DeFi)"])
@pytest.mark.parametrize(("measures", "state"), OF_DEFI)
def test_market_cap_to_tvl_is_asked_of_defi(sector, measures, state):
    assert finding("utility.market_cap_to_tvl", sector=sector, **measures).state == state


@pytest.mark.parametrize("sector", ["Meme", ""])
@pytest.mark.parametrize("measures", [{"mcap_to_tvl": 0.1, "tvl_usd": 1e6}, {}])
def test_market_cap_to_tvl_is_not_asked_of_others(sector, measures):
    assert finding("utility.market_cap_to_tvl", sector=sector, **measures).state == "n-a"


def test_the_price_of_no_revenue_is_told_without_a_ratio():
    told = finding("utility.price_of_revenue", revenue_annual_usd=0)
    assert (told.value, told.values) == (None, {"revenue_annual_usd": 0})
