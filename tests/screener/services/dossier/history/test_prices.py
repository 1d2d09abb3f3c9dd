from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import CandleRow
from tests.factories.example import make_ref
from tests.factories.market import observe

FIRST = datetime(2025, 6, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def closes(prices):
    rows = [
        CandleRow(
            asset=make_ref(),
            as_of=FIRST + day * DAY,
            open_usd=Decimal(str(price)),
            high_usd=Decimal(str(price)),
            low_usd=Decimal(str(price)),
            close_usd=Decimal(str(price)),
            volume_usd=Decimal(9),
        )
        for day, price in enumerate(prices)
    ]
    observe(*rows, family="candles", at=FIRST + len(prices) * DAY)
    return Asset.objects.get()


def test_a_day_beyond_the_band_stands_where_it_ended(db, entries):
    swinging = [100 + day % 2 for day in range(40)]
    asset = closes([*swinging, 130, 131])
    [move] = entries(asset, "price", now=FIRST + 50 * DAY)
    assert move.day == FIRST + 40 * DAY
    assert (move.old_usd, move.new_usd) == pytest.approx((101, 130))
    assert move.change_share == pytest.approx(130 / 101 - 1)
    assert move.volatility_share == pytest.approx(0.01, rel=0.05)


def test_a_day_that_is_not_over_is_no_move(db, entries):
    asset = closes([*(100 + day % 2 for day in range(40)), 130])
    assert entries(asset, "price", now=FIRST + 40 * DAY + timedelta(hours=9)) == []
    assert len(entries(asset, "price", now=FIRST + 41 * DAY)) == 1


def test_without_bars_there_is_no_move(asset, entries):
    assert entries(asset, "price") == []
