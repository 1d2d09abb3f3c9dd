"""A daily bar against its neighbours and the other markets of its day: prices that nobody else could get."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, Places, positive
from assets.metrics.facts import Facts
from assets.metrics.witnesses.turns import around_turns, prices_now
from assets.metrics.witnesses.witness import Doubt, agrees, differs

LEAST_WICK: Final = 2.5
MOST_WICK: Final = 10.0
USUAL_RANGES: Final = 10.0
"""A wick is believed up to ten of the asset's usual daily ranges, but no further than ten times what the
days around it opened and closed at, and always to two and a half times (our judgement)."""
SPIKE_FACTOR: Final = 5.0
"""So far from both neighbours, while these are near each other, is no day's price."""
NEAR_FACTOR: Final = 2.0
LONGEST_RUN: Final = 3
RUN_FACTOR: Final = 20.0
"""A few bars in a row, all so far from those around them, are of another unit or another pool: a rally of
five times within a day is traded and gone the next one, one of twenty is not (our judgement)."""
PRICES: Final = ("open_usd", "high_usd", "low_usd", "close_usd")


def lone_wick(facts: Facts) -> Iterator[Doubt]:
    """A high or a low of one bar far beyond what it and its neighbours opened and closed at.

    Where another market of the same price was traded that day, it is the witness instead.
    """
    bars = Groups.of(facts.candles, facts.asset_ids)
    rows = _places(facts, bars)
    opened, high, low, closed = (positive(bars[name]) for name in PRICES)
    top, bottom = np.fmax(opened, closed), np.fmin(opened, closed)
    around_top = np.fmax(top, np.fmax(_neighbour(bars, top, 1), _neighbour(bars, top, -1)))
    around_bottom = np.fmin(bottom, np.fmin(_neighbour(bars, bottom, 1), _neighbour(bars, bottom, -1)))
    limit = _believed_wick(bars, high, low)
    is_seen = agrees(closed, positive(bars["others_close_usd"]), factor=NEAR_FACTOR)
    others_high, others_low = (positive(bars[f"others_{name}_usd"]) for name in ("high", "low"))
    around_top = np.where(is_seen, np.fmax(top, others_high), around_top)
    around_bottom = np.where(is_seen, np.fmin(bottom, others_low), around_bottom)
    limit = np.where(is_seen, LEAST_WICK, limit)
    too_high, too_low = high > around_top * limit, low * limit < around_bottom
    yield Doubt(frame="candles", field="high_usd", rows=rows[too_high], against=around_top[too_high])
    yield Doubt(frame="candles", field="low_usd", rows=rows[too_low], against=around_bottom[too_low])


def lone_bar(facts: Facts) -> Iterator[Doubt]:
    """Bars whose open or close is far from both neighbours that are near each other: all of them; and those
    that close far from where another market does, which had the price of their neighbours as well."""
    bars = Groups.of(facts.candles, facts.asset_ids)
    rows = _places(facts, bars)
    closed, others = positive(bars["close_usd"]), positive(bars["others_close_usd"])
    usual = around_turns(bars, prices_now(facts, bars))
    for length in range(LONGEST_RUN, 0, -1):
        start, around = _runs(bars, length, factor=SPIKE_FACTOR if length == 1 else RUN_FACTOR)
        for step in range(length):
            usual[start + step] = around
    usual = np.where(agrees(closed, others, factor=NEAR_FACTOR), np.nan, usual)
    is_met = np.zeros(len(rows), dtype=np.bool_)
    for step in (1, -1):
        here, there = _neighbour(bars, closed, step), _neighbour(bars, others, step)
        is_met |= agrees(here, there, factor=NEAR_FACTOR) & agrees(here, others, factor=SPIKE_FACTOR)
    usual = np.where(is_met & differs(closed, others, factor=SPIKE_FACTOR), others, usual)
    is_off = ~np.isnan(usual)
    for name in PRICES:
        yield Doubt(frame="candles", field=name, rows=rows[is_off], against=usual[is_off])


def _runs(bars: Groups, length: int, *, factor: float) -> tuple[Places, Column]:
    """The first bar of each run of so many that are far from the bars around it; and what these are about."""
    opened, closed = positive(bars["open_usd"]), positive(bars["close_usd"])
    start = np.arange(1, len(opened) - length)
    before, after = closed[start - 1], opened[start + length]
    is_run = (bars.owner[start - 1] == bars.owner[start + length]) & agrees(before, after, factor=NEAR_FACTOR)
    for step in range(length):
        is_far = np.zeros(start.size, dtype=np.bool_)
        for price in (opened[start + step], closed[start + step]):
            is_far |= differs(price, before, factor=factor) & differs(price, after, factor=factor)
        is_run &= is_far
    return start[is_run], np.sqrt(before * after)[is_run]


def _places(facts: Facts, bars: Groups) -> Places:
    """The rows of these bars in the frame, which has those of one asset together, from old to new."""
    return np.asarray(facts.candles.index.get_indexer(bars.rows.index), dtype=np.intp)


def _neighbour(bars: Groups, values: Column, step: int) -> Column:
    """Each bar's value of the bar before (1) or after (−1) of the same asset and market."""
    series = bars.owner
    moved = np.full(len(values), np.nan)
    if step > 0:
        moved[1:] = np.where(series[1:] == series[:-1], values[:-1], np.nan)
    else:
        moved[:-1] = np.where(series[1:] == series[:-1], values[1:], np.nan)
    return moved


def _believed_wick(bars: Groups, high: Column, low: Column) -> Column:
    """By bar how many times what is around it a wick may reach: by the median range of its asset's bars."""
    ranges = np.log(high) - np.log(low)
    usual = np.exp(USUAL_RANGES * _medians(bars, ranges))[bars.owner]
    limit: Column = np.clip(np.nan_to_num(usual, nan=MOST_WICK), LEAST_WICK, MOST_WICK)
    return limit


def _medians(bars: Groups, values: Column) -> Column:
    """By asset the median of what is known; NaN where nothing is."""
    is_known: Mask = ~np.isnan(values)
    owner, known = bars.owner[is_known], values[is_known]
    order = np.lexsort((known, owner))
    count = np.bincount(owner, minlength=bars.size)
    start = np.cumsum(count) - count
    median = np.full(bars.size, np.nan)
    some = count > 0
    low, high = start[some] + (count[some] - 1) // 2, start[some] + count[some] // 2
    ordered = known[order]
    median[some] = (ordered[low] + ordered[high]) / 2
    return median
