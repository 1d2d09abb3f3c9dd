"""Can it be left again, at what cost, and can somebody take the exit away?"""

from typing import Final

import pandas as pd

from assets.metrics.families import BOOKS, EQUITY, MARKET, POOLS, TOKEN
from screener.checklist.bands import AtLeast, AtMost, Within
from screener.checklist.types import Criterion, criterion

# Thresholds: design, checklist.md §4 and formulas A (judgement, to be calibrated).
ROUND_TRIP = AtMost(passes=0.02, cautions=0.05)
DAYS_TO_EXIT = AtMost(passes=1, cautions=5)
DEPTH_TO_POSITION = AtLeast(passes=10, cautions=3)
SPREAD = AtMost(passes=0.01, cautions=0.03)
# Below .05 of its liquidity a day a pool is dead, above 5 its volume is hardly real.
VOLUME_TO_LIQUIDITY = Within(passes=(0.05, 5), cautions=(0.01, 20))
# Of "locked" Uniswap v2 pools half were pulled within 14 days: what counts is the time that is left.
LP_CONTROL_DAYS = AtLeast(passes=180, cautions=30, gate=30)


@criterion(
    title="Round-trip cost",
    question="Does buying and selling the position cost at most 2 %?",
    says="Buying and selling the position costs {value} in spread, fees and slippage.",
    missing="No live pool or order book is known.",
    weight=3,
    unit="share",
    families=(POOLS, BOOKS),
    bands=ROUND_TRIP,
)
def round_trip_cost(m: pd.DataFrame) -> pd.Series:
    """Micro-caps move because their depth is thin. What the round trip costs must be earned before there is
    any gain; it is worked out for your position, not for one token."""
    return m["round_trip_cost_share"]


@criterion(
    title="Days to exit",
    question="Can the position be sold within a day as a tenth of the volume?",
    says="As 10 % of the daily volume, selling the position takes {value}.",
    missing="The trading volume is not known.",
    weight=2,
    unit="days",
    families=(MARKET,),
    figures=("volume_24h_usd",),
    bands=DAYS_TO_EXIT,
)
def days_to_exit(m: pd.DataFrame) -> pd.Series:
    """Whoever is more than a tenth of the volume is the market and moves the price alone."""
    return m["days_to_exit"]


@criterion(
    title="Depth against the position",
    question="Is there ten times the position to sell into before the price is 2 % lower?",
    says="{depth_down_usd} can be sold before the price is 2 % lower: {value} the position.",
    missing="No live pool or order book is known.",
    weight=2,
    unit="ratio",
    families=(POOLS, BOOKS),
    figures=("depth_down_usd",),
    bands=DEPTH_TO_POSITION,
)
def depth_to_position(m: pd.DataFrame) -> pd.Series:
    """A stop is only as good as the bids below it: without depth it is executed far under its price."""
    return m["depth_to_position"]


@criterion(
    title="Bid-ask spread",
    question="Is the spread at most 1 %?",
    says="The tightest live order book has a spread of {value}.",
    missing="No live order book is known.",
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(BOOKS,),
    bands=SPREAD,
)
def spread(m: pd.DataFrame) -> pd.Series:
    """The spread is paid on every trade, whatever its size, and widens just when many want to leave."""
    return m["spread_share"]


@criterion(
    title="Control of the pool",
    question="Is the deepest pool's liquidity burned, or locked for at least 180 days?",
    says="Nobody can pull the deepest pool for {value}.",
    missing="Who can pull the pool is not known.",
    weight=3,
    unit="days",
    kinds=(TOKEN,),
    families=(POOLS,),
    bands=LP_CONTROL_DAYS,
)
def pool_control(m: pd.DataFrame) -> pd.Series:
    """Whoever holds the pool's tokens can take the exit away in one transaction. A lock helps only for as
    long as it lasts: half of the pools locked at launch were pulled within 14 days, none of the burned ones
    (six of them)."""
    return m["lp_control_days"]


@criterion(
    title="Volume against liquidity",
    question="Is a day's volume between 5 % and five times the liquidity?",
    says="A day's volume is {value} the liquidity in its pools.",
    missing="Volume or liquidity is not known.",
    weight=1,
    unit="ratio",
    kinds=(TOKEN,),
    families=(POOLS, MARKET),
    bands=VOLUME_TO_LIQUIDITY,
)
def volume_to_liquidity(m: pd.DataFrame) -> pd.Series:
    """Far too little volume is a dead pool, far too much is trade with oneself to look alive."""
    return m["volume_to_liquidity"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    round_trip_cost,
    days_to_exit,
    depth_to_position,
    spread,
    pool_control,
    volume_to_liquidity,
)
