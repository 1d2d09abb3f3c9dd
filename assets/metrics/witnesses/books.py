"""Order books against the asset's price: a book of another price is another coin's of the same code."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Mask
from assets.metrics.facts import Facts
from assets.metrics.witnesses.witness import Doubt, differs

FOREIGN_TIMES: Final = 3.0
"""A book whose middle is more than so many times the asset's price, or less than that part, is another's.

Our judgement: venues of one coin differ by some per cent, prices of two days rarely by a factor of two."""


def foreign_book(facts: Facts) -> Iterator[Doubt]:
    """A bid that is no price of this asset."""
    prices = _prices(facts.books, facts.market)
    rows = np.flatnonzero(is_foreign(facts.books, facts.market))
    yield Doubt(frame="books", field="bid_usd", rows=rows, against=prices[rows])


def is_foreign(books: pd.DataFrame, market: pd.DataFrame) -> Mask:
    """By book whether its middle is far from the asset's price; not where either is not known."""
    middles = (books["bid_usd"] + books["ask_usd"]).to_numpy(np.float64) / 2
    return differs(middles, _prices(books, market), factor=FOREIGN_TIMES)


def _prices(books: pd.DataFrame, market: pd.DataFrame) -> Column:
    return market["price_usd"].reindex(books["asset_id"]).to_numpy(np.float64)
