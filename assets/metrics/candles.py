"""Candle measures: spread, volatility, volume and days without a trade, up to the last full day.

A day is a UTC date; the bar of today is still open and left out. What happened before the first
bar or after the last one is not known; a bar that is missing between them is a day without a trade.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics import spreads, volatility
from assets.metrics.bar_units import UnitBars
from assets.metrics.bars import Bars
from assets.metrics.columns import ABSURD_USD, Column, Groups, Mask, growth_share, known, positive, ratio
from assets.metrics.facts import CANDLE_DAYS, Facts, once
from assets.metrics.families import EQUITY
from assets.metrics.sessions import day_of, is_open, open_days, open_days_ago
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

WINDOW_DAYS: Final = 60
VOLUME_DAYS: Final = 30
"""Both count the days on which the asset's market is open."""
LEAST_BARS: Final = 21
"""A month of trading. Our judgement: with fewer bars the estimates say more about chance."""
LEAST_KNOWN_SHARE: Final = 0.5
"""Of a window at least this share of the days must be known for a count or an average over it."""
CURRENT_DAYS: Final = 7
"""After an older last bar nobody knows whether it was no longer traded or no longer asked for."""
QUOTED_WITHIN_DAYS: Final = 60
"""The newest price that a company's market has told may be so old: official files come six weeks late."""
ONE_USD: Final = 1.0
"""US exchanges count the days on which a share closes below it towards its delisting."""


@dataclass(frozen=True, slots=True)
class Window:
    """The bars of each asset's last `days` open days; `spanned` is how many of these its bars reach over."""

    bars: Bars
    days: int
    spanned: Column

    @classmethod
    def of(cls, bars: Bars, is_equity: Mask, *, today: int, days: int) -> "Window":
        start = open_days_ago(today, days, is_equity)
        first, end = np.full(bars.size, today), np.full(bars.size, today)
        first[bars.owner[::-1]] = bars.day[::-1]  # where an asset repeats, its oldest bar stays
        end[bars.owner] = bars.day + 1  # and here its newest one
        spanned = open_days(np.maximum(first, start), end, is_equity)
        return cls(bars.where(bars.day >= start[bars.owner]), days, spanned)

    def days_without_trade(self) -> Column:
        """Of the days that are known, those on which nobody traded."""
        traded = self.bars.traded()
        known_days = self._known(traded)
        return known_days - self.bars.total(np.nan_to_num(traded))

    def average_volume_usd(self) -> Column:
        """USD a day over the days that are known, those without a trade included."""
        volume = self.bars.volume_usd
        return ratio(self.bars.total(np.nan_to_num(volume)), self._known(volume))

    def _known(self, values: Column) -> Column:
        """How many days are known, if enough are; a bar that does not tell the value takes its day away."""
        days = self.spanned - self.bars.total(np.isnan(values).astype(np.float64))
        return np.where(days >= LEAST_KNOWN_SHARE * self.days, days, np.nan)


def measures(facts: Facts) -> pd.DataFrame:
    """The candles' part; estimates from prices take `LEAST_BARS` bars of the last `WINDOW_DAYS` days.

    All in the units of today, but closes below a dollar, which an exchange counts as they were traded.
    """
    today, is_equity = day_of(facts.now), _is_equity(facts)
    in_units = bars_in_units(facts)
    bars, traded = (
        each.where((each.day < today) & (each.day >= today - CANDLE_DAYS))
        for each in (in_units.today, in_units.traded)
    )
    window = Window.of(bars, is_equity, today=today, days=WINDOW_DAYS)
    month = Window.of(bars, is_equity, today=today, days=VOLUME_DAYS)
    sound = enough_sound(window.bars)
    daily = known(volatility.yang_zhang(sound))
    current = today - bars.last(bars.day.astype(np.float64)) <= CURRENT_DAYS
    return pd.DataFrame(
        {
            "edge_spread_share": known(spreads.edge(sound)),
            "edge_noise_share": spreads.edge_noise(daily),
            "volatility_daily_share": daily,
            "amihud_illiquidity": known(spreads.amihud(sound)),
            "zero_volume_days_60d": np.where(current, window.days_without_trade(), np.nan),
            "average_volume_30d_usd": np.where(current, month.average_volume_usd(), np.nan),
            "days_below_1_usd": np.where(current & is_equity, closes_below(traded, ONE_USD), np.nan),
            "price_change_12m_share": _change_12m(facts, in_units.today, current),
            "price_drawdown_90d_share": np.where(current, drawdown(bars), np.nan),
        },
        index=facts.asset_ids,
    )


def enough_sound(bars: Bars) -> Bars:
    """The bars that tell prices, of those assets that have a month of them."""
    sound = bars.sound()
    return sound.where((sound.count() >= LEAST_BARS)[sound.owner])


def price_change_12m(facts: Facts, bars: Bars) -> Column:
    """Last close / close of a year ago − 1; NaN where a unit changed since: some vendors adjust for it."""
    year_ago = facts.aligned("close_year_ago")
    closed = bars.where(~np.isnan(bars.close))
    same_unit = UnitChanges.of(facts).factor(days_since_epoch(year_ago["opened_at"])) == 1
    before = np.where(same_unit, positive(year_ago["close_usd"], high=ABSURD_USD), np.nan)
    return growth_share(np.exp(closed.last(closed.close)), before)


def _change_12m(facts: Facts, bars: Bars, current: Mask) -> Column:
    """By the bars; without bars of both days by what the market told on two days a year apart."""
    of_bars = np.where(current, price_change_12m(facts, bars), np.nan)
    return np.where(np.isnan(of_bars), quoted_change_12m(facts), of_bars)


def quoted_change_12m(facts: Facts) -> Column:
    """A company's price / that of a year before it − 1; NaN of an old one, or after a change of units."""
    market, before = facts.aligned("market"), facts.aligned("quote_year_ago")
    changes = UnitChanges.of(facts)
    priced_on, before_on = (days_since_epoch(each["price_usd_at"]) for each in (market, before))
    is_of_now = changes.today - priced_on <= QUOTED_WITHIN_DAYS
    same_unit = changes.factor(before_on, until=priced_on) == 1
    then = np.where(is_of_now & same_unit, positive(before["price_usd"], high=ABSURD_USD), np.nan)
    return growth_share(positive(market["price_usd"], high=ABSURD_USD), then)


@once
def bars_in_units(facts: Facts) -> UnitBars:
    """The bars of the days on which the asset's market was open, today's included: of chart and measures."""
    bars = Bars.of(Groups.of(facts.candles, facts.asset_ids))
    return UnitBars.of(bars.where(is_open(bars.day, _is_equity(facts)[bars.owner])), UnitChanges.of(facts))


def _is_equity(facts: Facts) -> Mask:
    return (facts.assets["kind"] == EQUITY).to_numpy(dtype=np.bool_)


def closes_below(bars: Bars, price_usd: float) -> Column:
    """How many of the last bars in a row closed below this price; NaN for an asset without a close."""
    closed = bars.where(~np.isnan(bars.close))
    at, not_below = np.arange(closed.close.size), closed.close >= np.log(price_usd)
    last = np.full(bars.size, -1)
    last[closed.owner[not_below]] = at[not_below]  # where an asset repeats, its newest bar stays
    below = closed.total((at > last[closed.owner]).astype(np.float64))
    return np.where(closed.count() > 0, below, np.nan)


def drawdown(bars: Bars) -> Column:
    """1 − last close / highest price: the share lost since the high of these bars; NaN without a close."""
    highest = np.full(bars.size, np.nan)
    np.fmax.at(highest, bars.owner, np.fmax(bars.high, bars.close))
    closed = bars.where(~np.isnan(bars.close))
    return known(-np.expm1(closed.last(closed.close) - highest))
