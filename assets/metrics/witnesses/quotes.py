"""Prices of one asset against each other: the market's, each order book's, each pool's, the last close.

A book under a code that another coin has, or in a currency that is not the one it says, has the price of
something else; so has a pool of which the two sides were mixed up.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.candles import bars_in_units
from assets.metrics.columns import Column, Groups, Mask, Places, positive
from assets.metrics.facts import Facts, once
from assets.metrics.families import MARKET
from assets.metrics.market import quoted_price
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.witnesses.witness import Doubt, agrees, days_of, differs, limit_days, of_one_time

PRICE_FACTOR: Final = 3.0
"""Answers of one time, which may be days apart: a price may have trebled in between (our judgement)."""
SAME_FACTOR: Final = 1.5
FEWEST: Final = 2
"""So many other prices that agree with each other outweigh the market's, if none supports it."""
OF_BOOK: Final = ("bid_usd", "ask_usd", "spread_share", "depth_up_usd", "depth_down_usd", "volume_24h_usd")
OF_POOL: Final = ("price_usd", "reserve_usd", "base_reserve", "quote_reserve", "volume_24h_usd")


def market_price(facts: Facts) -> Iterator[Doubt]:
    """A market price that books, pools and the last close contradict, all of them alike."""
    changes, market = UnitChanges.of(facts), facts.aligned("market")
    is_off, least = _outvoted(facts)
    in_new_units = changes.of_quotes(market["price_usd_at"])
    yield Doubt.of_assets(facts, "market", "price_usd", is_off, least * in_new_units)


def venue_price(facts: Facts) -> Iterator[Doubt]:
    """A book or a pool whose price is far from the market's, which is not outvoted."""
    price = np.where(_outvoted(facts)[0], np.nan, quoted_price(facts))
    books, mids = _mids(facts)
    rows, said = _far(books, _then(facts, mids, books, "bid_usd_at"), price, facts.books.index)
    for field in OF_BOOK:
        yield Doubt(frame="books", field=field, rows=rows, against=_in_usd(field, "bid_usd", "ask_usd", said))
    orders = np.flatnonzero(facts.levels["book"].isin(facts.books.index[rows]))
    yield Doubt(frame="levels", field="price_usd", rows=orders, against=np.full(len(orders), np.nan))
    pools = Groups.of(facts.pools, facts.asset_ids)
    of_pools = _then(facts, positive(pools["price_usd"]), pools, "price_usd_at")
    rows, said = _far(pools, of_pools, price, facts.pools.index)
    for field in OF_POOL:
        yield Doubt(frame="pools", field=field, rows=rows, against=_in_usd(field, "price_usd", "", said))


def _mids(facts: Facts) -> tuple[Groups, Column]:
    books = Groups.of(facts.books, facts.asset_ids)
    return books, (positive(books["bid_usd"]) + positive(books["ask_usd"])) / 2


@once
def _outvoted(facts: Facts) -> tuple[Mask, Column]:
    """By asset whether the others agree that it is another price than the market's; and that price."""
    price = quoted_price(facts)
    owner, others = _others(facts)
    size, mine = len(price), price[owner]
    support = np.bincount(owner[agrees(others, mine, factor=SAME_FACTOR)], minlength=size)
    far = differs(others, mine, factor=PRICE_FACTOR)
    count = np.bincount(owner[far], minlength=size)
    least, most = np.full(size, np.nan), np.full(size, np.nan)
    np.fmin.at(least, owner[far], others[far])
    np.fmax.at(most, owner[far], others[far])
    is_off = (support == 0) & (count >= FEWEST) & agrees(least, most, factor=SAME_FACTOR)
    return np.asarray(is_off, dtype=np.bool_), least


def _others(facts: Facts) -> tuple[Places, Column]:
    """Every other price of the market price's own time, and the place of its asset in the batch."""
    books, mids = _mids(facts)
    pools, bars = Groups.of(facts.pools, facts.asset_ids), bars_in_units(facts).today
    every = np.arange(bars.size, dtype=np.intp)
    closed = bars.last(bars.day.astype(np.float64)) + 1
    last = _of_its_time(facts, np.exp(bars.last(bars.close)), closed, every)
    owner = np.concatenate([books.owner, pools.owner, every])
    of_books = _then(facts, mids, books, "bid_usd_at")
    of_pools = _then(facts, positive(pools["price_usd"]), pools, "price_usd_at")
    return owner, np.concatenate([of_books, of_pools, last])


def _then(facts: Facts, prices: Column, venues: Groups, moment: str) -> Column:
    """The prices of venues that are of the market price's own time."""
    return _of_its_time(facts, prices, days_of(venues.rows[moment]), venues.owner)


def _of_its_time(facts: Facts, prices: Column, days: Column, owner: Places) -> Column:
    quoted = days_of(facts.aligned("market")["price_usd_at"])
    return of_one_time(prices, days, quoted[owner], within_days=limit_days(facts, MARKET)[owner])


def _far(venues: Groups, prices: Column, market: Column, index: "pd.Index[int]") -> tuple[Places, Column]:
    """The rows whose price is far from their asset's, and the latter."""
    far = differs(prices, market[venues.owner], factor=PRICE_FACTOR)
    rows = index.get_indexer(venues.rows.index[far])
    return np.asarray(rows, dtype=np.intp), market[venues.owner[far]]


def _in_usd(field: str, first: str, second: str, said: Column) -> Column:
    return said if field in (first, second) else np.full(len(said), np.nan)
