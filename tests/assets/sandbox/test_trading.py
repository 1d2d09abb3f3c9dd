from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox import trading
from assets.sandbox.archetypes import ROTATION
from assets.sandbox.invented import invented

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def test_numbers_are_exact_to_twelve_digits():
    assert trading.exactly(0.1 + 0.2) == Decimal("0.3")
    assert trading.exactly(1e-17) == Decimal("1E-17")


def test_what_nobody_knows_is_not_told():
    (market,) = trading.market(of("no circulating supply"), NOW)
    assert market.market_cap_usd is None
    (supply,) = trading.supply(of("no circulating supply"), NOW)
    assert supply.circulating is None


def test_the_conflict_is_a_conflict():
    now, _year_ago = trading.supply(of("conflicting supply"), NOW)
    assert now.circulating > now.total


def test_an_uncapped_supply_has_no_maximum():
    now, year_ago = trading.supply(of("uncapped"), NOW)
    assert (now.maximum, now.uncapped) == (None, True)
    assert year_ago.circulating < now.circulating


def test_a_dead_pool_has_no_trades():
    asset = of("dead pool")
    assert all(pool.buys_24h == pool.sells_24h == 0 for pool in trading.pools(asset, NOW))
    assert all(pool.volume_24h_usd == 0 for pool in trading.pools(asset, NOW))


def test_a_reported_cap_can_be_wrong():
    asset = of("misreported cap")
    (market,) = trading.market(asset, NOW)
    supply, _year_ago = trading.supply(asset, NOW)
    off = market.market_cap_usd / (market.price_usd * supply.circulating)
    assert float(off) == pytest.approx(1.3)


@given(st.integers(0, 2_000))
def test_a_pool_holds_both_sides_in_units(index):
    for pool in trading.pools(invented(index), NOW):
        assert float(pool.base_reserve * pool.price_usd * 2) == pytest.approx(float(pool.reserve_usd))
        worth_usd = dict(trading.COUNTERPARTS)[pool.pair.split(" / ")[1]]
        assert float(pool.quote_reserve) * worth_usd * 2 == pytest.approx(float(pool.reserve_usd))


@given(st.integers(0, 2_000))
def test_the_shares_of_a_pool_are_burned_locked_or_free(index):
    for pool in trading.pools(invented(index), NOW):
        assert pool.lp_burned_share + pool.lp_locked_share + pool.lp_free_share == pytest.approx(1)
        assert bool(pool.lp_free_holder) is (pool.lp_free_share > 0)
        assert pool.lp_largest_free_share == pool.lp_free_share, "one person holds all that is free"
        assert pool.lp_free_holder_is_wallet is (True if pool.lp_free_holder else None)


def test_a_draining_pool_loses_a_part_each_day_until_it_is_filled_up():
    asset = of("draining pool")
    reserves = [
        next(trading.pools(asset, NOW + timedelta(days=day))).reserve_usd
        for day in range(trading.DRAINED_IN_DAYS)
    ]
    falls = [float(after / before) for before, after in pairwise(reserves)]
    assert sum(fall == pytest.approx(0.93) for fall in falls) >= len(falls) - 1
    assert min(reserves) < max(reserves) / 20


def test_other_pools_keep_what_they_have():
    first, later = (
        next(trading.pools(of("thin pool"), NOW + timedelta(days=day))).reserve_usd for day in (0, 5)
    )
    assert first == later


def test_nobody_sells_a_honeypot():
    for pool in trading.pools(of("honeypot"), NOW):
        assert pool.sells_24h == 0
        assert pool.buys_24h > 0


def test_candles_join_day_to_day():
    bars = list(trading.candles(of("steady vesting"), NOW))
    assert len(bars) == trading.CANDLE_DAYS
    assert all(before.close_usd == after.open_usd for before, after in pairwise(bars[:-1]))
