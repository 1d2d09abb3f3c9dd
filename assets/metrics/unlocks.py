"""Unlock schedule: how much comes free, when and for whom, against what circulates and what is traded."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, days_until, known, ratio
from assets.metrics.facts import Facts
from assets.metrics.market import market_cap_usd
from assets.metrics.unit_changes import UnitChanges

UNLOCK_CATEGORIES: Final = (
    "team",
    "investors",
    "treasury",
    "community",
    "ecosystem",
    "public",
    "offering",
    "lockup",
    "other",
)
INSIDER_CATEGORIES: Final = ("team", "investors", "lockup")
COUNTED_OTHERWISE: Final = 0.1
"""Of all there can be: so much do counts of supply and schedules differ (our judgement)."""
LEAST_30D: Final = 0.01
LEAST_12M: Final = 0.05
"""Of circulating supply: of a schedule that is not whole, less than this says nothing (Keyrock's buckets)."""
LEAST_TOLD: Final = 0.01
"""A whole schedule has at least this part of what does not circulate: less is of another unit, such as
thousands (our judgement)."""
MONTH_DAYS: Final = 30
YEAR_DAYS: Final = 365
ALL_SHARE: Final = 0.999
"""Of all there can be: whoever states both rounds by so much (`metrics.supply.CONFLICT_TOLERANCE`)."""
LEAST_PART: Final = 0.2
MOST_PART: Final = 1.3
"""A schedule is of so much of the supply at least, and of so much at most, to be told by its sum."""


def part_within(begins: Column, ends: Column, horizon: float) -> Column:
    """The part of each event that comes free after now and until the horizon, all from now on in one unit.

    One without an end comes free at once, one with an end evenly in between.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.clip(np.minimum(horizon, ends) - np.maximum(0.0, begins), 0, None) / (ends - begins)
    at_once = ((begins > 0) & (begins <= horizon)).astype(float)
    return np.where(ends > begins, part, at_once)


def unlocked_within(
    events: Groups, days: Column, end_days: Column, amount: Column, horizon_days: float
) -> Column:
    """Units that come free after now and within so many days; 0 for an asset without such an event."""
    return events.strict_total(amount * part_within(days, end_days, horizon_days))


def _days_to_next(days: Column, end_days: Column) -> Column:
    """Days until an event brings something: 0 while a steady one runs, NaN when it is over."""
    coming = np.where(days > 0, days, np.nan)
    return np.where((days <= 0) & (end_days > 0), 0.0, coming)


def worth_usd(unlocked: Column, price_usd: npt.ArrayLike) -> Column:
    """Unlocked × price; nothing unlocked is worth 0 whatever the price."""
    return np.where(unlocked == 0, 0.0, market_cap_usd(price_usd, unlocked))


def share_of(unlocked: Column, against: npt.ArrayLike) -> Column:
    """Unlocked / what it presses on: the circulating supply, a day's volume, a depth; nothing unlocked is 0
    whatever that is."""
    return np.where(unlocked == 0, 0.0, ratio(unlocked, against))


def is_whole(
    facts: Facts, events: Groups, days: Column, end_days: Column, amount: Column, supply: pd.DataFrame
) -> Mask:
    """Whether nothing can come free beside what the schedule lists.

    It says so itself, or next to all there can be either circulates or is listed to come: units that the
    schedule doesn't list and that don't circulate are locked by rules that nobody has read.
    """
    schedules = facts.aligned("schedules")
    circulating, total, maximum = (
        supply[name].to_numpy() for name in ("circulating_supply", "total_supply", "max_supply")
    )
    limit = np.where(np.isnan(maximum), total, maximum)
    with np.errstate(divide="ignore", invalid="ignore"):
        ahead = np.where(end_days > days, np.clip(end_days / (end_days - days), 0, 1), days > 0)
    planned, to_come = events.strict_total(amount), events.strict_total(amount * ahead)
    free_beside = np.maximum(circulating - (planned - to_come), 0)
    not_listed = limit - planned - free_beside
    is_of_this_unit = ~((planned > 0) & (planned < LEAST_TOLD * (limit - circulating)))
    says_so = (known(schedules["complete"]) == 1) & is_of_this_unit
    return np.asarray(says_so | (not_listed <= COUNTED_OTHERWISE * limit), dtype=np.bool_)


def all_there_can_be(facts: Facts, supply: pd.DataFrame) -> Column:
    """The maximum, or the total where nobody can make more."""
    total, maximum = (supply[name].to_numpy() for name in ("total_supply", "max_supply"))
    cannot_grow = (facts.aligned("contract")["mint_authority"] == "none").to_numpy()
    return np.where(np.isnan(maximum), np.where(cannot_grow, total, np.nan), np.fmax(maximum, total))


def all_circulates(facts: Facts, supply: pd.DataFrame) -> Mask:
    """Whether nothing is left that could come free: all there can be circulates already."""
    circulating = supply["circulating_supply"].to_numpy()
    return np.asarray(circulating >= ALL_SHARE * all_there_can_be(facts, supply), dtype=np.bool_)


def in_units_of_today(events: Groups, amount: Column, supply: pd.DataFrame, changes: UnitChanges) -> Column:
    """What the amounts of each asset's schedule are times, to be in units of today.

    Nobody dates a schedule, so that after a change of units its own sum must tell: it is of today if that is
    a good part of today's supply, of before if it would be so in old units, and not known otherwise.
    """
    ever = changes.factor(np.full(events.size, -np.inf))
    exists = supply[["max_supply", "total_supply", "circulating_supply"]].max(axis=1).to_numpy()
    whole = ratio(events.total(amount), exists)
    is_new, is_old = ((each >= LEAST_PART) & (each <= MOST_PART) for each in (whole, whole * ever))
    by_sum = np.where(is_new & ~is_old, 1.0, np.where(is_old & ~is_new, ever, np.nan))
    return np.where(ever == 1, 1.0, by_sum)


def measures(
    facts: Facts, *, supply: pd.DataFrame, market: pd.DataFrame, changes: UnitChanges
) -> pd.DataFrame:
    """A whole schedule without coming events says 0, and so does a supply that circulates as a whole; without
    either nothing is known.

    Of one that is not whole the shares are the least that they can be: little says nothing, much is given.
    """
    events = Groups.of(facts.unlocks, facts.asset_ids)
    days, amount = days_until(events.rows["unlock_at"], facts.now), known(events["amount"])
    amount = amount * in_units_of_today(events, amount, supply, changes)[events.owner]
    end_days = days_until(events.rows["ends_at"], facts.now)
    insiders = np.where(events.rows["category"].isin(INSIDER_CATEGORIES), amount, 0.0)
    scheduled = facts.asset_ids.isin(facts.schedules.index)
    nothing_left = ~scheduled & all_circulates(facts, supply)
    month, year, insider_year = (
        np.where(scheduled | nothing_left, unlocked_within(events, days, end_days, units, horizon), np.nan)
        for units, horizon in ((amount, MONTH_DAYS), (amount, YEAR_DAYS), (insiders, YEAR_DAYS))
    )
    circulating, price = supply["circulating_supply"].to_numpy(), market["price_usd"].to_numpy()
    is_open = scheduled & ~is_whole(facts, events, days, end_days, amount, supply)
    month, year, insider_year = (
        np.where(is_open & ~(units >= least * circulating), np.nan, units)
        for units, least in ((month, LEAST_30D), (year, LEAST_12M), (insider_year, LEAST_12M))
    )
    month_usd = worth_usd(month, price)
    return pd.DataFrame(
        {
            "unlock_30d_share": share_of(month, circulating),
            "unlock_12m_share": share_of(year, circulating),
            "insider_unlock_12m_share": share_of(insider_year, circulating),
            "unlock_30d_usd": month_usd,
            "unlock_30d_volume_days": share_of(month_usd, market["volume_24h_usd"].to_numpy()),
            "market_cap_after_unlock_usd": market_cap_usd(price, circulating + month),
            "unlocks_open": np.where(scheduled, is_open.astype(float), np.nan),
            "next_unlock_days": np.where(scheduled, events.least(_days_to_next(days, end_days)), np.nan),
        },
        index=facts.asset_ids,
    )
