"""Capital events: splits, offerings and convertibles that change the number of a company's shares."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, days_until, positive
from assets.metrics.facts import Facts

CAPITAL_EVENTS: Final = (
    "split",
    "reverse_split",
    "shelf",
    "at_the_market",
    "offering",
    "convertible",
    "private_placement",
)
SPLITS: Final = ("split", "reverse_split")
TOXIC: Final = ("at_the_market", "convertible")
"""Shares sold into the market day by day, or converted below its price: both press on it while they last."""

TWO_YEARS_DAYS: Final = 731


def measures(facts: Facts) -> pd.DataFrame:
    """Who reads a company's filings sees its splits; without any there were none.

    An at-the-market programme or a convertible may stand within a filing's text: none that is known
    does not mean that there was none.
    """
    events = Groups.of(facts.capital, facts.asset_ids)
    days_ago = -days_until(events.rows["happened_on"], facts.now)
    recent = (days_ago >= 0) & (days_ago <= TWO_YEARS_DAYS)
    is_read = facts.asset_ids.isin(facts.filings.index) | (events.count() > 0)

    def counted(names: tuple[str, ...]) -> Column:
        found = events.where(events.rows["event"].isin(names).to_numpy() & recent).count()
        return np.where(is_read, found, np.nan)

    return pd.DataFrame(
        {
            "reverse_splits_24m": counted(("reverse_split",)),
            "toxic_offerings_24m": positive(counted(TOXIC)),
        },
        index=facts.asset_ids,
    )
