"""Filing events: what filed documents say, by item, and which of them nobody has read or could decide.

An item of an 8-K is on the list of filings before anybody reads it. A document that is only listed, or whose
words no rule decides, is open: what it would say is not known.
"""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.capital import READING_HOLDS_DAYS, TWO_YEARS_DAYS, read_until
from assets.metrics.columns import Column, Groups, Mask, days_until
from assets.metrics.facts import Facts, once
from assets.metrics.sessions import day_of
from assets.metrics.unit_changes import FILED

LISTED: Final = "listed"
OPEN: Final = frozenset({LISTED, "undecided", "reference_only"})
INDEXED: Final = "indexed"
"""A day's index names it: the company's list of filings has more than was read of it."""
DELISTING: Final = "25"
"""The subject of a Form 25; those of an 8-K are its items."""
NAMED_ITEMS: Final = frozenset({"1.03", "2.04", "3.01", "4.01", "4.02"})
"""Items of an 8-K of which a criterion asks what they say."""

AN_ITEM: Final = ("asset_id", "accession", "subject")


@once
def item_events(facts: Facts) -> pd.DataFrame:
    """Of each document and item the last word that decides, else one that doesn't; `days_ago` it was filed.

    From old to new.
    """
    rows = facts.filing_events
    is_decided = ~rows["event"].isin(OPEN).to_numpy(np.bool_)
    known = rows.assign(is_open=~is_decided, days_ago=-days_until(rows["filed_on"], facts.now))
    decided_last = known.sort_values("is_open", ascending=False, kind="stable")
    last = decided_last.drop_duplicates([*AN_ITEM], keep="last")
    return last.sort_values(["filed_on", "accession", "subject"], kind="stable").reset_index(drop=True)


def of_items(facts: Facts, *subjects: str, days: float = TWO_YEARS_DAYS) -> Groups:
    """The events of these items in so many days."""
    rows = item_events(facts)
    if rows.empty:
        return Groups.of(rows, facts.asset_ids)
    wanted = rows["subject"].isin(subjects) & (rows["days_ago"] >= 0) & (rows["days_ago"] <= days)
    return Groups.of(rows[wanted.to_numpy(np.bool_)], facts.asset_ids)


def are_listed(facts: Facts) -> Mask:
    """Whether somebody has looked through all that was filed in 24 months, not long ago."""
    today = day_of(facts.now)
    since: Column = np.full(len(facts.asset_ids), float(today - TWO_YEARS_DAYS))
    return read_until(facts, FILED, since=since) >= today - READING_HOLDS_DAYS
