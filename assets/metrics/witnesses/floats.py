"""A company's public float against its market cap, last year's float, its own cover's text and its equity.

The amount on a cover is typed by hand, some of it in thousands or millions where dollars are meant, or tagged
with a scale that it does not have: a thousand times too much or too little.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, days_until, owned_or_owed_usd, positive, usd
from assets.metrics.facts import Facts
from assets.metrics.families import EQUITY
from assets.metrics.free_float import FLOAT, HOLDS_DAYS
from assets.metrics.market import market_cap_usd, quoted_price
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.witnesses.witness import Doubt, agrees, differs

ABOVE_CAP_FACTOR: Final = 30.0
"""The float is part of the market cap of a day up to eighteen months ago: a price may have fallen since."""
BELOW_FACTOR: Final = 300.0
"""Insiders may hold most of a company whose price has risen since, and its equity may be worth more than all
its shares: together they make a tenth of a tenth, and no thousandth (our judgement)."""
YEAR_FACTOR: Final = 100.0
TEXT_FACTOR: Final = 30.0
SAME_FACTOR: Final = 10.0
"""So far the day's price may have moved it: a figure within this is of the same scale."""


def other_scale_of_float(facts: Facts) -> Iterator[Doubt]:
    """A float that the market cap contradicts, or more of the other witnesses than support it."""
    is_company = (facts.assets["kind"] == EQUITY).to_numpy(dtype=np.bool_)
    told = positive(facts.aligned("fundamentals")["public_float_usd"])
    least, most = _caps(facts)
    equity = positive(owned_or_owed_usd(facts.aligned("fundamentals")["equity_usd"]))
    is_above, is_below = told > ABOVE_CAP_FACTOR * most, told * BELOW_FACTOR < least
    of_cap = np.where(is_above, most, least)
    before, text = positive(facts.aligned("fundamentals_year_ago")["public_float_usd"]), _of_text(facts)
    against: tuple[tuple[Mask, Column], ...] = (
        (is_above | is_below, of_cap),
        (differs(told, text, factor=TEXT_FACTOR), text),
        (differs(told, before, factor=YEAR_FACTOR), before),
        (told * BELOW_FACTOR < equity, equity),
    )
    # A text that agrees is of the same hand, and so may be last year's: the market's word is another one.
    support = sum(agrees(told, each, factor=SAME_FACTOR).astype(int) for each in (most, before))
    masks, said = [mask for mask, _said in against], [each for _mask, each in against]
    is_off = is_above | is_below | (sum(mask.astype(int) for mask in masks) > support)
    against_it = np.select(masks, said, np.nan)
    yield Doubt.of_assets(facts, "fundamentals", "public_float_usd", is_company & is_off, against_it)


def _caps(facts: Facts) -> tuple[Column, Column]:
    """The least and the most that price × shares, and the vendor's own figures, make of the market cap."""
    market, supply, price = facts.aligned("market"), facts.aligned("supply"), quoted_price(facts)
    changes = UnitChanges.of(facts)
    unit = changes.factor(days_since_epoch(supply["circulating_at"]))
    counted = market_cap_usd(price, positive(supply["circulating"]) * unit)
    in_cap = positive(market["units_in_cap"]) * changes.of_quotes(market["price_usd_at"])
    caps = [
        positive(each) for each in (counted, market_cap_usd(price, in_cap), usd(market["market_cap_usd"]))
    ]
    least, most = np.fmin.reduce(caps), np.fmax.reduce(caps)
    return least, most


def _of_text(facts: Facts) -> Column:
    """What the text of the newest cover says that non-affiliates' shares are worth, or shares × price."""
    rows = facts.filing_events
    covers = Groups.of(rows[(rows["subject"] == FLOAT).to_numpy(np.bool_)], facts.asset_ids)
    days_ago = -days_until(covers.rows["filed_on"], facts.now)
    worth = positive(covers["amount_usd"])
    worth = np.where(np.isnan(worth), positive(covers["shares"] * covers["price_usd"]), worth)
    usable = np.where((days_ago >= 0) & (days_ago <= HOLDS_DAYS), worth, np.nan)
    return covers.of_largest(np.where(np.isnan(usable), -np.inf, -days_ago), usable)
