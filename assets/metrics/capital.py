"""Capital events: what changes an asset's units, and offerings and convertibles that make more of them."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, days_until
from assets.metrics.facts import Facts
from assets.metrics.families import EQUITY
from assets.metrics.sessions import day_of
from assets.metrics.unit_changes import (
    OFFERINGS,
    SPLIT_NOTICES,
    SPLITS,
    UNIT_CHANGES,
    UnitChanges,
    days_since_epoch,
)

CAPITAL_EVENTS: Final = (
    *UNIT_CHANGES,
    "shelf",
    "at_the_market",
    "offering",
    "convertible",
    "private_placement",
    "prospectus",
    "unregistered_sale",
)
"""The last two are papers of a sale of securities, shares or others, which nobody has read."""
TOXIC: Final = ("at_the_market", "convertible")
"""Shares sold into the market day by day, or converted below its price: both press on it while they last."""

TWO_YEARS_DAYS: Final = 731
READING_HOLDS_DAYS: Final = 120.0
"""So long after a reading "none" may be said: as long as filings support a pass."""
REPORTS_APART_DAYS: Final = 230.0
"""Between two reports, the second one late: what happened since the newest one, only notices tell."""


def measures(facts: Facts, *, changes: UnitChanges) -> pd.DataFrame:
    """None is known of only where somebody read for it; a few that are known are the least there were."""
    today = day_of(facts.now)
    is_read = offerings_are_read(facts, today=today)
    splits = reverse_splits(facts, changes, today=today)
    is_open = np.isnan(splits) | ~is_read
    return pd.DataFrame(
        {
            "reverse_splits_24m": splits,
            "toxic_offerings_24m": toxic_offerings(facts, is_read=is_read),
            "dilution_open": np.where(facts.assets["kind"] == EQUITY, is_open, np.nan),
        },
        index=facts.asset_ids,
    )


def reverse_splits(facts: Facts, changes: UnitChanges, *, today: int) -> Column:
    """Reverse splits of 24 months; NaN where none is known and one may be: unread, or of unknown kind."""
    is_recent = (changes.old_until < today) & (changes.new_from >= today - TWO_YEARS_DAYS)
    found = (is_recent & (changes.direction == -1)).sum(axis=1).astype(np.float64)
    is_open = (is_recent & (changes.direction == 0) & np.isnan(changes.ratio)).any(axis=1)
    return np.where((found > 0) | (splits_are_read(facts, today=today) & ~is_open), found, np.nan)


def splits_are_read(facts: Facts, *, today: int) -> Mask:
    """Whether somebody looked for the splits of 24 months: in reports, and since the newest in notices."""
    long_ago = np.full(len(facts.asset_ids), float(today - TWO_YEARS_DAYS))
    reported = read_until(facts, SPLITS, since=long_ago)
    noticed = read_until(facts, SPLIT_NOTICES, since=reported)
    holds = today - READING_HOLDS_DAYS
    return (reported >= holds) | ((reported >= today - REPORTS_APART_DAYS) & (noticed >= holds))


def offerings_are_read(facts: Facts, *, today: int) -> Mask:
    """Whether somebody looked for the offerings of 24 months."""
    long_ago = np.full(len(facts.asset_ids), float(today - TWO_YEARS_DAYS))
    return read_until(facts, OFFERINGS, since=long_ago) >= today - READING_HOLDS_DAYS


def toxic_offerings(facts: Facts, *, is_read: Mask) -> Column:
    """ATM programmes and convertibles of 24 months; 0 only where somebody read for offerings."""
    events = Groups.of(facts.capital, facts.asset_ids)
    days_ago = -days_until(events.rows["happened_on"], facts.now)
    is_recent = (days_ago >= 0) & (days_ago <= TWO_YEARS_DAYS)
    found = events.where(events.rows["event"].isin(TOXIC).to_numpy() & is_recent).count()
    return np.where((found > 0) | is_read, found, np.nan)


def read_until(facts: Facts, subject: str, *, since: Column) -> Column:
    """Until which day somebody read for a subject who began no later than `since`; NaN where nobody did."""
    rows = facts.readings[facts.readings["subject"] == subject]
    readings = Groups.of(rows, facts.asset_ids)
    began = np.nan_to_num(days_since_epoch(readings.rows["read_since"]), nan=-np.inf)
    until = days_since_epoch(readings.rows["read_until"])
    return readings.most(np.where(began <= since[readings.owner], until, np.nan))
