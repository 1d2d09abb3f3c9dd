from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.metrics import families
from assets.models import MarketSnapshot, PoolSnapshot, SupplySnapshot
from screener.services.dossier.provenance import check_sources, find_conflicts, newest_row

NOW = datetime(2026, 1, 2, tzinfo=UTC)
NOTHING = dict.fromkeys(families.FAMILY_NAMES)


def test_each_family_of_the_kind_is_listed_known_or_not():
    told = {source.family: source for source in check_sources("token", NOTHING, now=NOW)}
    assert {families.MARKET, families.POOLS, families.USAGE} <= set(told)
    assert {families.FUNDAMENTALS, families.FILINGS}.isdisjoint(told)
    assert told[families.MARKET].row is None
    assert not told[families.MARKET].is_stale, "what is not known is not stale"


@pytest.mark.parametrize(("hours", "is_stale"), [(23, False), (24, False), (25, True)])
def test_market_facts_count_for_a_day(hours, is_stale):
    rows = {families.MARKET: MarketSnapshot(as_of=NOW - timedelta(hours=hours))}
    (source,) = check_sources("token", rows, now=NOW)
    assert source.is_stale is is_stale
    assert source.limit == timedelta(hours=24)


def test_pools_are_as_old_as_the_newest_of_them():
    old, new = PoolSnapshot(as_of=NOW - timedelta(days=9)), PoolSnapshot(as_of=NOW)
    (source,) = check_sources("token", {families.POOLS: [old, new]}, now=NOW)
    assert source.row is new
    assert newest_row([]) is None


@pytest.mark.parametrize(("reported", "conflicts"), [(26_000_000, 0), (26_500_000, 1), (None, 0), (0, 0)])
def test_a_reported_market_cap_that_differs_by_a_twentieth_is_a_conflict(reported, conflicts):
    market = MarketSnapshot(market_cap_usd=None if reported is None else Decimal(reported))
    rows = {families.MARKET: market, families.SUPPLY: None}
    found = find_conflicts(rows, figures={"market_cap_usd": 25e6})
    assert [each.what for each in found] == ["market_cap"] * conflicts


@pytest.mark.parametrize(("total", "conflicts"), [(9, 0), (5, 1), (None, 0)])
def test_more_circulating_than_there_is_in_total_is_a_conflict(total, conflicts):
    supply = SupplySnapshot(circulating=Decimal(9), total=None if total is None else Decimal(total))
    found = find_conflicts({families.MARKET: None, families.SUPPLY: supply}, figures={})
    assert [(each.what, each.ours, each.theirs) for each in found] == [("supply", 9, 5)] * conflicts
