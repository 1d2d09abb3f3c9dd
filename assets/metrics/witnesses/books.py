"""Order books against the asset's price: a book of another price is another coin's of the same code."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask, positive
from assets.metrics.facts import Facts
from assets.metrics.families import MARKET
from assets.metrics.market import quoted_price
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.witnesses.witness import Doubt, days_of, differs, limit_days, of_one_time

FOREIGN_TIMES: Final = 3.0
"""A book whose middle is more than so many times the asset's price, or less than that part, is another's.

Our judgement: venues of one coin differ by some per cent, prices of two days rarely by a factor of two."""


def foreign_book(facts: Facts) -> Iterator[Doubt]:
    """A bid that is no price of this asset."""
    prices = prices_of(facts)
    rows = np.flatnonzero(is_foreign(facts.books, prices))
    against = positive(prices["price_usd"].reindex(facts.books["asset_id"]))[rows]
    yield Doubt(frame="books", field="bid_usd", rows=rows, against=against)


def prices_of(facts: Facts) -> pd.DataFrame:
    """By asset id its `price_usd` in the unit of today, which is a book's; the `day` of which it is, and for
    how many days it may stand (`holds_days`)."""
    columns = {
        "price_usd": quoted_price(facts, changes=UnitChanges.of(facts)),
        "day": days_of(facts.market.reindex(facts.asset_ids)["price_usd_at"]),
        "holds_days": limit_days(facts, MARKET),
    }
    return pd.DataFrame(columns, index=facts.asset_ids)


def is_foreign(books: pd.DataFrame, prices: pd.DataFrame) -> Mask:
    """By book (of the moment `bid_usd_at`) whether its middle is far from its asset's price of that time;
    not where either is not known."""
    middles = positive((books["bid_usd"] + books["ask_usd"]) / 2)
    price, day, holds = prices.reindex(books["asset_id"]).to_numpy(np.float64).T
    price = of_one_time(positive(price), day, days_of(books["bid_usd_at"]), within_days=holds)
    return differs(middles, price, factor=FOREIGN_TIMES)
