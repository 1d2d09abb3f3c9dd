"""Stops: what is bid below them, and how the past would have filled them."""

import numpy as np
import pandas as pd
import pytest

from assets.metrics.bars import Bars
from assets.metrics.columns import Groups
from assets.metrics.selling.outcome import after_others, sell
from assets.metrics.selling.stops import fallen, sell_at_stop, stop_history
from assets.metrics.selling.venues import exit_venues
from tests.assets.metrics.batch import facts_of_one

POOL = {
    "address": "0xa",
    "price_usd": 2.0,
    "reserve_usd": 100_000,
    "pool_type": "constant_product",
    "fee_share": 0.003,
}
BOOK = {"venue": "Kraken", "pair": "A/USD", "bid_usd": 1.99, "ask_usd": 2.01}
LEVELS = [
    {"book": 0, "is_bid": 1.0, "price_usd": 1.99, "quantity": 1_000},
    {"book": 0, "is_bid": 1.0, "price_usd": 1.70, "quantity": 5_000},
    {"book": 0, "is_bid": 0.0, "price_usd": 2.01, "quantity": 9_000},
]


def bars(days):
    """Bars of open, high, low and close, a day each."""
    opened = pd.date_range("2026-01-01", periods=len(days), freq="D")
    rows = pd.DataFrame(days, columns=["open_usd", "high_usd", "low_usd", "close_usd"], dtype=float)
    rows = rows.assign(asset_id=1, opened_at=opened, volume_usd=1.0)
    return Bars.of(Groups.of(rows, pd.Index([1])))


def test_a_stop_in_a_pool_sells_as_after_those_who_pushed_the_price_there():
    venues = exit_venues(facts_of_one(pools=[POOL]), price_usd=2.0)
    ahead = 25_000 * (1 / np.sqrt(0.9) - 1) / 0.997
    found = sell_at_stop(venues, 1_000, 0.10)
    assert found.proceeds_usd == pytest.approx(after_others(venues, ahead, 1_000).proceeds_usd)
    assert found.slippage_share > 0.10
    assert fallen(venues, 0.10).best_usd == pytest.approx(2.0 * 0.9 * 0.997)


def test_a_stop_in_a_book_fills_at_the_next_bid():
    venues = exit_venues(facts_of_one(books=[BOOK], levels=LEVELS), price_usd=2.0)
    assert sell_at_stop(venues, 100, 0.05).average_usd == pytest.approx(1.70 * 0.996)
    assert sell_at_stop(venues, 100, 0.20).unfilled_share == 1


def test_a_deeper_stop_never_brings_more():
    venues = exit_venues(facts_of_one(pools=[POOL], books=[BOOK], levels=LEVELS), price_usd=2.0)
    brought = [sell(venues, 2_000).proceeds_usd] + [
        sell_at_stop(venues, 2_000, each).proceeds_usd for each in (0.05, 0.1, 0.2)
    ]
    assert brought == sorted(brought, reverse=True)


CALM = [(100, 101, 99, 100)] * 21


def test_history_counts_the_days_that_reached_it_and_those_that_opened_below():
    days = [*CALM, (100, 100, 88, 95), (80, 82, 70, 80), (80, 81, 79, 80)]
    found = stop_history(bars(days), 0.10)
    assert (found.days, found.reached_count, found.gaps_count) == (23, 2, 1)
    assert found.worst_open_share == pytest.approx(1 - 80 / 95)
    assert found.worst_low_share == pytest.approx(1 - 70 / 95)
    middle = np.exp((np.log(0.9) + np.log(80 / 95)) / 2)
    assert found.fill_share == pytest.approx(1 - middle)


def test_a_stop_that_was_never_reached_has_no_fill():
    found = stop_history(bars([*CALM, *CALM]), 0.10)
    assert found.reached_count == 0
    assert np.isnan([found.fill_share, found.worst_open_share, found.worst_low_share]).all()


def test_too_few_days_say_nothing():
    assert stop_history(bars(CALM), 0.10) is None
