"""Can it be left again, at what cost, and can somebody take the exit away?"""

from typing import Final

from assets.metrics.families import BOOKS, EQUITY, MARKET, POOLS, TOKEN
from screener.checklist.bands import AtLeast, AtMost, Between
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
ROUND_TRIP = AtMost(passes=0.02, cautions=0.05)
# SEC rule 22e-4 calls an asset illiquid that cannot be sold within seven days.
DAYS_TO_EXIT = AtMost(passes=1, cautions=5)
DEPTH_TO_POSITION = AtLeast(passes=10, cautions=3)
SPREAD = AtMost(passes=0.01, cautions=0.03)
# Of "locked" Uniswap v2 pools half were pulled within 14 days: what counts is the time that is left.
LP_CONTROL_DAYS = AtLeast(passes=180, cautions=30, gate=30)
# Below the range a pool is dead, above it most of the volume is trade with oneself.
VOLUME_TO_LIQUIDITY = Between(passes=(0.05, 5), cautions=(0.01, 20))


@criterion(
    title=phrase("Round-trip cost"),
    question=phrase("Can the position be bought and sold again for no more than 2 %?"),
    passes=phrase("Buying and selling {position_usd} costs {value}."),
    cautions=phrase("Buying and selling {position_usd} costs {value}, which a gain must earn first."),
    fails=phrase("Buying and selling {position_usd} costs {value}: the market is too thin for it."),
    unknown=phrase("No pool and no sound order book with enough detail is known."),
    weight=3,
    unit="share",
    families=(POOLS, BOOKS),
    figures=("position_usd",),
    bands=ROUND_TRIP,
)
def round_trip_cost(m: Measured) -> Values:
    """Fees, spread and price impact are lost whatever the price does, and impact grows with the position.
    What is worth it for $500 may be hopeless for $50,000."""
    return m["round_trip_cost_share"]


@criterion(
    title=phrase("Days to exit"),
    question=phrase("Can the position be sold within a day as a tenth of the volume?"),
    passes=phrase("As a tenth of the daily volume, {position_usd} is sold in {value}."),
    cautions=phrase("As a tenth of the daily volume, it takes {value} to sell {position_usd}."),
    fails=phrase("Selling {position_usd} as a tenth of the volume takes {value}; 9,999 days means never."),
    unknown=phrase("The trading volume is not known."),
    weight=2,
    unit="days",
    families=(MARKET, POOLS, BOOKS),
    figures=("position_usd",),
    bands=DAYS_TO_EXIT,
)
def days_to_exit(m: Measured) -> Values:
    """Whoever sells more than about a tenth of the volume moves the price against themselves. A position
    that needs a week to leave cannot be left on bad news."""
    return m["days_to_exit"]


@criterion(
    title=phrase("Depth against the position"),
    question=phrase("Is there ten times the position to sell into before the price is 2 % lower?"),
    passes=phrase("{depth_down_usd} can be sold before the price is 2 % lower: {value} times the position."),
    cautions=phrase(
        "Only {depth_down_usd}, {value} times the position, can be sold before the price is 2 % lower."
    ),
    fails=phrase("{depth_down_usd} of selling moves the price by 2 %: just {value} times the position."),
    unknown=phrase("The depth of its pools and order books is not known."),
    weight=2,
    unit="ratio",
    families=(POOLS, BOOKS),
    figures=("depth_down_usd",),
    bands=DEPTH_TO_POSITION,
)
def depth_to_position(m: Measured) -> Values:
    """Others leave through the same door. When the depth is a small multiple of your position, a few sellers
    like you are enough to move the price through any stop."""
    return m["depth_to_position"]


@criterion(
    title=phrase("Control of the pool"),
    question=phrase("Is the deepest pool burned, or locked for at least 180 days?"),
    passes=phrase("The deepest pool is burned or locked for {value}; 9,999 days means for good."),
    cautions=phrase("The deepest pool is locked for only {value} more."),
    fails=phrase("Somebody can pull the deepest pool: it is out of reach for {value}."),
    unknown=phrase("Who can pull the deepest pool is not known."),
    weight=3,
    unit="days",
    kinds=(TOKEN,),
    families=(POOLS,),
    bands=LP_CONTROL_DAYS,
)
def pool_control(m: Measured) -> Values:
    """Whoever holds the pool's tokens can take the exit away in one transaction. A lock helps only as long
    as it lasts: half of the pools locked at launch were pulled within 14 days, mostly by unlocking them."""
    return m["lp_control_days"]


@criterion(
    title=phrase("Volume against liquidity"),
    question=phrase("Is a day's volume between 5 % and five times the liquidity?"),
    passes=phrase("A day's volume is {value} times the liquidity of its pools."),
    cautions=phrase("A day's volume is {value} times the liquidity of its pools, which is unusual."),
    fails=phrase("A day's volume is {value} times the liquidity of its pools: dead, or trade with oneself."),
    unknown=phrase("The volume or the liquidity of its pools is not known."),
    weight=1,
    unit="ratio",
    kinds=(TOKEN,),
    families=(POOLS,),
    bands=VOLUME_TO_LIQUIDITY,
)
def volume_to_liquidity(m: Measured) -> Values:
    """Far too little volume is a pool that nobody uses; far too much is a few wallets trading with
    themselves to look alive."""
    return m["volume_to_liquidity"]


@criterion(
    title=phrase("Bid-ask spread"),
    question=phrase("Is the spread no more than 1 %?"),
    passes=phrase("The spread is {value}."),
    cautions=phrase("The spread is {value}, paid on every trade."),
    fails=phrase("The spread is {value}: buying alone loses half of that."),
    unknown=phrase("No sound order book with both quotes is known."),
    weight=1,
    unit="share",
    kinds=(EQUITY,),
    families=(BOOKS,),
    bands=SPREAD,
)
def spread(m: Measured) -> Values:
    """The spread is paid on every trade whatever its size, and it widens just when many want to leave."""
    return m["spread_share"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    round_trip_cost,
    days_to_exit,
    depth_to_position,
    pool_control,
    volume_to_liquidity,
    spread,
)
