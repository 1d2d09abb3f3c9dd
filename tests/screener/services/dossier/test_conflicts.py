from decimal import Decimal

import pytest

from assets.models import MarketSnapshot, SupplySnapshot
from screener.services.dossier.conflicts import find_conflicts


@pytest.mark.parametrize(("reported", "conflicts"), [(26_000_000, 0), (26_500_000, 1), (None, 0), (0, 0)])
def test_a_reported_market_cap_that_differs_by_a_twentieth_is_a_conflict(reported, conflicts):
    market = MarketSnapshot(market_cap_usd=None if reported is None else Decimal(reported))
    found = find_conflicts(market=market, supply=None, market_cap_usd=25e6)
    assert [each.what for each in found] == ["market_cap"] * conflicts


@pytest.mark.parametrize(("total", "conflicts"), [(9, 0), (5, 1), (None, 0)])
def test_more_circulating_than_there_is_in_total_is_a_conflict(total, conflicts):
    supply = SupplySnapshot(circulating=Decimal(9), total=None if total is None else Decimal(total))
    found = find_conflicts(market=None, supply=supply, market_cap_usd=None)
    assert [(each.what, each.ours, each.theirs) for each in found] == [("supply", 9, 5)] * conflicts
