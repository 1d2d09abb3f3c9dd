from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

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


@pytest.mark.parametrize(
    ("name", "stale", "depth"), [("stale books", True, True), ("empty book", False, False)]
)
def test_books_have_their_faults(name, stale, depth):
    for book in trading.books(of(name), NOW):
        assert book.stale is stale
        assert (book.depth_down_usd > 0) is depth


def test_candles_join_day_to_day():
    bars = list(trading.candles(of("steady vesting"), NOW))
    assert len(bars) == trading.CANDLE_DAYS
    assert all(before.close_usd == after.open_usd for before, after in pairwise(bars[:-1]))
