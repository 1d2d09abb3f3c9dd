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
        ({"trades_24h": 100}, "pass"),
        ({"trades_24h": 99}, "caution"),
        ({"trades_24h": 20}, "caution"),
        ({"trades_24h": 19}, "fail"),
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
        ({"revenue_annual_usd": 5e6}, "pass"),
        ({"revenue_annual_usd": 4.9e6}, "caution"),
        ({"revenue_annual_usd": 1e6}, "caution"),
        ({"revenue_annual_usd": 0.9e6}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "revenue_growth"): [
        ({"revenue_growth_share": 0.3}, "pass"),
        ({"revenue_growth_share": 0}, "pass"),
        ({"revenue_growth_share": -0.01}, "caution"),
        ({"revenue_growth_share": -0.2}, "caution"),
        ({"revenue_growth_share": -0.21}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "price_to_sales"): [
        ({"price_to_sales": 3, "revenue_annual_usd": 1e6}, "pass"),
        ({"price_to_sales": 3.1, "revenue_annual_usd": 1e6}, "caution"),
        ({"price_to_sales": 10, "revenue_annual_usd": 1e6}, "caution"),
        ({"price_to_sales": 10.1, "revenue_annual_usd": 1e6}, "fail"),
        ({"revenue_annual_usd": 0}, "fail"),
        ({}, "unknown"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"utility.{name}", kind=kind, **measures).state == state


@pytest.mark.parametrize(
    ("sector", "measures", "state"),
    [
        ("DeFi", {"mcap_to_tvl": 1, "tvl_usd": 1e6}, "pass"),
        ("defi", {"mcap_to_tvl": 1.1, "tvl_usd": 1e6}, "caution"),
        ("Decentralized Finance (DeFi)", {"mcap_to_tvl": 5, "tvl_usd": 1e6}, "caution"),
        ("DeFi", {"mcap_to_tvl": 5.1, "tvl_usd": 1e6}, "fail"),
        ("DeFi", {"tvl_usd": 0}, "fail"),
        ("DeFi", {}, "unknown"),
        ("Meme", {"mcap_to_tvl": 0.1, "tvl_usd": 1e6}, "n-a"),
        ("", {}, "n-a"),
    ],
)
def test_market_cap_to_tvl_is_asked_of_defi_alone(sector, measures, state):
    assert finding("utility.market_cap_to_tvl", sector=sector, **measures).state == state


def test_the_price_of_no_revenue_is_told_without_a_ratio():
    told = finding("utility.price_of_revenue", revenue_annual_usd=0)
    assert (told.value, told.values) == (None, {"revenue_annual_usd": 0})
