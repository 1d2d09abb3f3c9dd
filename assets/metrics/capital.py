"""Capital events: what changes an asset's units, and offerings and convertibles that make more of them."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, days_until, known
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
    "equity_line",
    "offering",
    "convertible",
    "private_placement",
    "prospectus",
    "unregistered_sale",
)
"""The last two are papers of a sale of securities, shares or others, which nobody has read."""
TOXIC: Final = ("equity_line", "convertible")
"""Shares sold to one buyer below the market's price whenever the company asks, or converted below it."""

A_YEAR_DAYS: Final = 365
TWO_YEARS_DAYS: Final = 731
FIVE_YEARS_DAYS: Final = 1_827
NO_CURE_RATIO: Final = 250.0
"""Old shares for a new one in two years, from which on Nasdaq gives no time to cure a low bid price; nor does
it within a year of a reverse split: Nasdaq Rule 5810(c)(3)(A)(iv), SR-NASDAQ-2024-045, approved in January
2025."""
READING_HOLDS_DAYS: Final = 120.0
"""So long after a reading "none" may be said: as long as filings support a pass."""
REPORTS_APART_DAYS: Final = 230.0
"""Between two reports, the second one late: what happened since the newest one, only notices tell."""


def measures(facts: Facts, *, changes: UnitChanges) -> pd.DataFrame:
    """None is known of only where somebody read for it; a few that are known are the least there were."""
    today = day_of(facts.now)
    is_read = offerings_are_read(facts, today=today)
    splits = reverse_splits(facts, changes, today=today)
    of_a_year = reverse_splits(facts, changes, today=today, days=A_YEAR_DAYS)
    merged = merged_ratio(changes, splits, today=today)
    is_open = np.isnan(splits) | ~is_read
    return pd.DataFrame(
        {
            "reverse_splits_24m": splits,
            "reverse_splits_5y": reverse_splits(facts, changes, today=today, days=FIVE_YEARS_DAYS),
            "merged_24m_ratio": merged,
            "bid_price_cure_lost": np.where(
                (of_a_year > 0) | (merged >= NO_CURE_RATIO),
                1.0,
                np.where(np.isnan(of_a_year + merged), np.nan, 0.0),
            ),
            "toxic_offerings_24m": toxic_offerings(facts, is_read=is_read),
            "dilution_open": np.where(facts.assets["kind"] == EQUITY, is_open, np.nan),
        },
        index=facts.asset_ids,
    )


def reverse_splits(facts: Facts, changes: UnitChanges, *, today: int, days: int = TWO_YEARS_DAYS) -> Column:
    """Reverse splits of so many days; NaN where none is known and one may be: unread, or of unknown kind."""
    is_recent = (changes.old_until < today) & (changes.new_from >= today - days)
    found = (is_recent & (changes.direction == -1)).sum(axis=1).astype(np.float64)
    is_open = (is_recent & (changes.direction == 0) & np.isnan(changes.ratio)).any(axis=1)
    is_read = splits_are_read(facts, today=today, days=days)
    return np.where((found > 0) | (is_read & ~is_open), found, np.nan)


def merged_ratio(changes: UnitChanges, splits: Column, *, today: int) -> Column:
    """Old shares for one of today by the reverse splits of 24 months, 0 without one; NaN where one has no
    ratio."""
    is_merger = (
        (changes.old_until < today) & (changes.new_from >= today - TWO_YEARS_DAYS) & (changes.direction == -1)
    )
    with np.errstate(divide="ignore"):
        each = np.where(is_merger, 1 / changes.ratio, 1.0)
    return np.where(splits > 0, known(each.prod(axis=1)), np.where(splits == 0, 0.0, np.nan))


def splits_are_read(facts: Facts, *, today: int, days: int = TWO_YEARS_DAYS) -> Mask:
    """Whether somebody looked for the splits of so many days: in reports, and since the newest in notices."""
    long_ago = np.full(len(facts.asset_ids), float(today - days))
    reported = read_until(facts, SPLITS, since=long_ago)
    noticed = read_until(facts, SPLIT_NOTICES, since=reported)
    holds = today - READING_HOLDS_DAYS
    return (reported >= holds) | ((reported >= today - REPORTS_APART_DAYS) & (noticed >= holds))


def offerings_are_read(facts: Facts, *, today: int) -> Mask:
    """Whether somebody looked for the offerings of 24 months."""
    long_ago = np.full(len(facts.asset_ids), float(today - TWO_YEARS_DAYS))
    return read_until(facts, OFFERINGS, since=long_ago) >= today - READING_HOLDS_DAYS


def toxic_offerings(facts: Facts, *, is_read: Mask) -> Column:
    """Equity lines and convertibles of 24 months; 0 only where somebody read for offerings."""
    events = Groups.of(facts.capital, facts.asset_ids)
    days_ago = -days_until(events.rows["happened_on"], facts.now)
    is_recent = (days_ago >= 0) & (days_ago <= TWO_YEARS_DAYS)
    found = events.where(events.rows["event"].isin(TOXIC).to_numpy() & is_recent).count()
    return np.where((found > 0) | is_read, found, np.nan)


def read_until(facts: Facts, subject: str, *, since: Column) -> Column:
    """Until which day somebody read for a subject who began no later than `since`; NaN where nobody did."""
    if facts.readings.empty:
        return np.full(len(facts.asset_ids), np.nan)
    rows = facts.readings[facts.readings["subject"] == subject]
    readings = Groups.of(rows, facts.asset_ids)
    began = np.nan_to_num(days_since_epoch(readings.rows["read_since"]), nan=-np.inf)
    until = days_since_epoch(readings.rows["read_until"])
    return readings.most(np.where(began <= since[readings.owner], until, np.nan))
