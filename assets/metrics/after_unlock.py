"""Unlock what-if: what circulates, what an asset is worth, and how hard its holders can press on the market
once so many units have come free.

Nobody knows what the price does. Two ends bracket it: at the same price the market cap grows with the supply,
at the same market cap the price falls. $25 M in 50 M units and 20 M more: $35 M, or 5/7 of the price.
"""

from dataclasses import dataclass

from assets.metrics.columns import Column, ratio
from assets.metrics.market import market_cap_usd
from assets.metrics.unlocks import share_of, worth_usd


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterUnlock:
    """What follows if so many units come free, a row a case; NaN where something that it takes is not known.

    `market_cap_usd` is at the price of today, `price_usd` at the market cap of today. `volume_days` is how
    many days of today's volume the units are worth, `worth_to_depth` how many times what can be sold before
    the price is 2 % lower: of a market nobody trades in, or bids in, there is no such number.
    """

    units: Column
    of_circulating_share: Column
    circulating: Column
    market_cap_usd: Column
    price_usd: Column
    price_change_share: Column
    worth_usd: Column
    volume_days: Column
    worth_to_depth: Column


def after_unlock(
    units: Column, *, circulating: float, price_usd: float, volume_24h_usd: float, depth_down_usd: float
) -> AfterUnlock:
    """What follows of these units of one asset, all in the units of today."""
    then = circulating + units
    kept = ratio(circulating, then)
    worth = worth_usd(units, price_usd)
    return AfterUnlock(
        units=units,
        of_circulating_share=share_of(units, circulating),
        circulating=then,
        market_cap_usd=market_cap_usd(price_usd, then),
        price_usd=price_usd * kept,
        price_change_share=kept - 1,
        worth_usd=worth,
        volume_days=share_of(worth, volume_24h_usd),
        worth_to_depth=share_of(worth, depth_down_usd),
    )
