import pytest

from tests.screener.checklist.asking import finding
from tests.screener.checklist.thresholds.utility import OF_DEFI, TABLE


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"utility.{name}", kind=kind, **measures).state == state


@pytest.mark.parametrize("sector", ["DeFi", "defi", "Decentralized Finance (DeFi)"])
@pytest.mark.parametrize(("measures", "state"), OF_DEFI)
def test_market_cap_to_tvl_is_asked_of_defi(sector, measures, state):
    assert finding("utility.market_cap_to_tvl", sector=sector, **measures).state == state


@pytest.mark.parametrize("sector", ["Meme", ""])
@pytest.mark.parametrize("measures", [{"mcap_to_tvl": 0.1, "tvl_usd": 1e6}, {}])
def test_market_cap_to_tvl_is_not_asked_of_others(sector, measures):
    assert finding("utility.market_cap_to_tvl", sector=sector, **measures).state == "n-a"


def test_the_price_of_no_revenue_is_told_without_a_ratio():
    answer = finding("utility.price_of_revenue", revenue_annual_usd=0)
    assert (answer.value, answer.values) == (None, {"revenue_annual_usd": 0})
