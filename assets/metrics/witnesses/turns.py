"""Turns of a price history: weeks at another price that begin and end from one day to the next.

Another unit, another pool or another coin of the same name: nobody could trade at both prices.
"""

from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Places, positive
from assets.metrics.facts import Facts
from assets.metrics.market import quoted_price
from assets.metrics.witnesses.witness import agrees, days_of, differs

LONGEST_DAYS: Final = 30
A_TURN: Final = 20.0
THERE_AND_BACK: Final = 100.0
"""From one close to the next so many times, or to that part; all the time between both turns the price is
further than the second from that around them (our judgement)."""
NEAR_FACTOR: Final = 2.0


def around_turns(bars: Groups, now: Column) -> Column:
    """By bar between two turns the price around them; NaN of all others.

    `now` is the asset's price beside its last bar, which may be the second turn: of a history that is off to
    its end it says so.
    """
    opened, closed = positive(bars["open_usd"]), positive(bars["close_usd"])
    usual = np.full(len(closed), np.nan)
    turns = _turns(bars, closed)
    for start in turns.tolist():
        before = closed[start - 1]
        end, after, least = _return(start, before, turns, bars, closed, now)
        middle = np.sqrt(before * after)
        if end == start or not np.isnan(usual[start]) or not _all_far(closed[start:end], middle, least):
            continue
        usual[start:end] = middle
        if end < len(opened) and differs(opened[end], after, factor=A_TURN):
            usual[end] = middle  # it opened where the others closed
    return usual


def prices_now(facts: Facts, bars: Groups) -> Column:
    """Beside the last bar of each asset its market's price of the day after; NaN beside all others."""
    price = quoted_price(facts)[bars.owner]
    asked_at = days_of(facts.aligned("market")["price_usd_at"])[bars.owner]
    is_last = np.append(bars.owner[1:] != bars.owner[:-1], True)[: len(bars.owner)]
    ended_at = days_of(bars.rows["opened_at"]) + 1
    return np.where(is_last & (np.abs(asked_at - ended_at) <= 1), price, np.nan)


def _turns(bars: Groups, closed: Column) -> Places:
    """The bars that close far from where the bar before did."""
    is_next = bars.owner[1:] == bars.owner[:-1]
    return np.flatnonzero(is_next & differs(closed[1:], closed[:-1], factor=A_TURN)) + 1


def _return(
    start: int, before: float, turns: Places, bars: Groups, closed: Column, now: Column
) -> tuple[int, float, float]:
    """Where the run from here ends (`start` where it does not), at which price, how far off it has to be."""
    latest = min(start + LONGEST_DAYS, len(closed))
    same = np.flatnonzero(bars.owner[start:latest] == bars.owner[start]) + start
    for end in np.intersect1d(turns[turns > start], same).tolist():
        if agrees(closed[end], before, factor=NEAR_FACTOR):
            return end, float(closed[end]), THERE_AND_BACK
    last = int(same[-1])
    if agrees(now[last], before, factor=NEAR_FACTOR):
        return last + 1, float(now[last]), A_TURN
    return start, before, THERE_AND_BACK


def _all_far(closed: Column, middle: float, least: float) -> bool:
    return bool(differs(closed, np.full(len(closed), middle), factor=least).all())
