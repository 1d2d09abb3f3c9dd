"""Insolvency: bankruptcy or receivership of the company (8-K item 1.03), and debt called early (item
2.04)."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column
from assets.metrics.facts import Facts
from assets.metrics.filing_events import OPEN, are_listed, of_items
from assets.metrics.venues import BANKRUPT

NONE, OVER, PENDING = 0.0, 1.0, 2.0
"""No bankruptcy; one that is over, or a subsidiary's; one that is pending."""
MILDER: Final = frozenset({"emerged", "subsidiary"})


def measures(facts: Facts) -> pd.DataFrame:
    """What is none is known only of whom somebody looked through all filings of 24 months. An exchange's word
    that a company is bankrupt counts as its own."""
    is_listed = are_listed(facts)
    level = _bankruptcy(facts)
    status = facts.aligned("venues")["financial_status"].fillna("")
    is_said = status.str.split("+").map(lambda words: BANKRUPT in words).to_numpy(np.bool_)
    level = np.where(is_said, PENDING, level)
    calls = of_items(facts, "2.04")
    events = calls.rows["event"]
    certain = calls.where((events == "acceleration").to_numpy(np.bool_)).count()
    possible = calls.where(events.isin([*OPEN]).to_numpy(np.bool_)).count()
    return pd.DataFrame(
        {
            "bankruptcy_level": np.where((level > NONE) | is_listed, level, np.nan),
            "debt_calls_24m": np.where((certain > 0) | is_listed, certain, np.nan),
            "debt_calls_24m_most": np.where((certain > 0) | is_listed, certain + possible, np.nan),
        },
        index=facts.asset_ids,
    )


def _bankruptcy(facts: Facts) -> Column:
    """By the newest item 1.03; NaN where nobody has read what it says."""
    events = of_items(facts, "1.03")
    is_milder = [bool(MILDER & {*each.split()}) for each in events.rows["reasons"]]
    level = np.where(is_milder, OVER, PENDING)
    level = np.where(events.rows["event"].isin([*OPEN]).to_numpy(np.bool_), np.nan, level)
    newest = events.of_largest(-events["days_ago"], level)
    return np.where(events.count() > 0, newest, NONE)
