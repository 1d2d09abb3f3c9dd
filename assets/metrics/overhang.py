"""Overhang: shares that warrants, convertibles, ATM programmes and a shelf may still bring to the market.

What a programme sells is told in dollars: at today's price that is so many shares, so its part of the shares
outstanding is the amount / market cap. Warrants stand for shares, counted in the units of their day. A
company whose float is worth less than 75 M USD may sell a third of it in a year by Form S-3 (General
Instruction I.B.6)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.capital import TWO_YEARS_DAYS, offerings_are_read
from assets.metrics.columns import Column, Groups, Mask, days_until, positive, ratio, sum_of_known
from assets.metrics.facts import Facts, once
from assets.metrics.families import EQUITY
from assets.metrics.free_float import free_float_share
from assets.metrics.sessions import day_of
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

ATM: Final = ("at_the_market", "equity_line")
SHELF_DAYS: Final = 1_096
"""A shelf lasts three years (17 CFR 230.415(a)(5))."""
PRICE_HOLDS_DAYS: Final = 400.0
BABY_SHELF_BELOW_USD: Final = 75e6
BABY_SHELF_SHARE: Final = 1 / 3
SAME_WARRANTS_DAYS: Final = 45.0
"""The same sale is told in an 8-K and in a prospectus some days apart."""


@dataclass(frozen=True, slots=True)
class Warrants:
    """Sales of three years that came with warrants, each once. `shares` are those that the warrants stand for
    and `strike_usd` is the price of one, both in units of today; NaN where the paper names no price."""

    sales: Groups
    shares: Column
    strike_usd: Column


def measures(
    facts: Facts, *, market: pd.DataFrame, supply: pd.DataFrame, changes: UnitChanges
) -> pd.DataFrame:
    """Shares of shares outstanding; the least there are, unless somebody read for offerings."""
    outstanding = positive(supply["circulating_supply"].to_numpy())
    cap = _market_cap(facts, market, outstanding, changes)
    warrants = ratio(_warrant_shares(facts, changes), outstanding)
    sold_usd = _still_to_sell(facts)
    convertible_usd = _capital(facts, ("convertible",), days=TWO_YEARS_DAYS)
    of_sales, of_notes = ratio(sold_usd, cap), ratio(convertible_usd, cap)
    is_known = (np.isnan(sold_usd) == np.isnan(of_sales)) & (np.isnan(convertible_usd) == np.isnan(of_notes))
    total = sum_of_known(np.zeros(len(outstanding)), warrants, of_sales, of_notes)
    overhang = np.where(is_known, total, np.nan)
    is_read = offerings_are_read(facts, today=day_of(facts.now))
    overhang = np.where((overhang > 0) | is_read, overhang, np.nan)
    unsized = _unsized(facts, sold_usd, convertible_usd)
    volume = positive(market["volume_24h_usd"].to_numpy())
    is_equity = (facts.assets["kind"] == EQUITY).to_numpy(np.bool_)
    return pd.DataFrame(
        {
            "overhang_share": overhang,
            "overhang_days": ratio(overhang * cap, volume),
            "shelf_room_share": ratio(_shelf_room(facts, cap), cap),
            "warrants_share": warrants,
            "unsized_programmes": np.where(is_read | (unsized > 0), unsized, np.nan),
            "overhang_open": np.where(is_equity, ~is_read | np.isnan(overhang), np.nan),
        },
        index=facts.asset_ids,
    )


def _market_cap(facts: Facts, market: pd.DataFrame, outstanding: Column, changes: UnitChanges) -> Column:
    """By the market's price, else by the last sale that a cover names, in units of today."""
    cap: Column = market["market_cap_usd"].to_numpy(dtype=np.float64)
    rows = facts.filing_events
    told = Groups.of(rows[rows["price_usd"].notna()], facts.asset_ids)
    days_ago = -days_until(told.rows["filed_on"], facts.now)
    factor = changes.factor(days_since_epoch(told.rows["filed_on"]), owner=told.owner)
    price = np.where(days_ago <= PRICE_HOLDS_DAYS, positive(told["price_usd"]) / factor, np.nan)
    return np.where(np.isnan(cap), told.of_largest(-days_ago, price) * outstanding, cap)


@once
def _offerings(facts: Facts) -> Groups:
    """What filed documents offer, from old to new, of three years."""
    rows = facts.filing_events
    days_ago = -days_until(rows["filed_on"], facts.now)
    recent = rows.assign(days_ago=days_ago)[
        ((rows["subject"] == "offering") & (days_ago >= 0) & (days_ago <= SHELF_DAYS)).to_numpy(np.bool_)
    ]
    return Groups.of(recent, facts.asset_ids)


def warrants_of(facts: Facts, changes: UnitChanges) -> Warrants:
    """A sale that two papers tell counts once, by the newer one."""
    told = _offerings(facts)
    told = told.where((positive(told["warrants"]) > 0) & (told.rows["event"] != "resale").to_numpy(np.bool_))
    order = np.lexsort((told["days_ago"], told["warrants"], told.owner))
    rows = Groups(told.rows.iloc[order], told.owner[order], told.size)
    same = np.zeros(len(order), dtype=np.bool_)
    same[1:] = (
        (rows.owner[1:] == rows.owner[:-1])
        & (rows["warrants"][1:] == rows["warrants"][:-1])
        & (rows["days_ago"][1:] - rows["days_ago"][:-1] <= SAME_WARRANTS_DAYS)
    )
    each = rows.where(~same)
    factor = changes.factor(days_since_epoch(each.rows["filed_on"]), owner=each.owner)
    return Warrants(
        sales=each, shares=each["warrants"] * factor, strike_usd=positive(each["strike_usd"]) / factor
    )


def _warrant_shares(facts: Facts, changes: UnitChanges) -> Column:
    warrants = warrants_of(facts, changes)
    return warrants.sales.total(warrants.shares)


def _still_to_sell(facts: Facts) -> Column:
    """What the newest programme of sales into the market may still sell; NaN where there is none, or its
    amount is not known."""
    told, capital = _offerings(facts), _capital(facts, ATM, days=SHELF_DAYS)
    events = told.rows["event"]
    programmes = told.where(
        events.isin(("atm", "equity_line", "atm_unused", "shelf_withdrawn")).to_numpy(np.bool_)
    )
    room, amount = programmes["room_usd"], programmes["amount_usd"]
    has_ended = programmes.rows["event"].isin(("atm_unused", "shelf_withdrawn")).to_numpy(np.bool_)
    left = np.where(has_ended, 0.0, np.where(np.isnan(room), amount, room))
    newest = programmes.of_largest(-programmes["days_ago"], left)
    return np.where(programmes.count() > 0, newest, capital)


def _unsized(facts: Facts, sold_usd: Column, convertible_usd: Column) -> Column:
    """How many programmes of sales and convertibles there are whose amount nobody tells."""
    rows = Groups.of(facts.capital, facts.asset_ids)
    days_ago = -days_until(rows.rows["happened_on"], facts.now)
    is_recent = (days_ago >= 0) & (days_ago <= TWO_YEARS_DAYS)
    event = rows.rows["event"]
    sales = rows.where(event.isin(ATM).to_numpy(np.bool_) & is_recent).count()
    notes = rows.where((event == "convertible").to_numpy(np.bool_) & is_recent).count()
    return np.where(np.isnan(sold_usd), sales, 0.0) + np.where(np.isnan(convertible_usd), notes, 0.0)


def _capital(facts: Facts, events: tuple[str, ...], *, days: float) -> Column:
    """The largest amount of these events in so many days."""
    rows = Groups.of(facts.capital, facts.asset_ids)
    days_ago = -days_until(rows.rows["happened_on"], facts.now)
    is_wanted: Mask = (
        rows.rows["event"].isin(events).to_numpy(np.bool_) & (days_ago >= 0) & (days_ago <= days)
    )
    found = rows.where(is_wanted)
    return found.most(positive(found["amount_usd"]))


def _shelf_room(facts: Facts, cap: Column) -> Column:
    """The shelf's amount, at most a third of a small company's float; 0 without one, where offerings were
    read."""
    amount = _capital(facts, ("shelf",), days=SHELF_DAYS)
    float_share = free_float_share(facts)
    float_usd = cap * np.where(np.isnan(float_share), 1.0, float_share)
    limit = np.where(float_usd < BABY_SHELF_BELOW_USD, float_usd * BABY_SHELF_SHARE, np.inf)
    return np.minimum(amount, np.where(np.isnan(limit), np.inf, limit))
