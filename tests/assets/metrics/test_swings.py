from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from assets.metrics.candles import LEAST_BARS, measures
from assets.metrics.facts import Facts
from assets.metrics.sessions import day_of, is_open
from assets.metrics.swings import swings
from tests.assets.metrics.series import bars_of, candle, random_prices

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def candles_of(days, *, kind):
    """A walk over these days before, on those of them when the market was open."""
    opened = [
        each
        for each in sorted(days, reverse=True)
        if kind == "token" or is_open(np.array([day_of(NOW) - each]), np.array([True]))[0]
    ]
    walk = zip(opened, *random_prices(3, len(opened), spread=0.04), strict=True)
    midnight = NOW.replace(hour=0)
    return [candle(midnight - timedelta(days=each), *prices) for each, *prices in walk]


def facts_of(candles, *, kind, now=NOW):
    return Facts.of(now=now, assets=[{"asset_id": 1, "kind": kind}], candles=candles)


def swings_of(candles, *, kind, days=90):
    return swings(bars_of(candles), is_equity=kind == "equity", days=days)


@pytest.mark.parametrize("kind", ["token", "equity"])
@pytest.mark.parametrize("days", [range(1, 180), [*range(1, 40), *range(60, 140, 2)], range(1, 30)])
def test_each_day_has_what_was_measured_at_its_end(kind, days):
    candles = candles_of(days, kind=kind)
    found = swings_of(candles, kind=kind)
    for day, drawdown, volatility in zip(found.day, found.drawdown, found.volatility, strict=True):
        now = EPOCH + timedelta(days=int(day) + 1, hours=12)
        known = [each for each in candles if each["opened_at"] < now - timedelta(hours=12)]
        then = measures(facts_of(known, kind=kind, now=now)).iloc[0]
        assert drawdown == pytest.approx(then["price_drawdown_90d_share"], nan_ok=True)
        assert volatility == pytest.approx(then["volatility_daily_share"], nan_ok=True)


def test_only_the_days_that_are_wanted_are_told():
    found = swings_of(candles_of(range(1, 120), kind="token"), kind="token", days=30)
    assert len(found.day) == 30
    assert found.day[-1] == day_of(NOW) - 1


def test_too_few_bars_say_how_deep_it_fell_and_not_how_much_it_moves():
    found = swings_of(candles_of(range(1, LEAST_BARS), kind="token"), kind="token")
    assert not np.isnan(found.drawdown).any()
    assert np.isnan(found.volatility).all()


def test_no_bars_are_no_days():
    assert not swings_of([], kind="token").day.size
