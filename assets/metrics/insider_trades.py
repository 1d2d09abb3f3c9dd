"""Insider trades: what insiders buy and sell on the market, by Forms 4."""

from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import datetime
from math import isnan
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, days_until, is_among
from assets.metrics.reports import Line, from_old_to_new, is_amendment, is_of_schedule

OPEN_MARKET_CODES: Final = ("P", "S")
"""Bought and sold for money on the market; awards, gifts and taxes say nothing of what an insider thinks.

Source: sec.gov/about/forms/ownershipformcodes.pdf.
"""
HALF_A_YEAR_DAYS: Final = 183
UNTOLD_PRICE: Final = -1.0


def net_bought(forms: Sequence[Line], within_days: float) -> float:
    """Shares that insiders bought less those they sold on the market; 0 where they did neither.

    NaN where somebody did and does not tell how many. What several persons report, one of them as not
    their own, is one trade.
    """
    on_market = (line for line in forms if line.code in OPEN_MARKET_CODES and not line.is_derivative)
    by_person: dict[tuple[float, ...], Counter[tuple[Hashable, bool]]] = {}
    for line in on_market:
        if 0 <= line.days_ago <= within_days:
            trade = (line.change, line.days_ago, UNTOLD_PRICE if isnan(line.price_usd) else line.price_usd)
            by_person.setdefault(trade, Counter())[line.reporter.person, line.is_direct] += 1
    total = 0.0
    for (change, *_rest), times in by_person.items():
        direct = sum(count for (_person, is_direct), count in times.items() if is_direct)
        total += change * max(direct, *times.values())
    return total


def net_bought_plainly(reports: Groups, now: datetime, within_days: float) -> tuple[Column, Mask]:
    """The same by asset, as a sum of columns, and of which assets it holds: where every trade is told once
    and no form amended, nobody needs to know who is who. NaN without a report."""
    days_ago = -days_until(reports.rows["happened_on"], now)
    is_form = ~is_of_schedule(reports.rows)
    counts = is_form & is_among(reports.rows["code"], OPEN_MARKET_CODES) & (reports["is_derivative"] != 1)
    trades = reports.where(counts & (days_ago >= 0) & (days_ago <= within_days))
    order = from_old_to_new(trades.rows, now)
    trades = Groups(trades.rows.iloc[order], trades.owner[order], trades.size)
    told = trades.rows[["asset_id", "change", "happened_on"]].assign(
        price_usd=np.nan_to_num(trades["price_usd"], nan=UNTOLD_PRICE)
    )
    holds = np.ones(reports.size, dtype=np.bool_)
    holds[trades.owner[told.duplicated().to_numpy()]] = False
    holds[reports.owner[is_form & is_amendment(reports.rows)]] = False
    return np.where(reports.count() > 0, trades.strict_total(trades["change"]), np.nan), holds
