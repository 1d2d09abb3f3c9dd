"""Daily bars made up for tests: prices that wander and trades that bounce between bid and ask."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from assets.metrics.bars import Bars
from assets.metrics.columns import Groups
from assets.metrics.facts import frame

PRICES = ("open", "high", "low", "close")


def candle(day, *prices, volume_usd=1_000.0, asset_id=1):
    """One row of `facts.candles`; one price stands for all four."""
    four = prices if len(prices) == 4 else prices * 4
    by_column = {f"{name}_usd": price for name, price in zip(PRICES, four, strict=True)}
    return {"asset_id": asset_id, "market": "m", "opened_at": day, "volume_usd": volume_usd, **by_column}


def days(count, *, first=datetime(2026, 3, 1, tzinfo=UTC)):
    return [first + timedelta(days=each) for each in range(count)]


def random_prices(seed, count, *, sigma=0.05, spread=0.01, trades_a_day=24):
    """Open, high, low and close of so many days, as columns."""
    dice = np.random.default_rng(seed)
    steps = dice.normal(0, sigma / np.sqrt(trades_a_day), count * trades_a_day)
    bounce = dice.choice([-1, 1], count * trades_a_day) * spread / 2
    trades = np.exp(np.cumsum(steps) + bounce).reshape(count, trades_a_day)
    return trades[:, 0], trades.max(axis=1), trades.min(axis=1), trades[:, -1]


def random_candles(seed, count, *, asset_id=1, volume_usd=1_000.0, **how):
    rows = zip(days(count), *random_prices(seed, count, **how), strict=True)
    return [candle(*row, asset_id=asset_id, volume_usd=volume_usd) for row in rows]


def bars_of(rows, ids=(1,)):
    """The bars of rows of `facts.candles`, for a batch of these assets."""
    return Bars.of(Groups.of(frame("candles", rows), pd.Index(ids)))
