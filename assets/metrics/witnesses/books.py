"""Order books against the asset's price: a book of another price is another coin's of the same code."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, positive, usd
from assets.metrics.facts import Facts
from assets.metrics.families import MARKET
from assets.metrics.market import quoted_price
from assets.metrics.pools import is_quote_unknown
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.witnesses.witness import Doubt, days_of, differs, limit_days

FOREIGN_TIMES: Final = 3.0
"""A book whose middle is more than so many times the asset's price, or less than that part, is another's.

Our judgement: venues of one coin differ by some per cent, prices of two days rarely by a factor of two."""


MOST_TIMES: Final = 100.0
OLDEST_DAYS: Final = 90.0
"""Beside a price of another day the limit widens as prices drift, with the square root of time, but no
further than this; an older price says nothing (our judgement)."""
LEAST_RESERVE_USD: Final = 1_000.0
"""Nobody keeps a smaller pool at the price of the market (our judgement)."""


def foreign_book(facts: Facts) -> Iterator[Doubt]:
    """A bid that is no price of this asset."""
    prices = prices_of(facts)
    rows = np.flatnonzero(is_foreign(facts.books, prices))
    against = positive(prices["price_usd"].reindex(facts.books["asset_id"]))[rows]
    for field in ("bid_usd", "last_usd"):
        yield Doubt(frame="books", field=field, rows=rows, against=against)


def prices_of(facts: Facts) -> pd.DataFrame:
    """By asset id its `price_usd` in the unit of today, which is a book's; the `day` of which it is, and for
    how many days it may stand (`holds_days`).

    The market's, or the deepest pool's where that is much newer: a pool is named by a contract and no code.
    """
    changes, holds = UnitChanges.of(facts), limit_days(facts, MARKET)
    price = quoted_price(facts)
    day = days_of(facts.aligned("market")["price_usd_at"])
    of_pool, pool_day = _deepest_pool(facts)
    is_newer = ~np.isnan(of_pool) & (np.isnan(price) | (pool_day - day > holds))
    columns = {
        "price_usd": np.where(is_newer, of_pool / changes.factor(np.floor(pool_day)), price),
        "day": np.where(is_newer, pool_day, day),
        "holds_days": holds,
    }
    return pd.DataFrame(columns, index=facts.asset_ids)


def _deepest_pool(facts: Facts) -> tuple[Column, Column]:
    """By asset the price in its pool with the largest reserve and a listed counterpart; and of which day."""
    pools = Groups.of(facts.pools, facts.asset_ids)
    is_priced = (pools["quote_is_listed"] != 0) & ~is_quote_unknown(pools)
    price = np.where(is_priced, positive(pools["price_usd"]), np.nan)
    reserve = np.where(np.isnan(price), np.nan, usd(pools["reserve_usd"]))
    price = np.where(reserve >= LEAST_RESERVE_USD, price, np.nan)
    return pools.of_largest(reserve, price), pools.of_largest(reserve, days_of(pools.rows["price_usd_at"]))


def is_foreign(books: pd.DataFrame, prices: pd.DataFrame) -> Mask:
    """By book whether its middle, or its last price, is far from its asset's price of that time, or further
    from an older one than prices drift until then; not where either is not known."""
    middles, last = positive((books["bid_usd"] + books["ask_usd"]) / 2), positive(books["last_usd"])
    is_quoted = ~np.isnan(middles)
    middles = np.where(is_quoted, middles, last)
    price, day, holds = prices.reindex(books["asset_id"]).to_numpy(np.float64).T
    asked = np.where(is_quoted, days_of(books["bid_usd_at"]), days_of(books["last_usd_at"]))
    apart = np.nan_to_num(np.abs(asked - day), nan=0.0)
    price = np.where(apart > OLDEST_DAYS, np.nan, positive(price))
    times = FOREIGN_TIMES ** np.sqrt(np.maximum(apart / np.fmax(holds, 1), 1))
    return differs(middles, price, factor=np.minimum(times, MOST_TIMES))
