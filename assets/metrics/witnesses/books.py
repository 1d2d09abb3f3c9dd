"""Order books against the asset's price: a book of another price is another coin's of the same code."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask, positive
from assets.metrics.facts import Facts
from assets.metrics.market import quoted_price
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.witnesses.witness import Doubt, differs

FOREIGN_TIMES: Final = 3.0
"""A book whose middle is more than so many times the asset's price, or less than that part, is another's.

Our judgement: venues of one coin differ by some per cent, prices of two days rarely by a factor of two."""


def foreign_book(facts: Facts) -> Iterator[Doubt]:
    """A bid that is no price of this asset."""
    prices = prices_of(facts)
    rows = np.flatnonzero(is_foreign(facts.books, prices))
    against = positive(prices.reindex(facts.books["asset_id"]))[rows]
    yield Doubt(frame="books", field="bid_usd", rows=rows, against=against)


def prices_of(facts: Facts) -> "pd.Series[float]":
    """By asset id its price in the unit of today, which is a book's."""
    return pd.Series(quoted_price(facts, changes=UnitChanges.of(facts)), index=facts.asset_ids)


def is_foreign(books: pd.DataFrame, prices: "pd.Series[float]") -> Mask:
    """By book whether its middle is far from its asset's price; not where either is not known."""
    middles = positive((books["bid_usd"] + books["ask_usd"]) / 2)
    return differs(middles, positive(prices.reindex(books["asset_id"])), factor=FOREIGN_TIMES)
