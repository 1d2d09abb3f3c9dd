"""Liquidity depth: can it be left again, at what cost, and can somebody take the exit away?"""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.exits import FOREVER_DAYS
from assets.metrics.families import BOOKS, CANDLES, EQUITY, EVENTS, FILINGS, MARKET, POOLS, TOKEN, VENUE
from assets.metrics.families import TRADES as TRADED
from screener.checklist import levels
from screener.checklist.bands import LINEAR, LOG, AtLeast, AtMost, Within
from screener.checklist.intervals import settled
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
# Who gets back less than a hundredth has nothing to sell into: a drained pool, a gate.
ROUND_TRIP = AtMost(passes=0.02, cautions=0.05, gate=0.99, scale=LOG)
# SEC rule 22e-4 calls an asset illiquid that cannot be sold within seven days.
DAYS_TO_EXIT = AtMost(passes=1, cautions=5, scale=LOG)
DEPTH_TO_POSITION = AtLeast(passes=10, cautions=3, scale=LOG)
DEPTH_OF_POSITION = replace(DEPTH_TO_POSITION, of=phrase("−2 % depth / position"), unit="ratio", needed=False)
# On labelled Uniswap v2 pools the hours since the last trade separated coming rug pulls from the rest with
# an AUC of 0.73, the depth with one of 0.5: who plans one seeds a large pool that nobody trades. So the last
# trade weighs more than the cost, and counts once. An hour and a day.
LAST_TRADE = AtMost(
    passes=1,
    cautions=24,
    scale=LOG,
    needed=False,
    source=phrase("On labelled Uniswap v2 pools the hours since the last trade have an AUC of 0.73."),
)
LP_HOLDERS = AtLeast(
    passes=10,
    cautions=2,
    scale=LOG,
    source=phrase(
        "Pulled among 18,296 labelled Uniswap v2 pools: with one provider of liquidity 93 %, with two 40 %, "
        "with more than ten 3 %."
    ),
)
# One who can take half of it can end the market; a tenth is felt. Our judgement.
PULLABLE_SOON = AtMost(passes=0.10, cautions=0.50, scale=LINEAR)
PULLABLE_LATER = AtMost(passes=0.10, of=phrase("within 180 days"), unit="share", needed=False)
PULLABLE_BY_ONE = AtMost(
    passes=0.50, cautions=0.50, gate=0.50, of=phrase("by one person"), unit="share", needed=False
)
COMPLETED = AtLeast(passes=1, cautions=1, levels=levels.LAUNCH)
LAUNCH_AGE = AtLeast(
    passes=3,
    cautions=0,
    scale=LINEAR,
    of=phrase("since the sale"),
    unit="days",
    source=phrase(
        "Pulled, or their price gone, within 14 days: 61 % of labelled Uniswap v2 pools that were a day old, "
        "45 % of those that had lasted three days."
    ),
)
DELISTINGS = AtMost(passes=0)
EXCHANGES = AtLeast(passes=1, cautions=1, of=phrase("exchanges"), unit="count")
# Below the range a pool is dead, above it most of the volume is trade with oneself.
VOLUME_TO_LIQUIDITY = Within(
    passes=(0.05, 5),
    cautions=(0.01, 20),
    scale=LOG,
    of=phrase("volume / liquidity"),
    unit="ratio",
    needed=False,
)
EXIT_DAYS = AtMost(passes=1, cautions=5, scale=LOG, of=phrase("days to exit"), unit="days", needed=False)
EXIT_COST = AtMost(passes=0.02, cautions=0.05, scale=LOG, needed=False)
EDGE = AtMost(passes=0.01, cautions=0.03, scale=LOG, of=phrase("spread by EDGE"), unit="share", needed=False)
ZERO_VOLUME_DAYS = AtMost(passes=0, cautions=5)
# The tiers of metrics.venues: OTCQX and better, OTCQB and OTCID, Pink Limited; beyond, a warning.
VENUE_LEVEL = AtMost(passes=1, cautions=3, gate=4, levels=levels.VENUE)
# metrics.listing_standing: good; a notice that is not cured; a decision to delist, suspended or struck.
LISTING_STANDING = AtMost(passes=0, cautions=1, levels=levels.LISTING)
# News are out within a day. The SEC suspends trading for ten trading days at most (15 U.S.C. 78l(k)(1)(A)):
# two weeks; what is halted for longer waits for its issuer, some for years.
HALTED = AtMost(passes=1, cautions=14, of=phrase("since trading was halted"), unit="days", needed=False)


@criterion(
    title=phrase("Round-trip cost"),
    question=phrase("Does a round trip with the position cost at most 2 %, within a day?"),
    passes=(
        phrase(
            "A round trip with {position_usd} costs at most {round_trip_most_share}; in a venue whose cost "
            "is not known it may be far cheaper."
        ),
        phrase("A round trip with {position_usd} costs {value}."),
        phrase("A round trip with the position costs {value}."),
    ),
    cautions=(
        phrase("A round trip with {position_usd} costs {value}, which is expensive."),
        phrase("A round trip with the position costs {value}, which is expensive."),
    ),
    fails=(
        phrase("A round trip with {position_usd} costs {value}: the market is too thin for it."),
        phrase("A round trip with the position costs {value}: the market is too thin for it."),
    ),
    unknown=phrase("No pool and no sound order book with enough detail is known."),
    weight=2,
    unit="share",
    kinds=(TOKEN,),
    families=(POOLS, BOOKS, MARKET),
    decided_by=("pools.reserve_usd", "pools.quote_reserve", "books.bids", "books.spread_share"),
    measures=("position_usd", "round_trip_most_share"),
    bands=(ROUND_TRIP, EXIT_DAYS, DEPTH_OF_POSITION),
    remedy=phrase("A deeper market with more volume, or a smaller position."),
)
def round_trip_cost(m: Measured) -> tuple[Values, Values, Values]:
    """Fees, spread and price impact are lost whatever the price does, and impact grows with the position:
    what works for $500 may not for $50,000. Other sellers use the same liquidity."""
    most = m["round_trip_most_share"]
    cost = m["round_trip_cost_share"].fillna(most.where(most <= ROUND_TRIP.passes))
    return cost, m["days_to_exit"], _depth_to_position(m)


@criterion(
    title=phrase("Days to exit"),
    question=phrase("Can the position be sold within a day at 10 % of daily volume?"),
    passes=(
        phrase("At 10 % of daily volume, selling {position_usd} takes {value}."),
        phrase("At 10 % of daily volume, selling the position takes {value}."),
    ),
    cautions=(
        phrase("At 10 % of daily volume it takes {value} to sell {position_usd}."),
        phrase("At 10 % of daily volume it takes {value} to sell the position."),
    ),
    fails=(
        phrase("Too slow: at 10 % of daily volume it takes {value} to sell {position_usd}."),
        phrase("Too slow: at 10 % of daily volume it takes {value} to sell the position."),
    ),
    unknown=phrase("The trading volume is not known."),
    weight=0,
    unit="days",
    kinds=(TOKEN,),
    families=(MARKET, POOLS, BOOKS),
    decided_by=("market.volume_24h_usd",),
    measures=("position_usd",),
    at_values={FOREVER_DAYS: phrase("Next to nothing is traded: at a tenth of that it is never sold.")},
    bands=DAYS_TO_EXIT,
    remedy=phrase("More volume, or a smaller position."),
)
def days_to_exit(m: Measured) -> Values:
    """Selling more than about a tenth of the volume moves the price. A position that takes a week to exit
    cannot be exited on bad news."""
    return m["days_to_exit"]


@criterion(
    title=phrase("Market depth ±2 %"),
    question=phrase("Is the −2 % market depth at least ten times the position?"),
    passes=(
        phrase(
            "At least {depth_least_usd} can be sold before the price is 2 % lower: {value} times the "
            "position. Venues whose depth is not known may add as much again."
        ),
        phrase(
            "{depth_down_usd} can be sold before the price is 2 % lower: {value} times the position. What "
            "was told of {venues_outdated} other venues is too old and left out."
        ),
        phrase("{depth_down_usd} can be sold before the price is 2 % lower: {value} times the position."),
        phrase("{value} times the position can be sold before the price is 2 % lower."),
    ),
    cautions=(
        phrase(
            "Only {depth_down_usd}, {value} times the position, can be sold before the price is 2 % lower. "
            "The figures of {venues_outdated} other venues are too old and left out."
        ),
        phrase(
            "Only {depth_down_usd}, {value} times the position, can be sold before the price is 2 % lower."
        ),
        phrase("Only {value} times the position can be sold before the price is 2 % lower."),
    ),
    fails=(
        phrase(
            "{depth_down_usd} of selling moves the price by 2 %, only {value} times the position. What was "
            "told of {venues_outdated} other venues is too old and left out."
        ),
        phrase("{depth_down_usd} of selling moves the price by 2 %, only {value} times the position."),
        phrase("Selling only {value} times the position moves the price by 2 %."),
    ),
    unknown=phrase("The depth of its pools and order books is not known."),
    weight=0,
    unit="ratio",
    kinds=(TOKEN,),
    families=(POOLS, BOOKS),
    decided_by=("pools.reserve_usd", "pools.quote_reserve", "books.bids", "books.depth_down_usd"),
    measures=("depth_down_usd", "depth_least_usd", "venues_outdated"),
    at_values={
        0.0: phrase("Nobody bids within 2 % of the middle of the book: any sale moves the price further.")
    },
    bands=DEPTH_TO_POSITION,
    remedy=phrase("A deeper market, or a smaller position."),
)
def depth_to_position(m: Measured) -> Values:
    """Other sellers use the same liquidity. When depth is a small multiple of the position, a few sellers
    move the price through any stop. It rests on the same reserves and books as the round-trip cost, which
    counts them."""
    return _depth_to_position(m)


def _depth_to_position(m: Measured) -> Values:
    """What is known of a part of the venues alone passes or is no answer: the others can only add to it."""
    least = m["depth_least_usd"] / m["position_usd"]
    return m["depth_to_position"].fillna(least.where(least >= DEPTH_TO_POSITION.passes))


@criterion(
    title=phrase("LP control and lock"),
    question=phrase("Is no more than 10 % of the deepest pool's liquidity removable by one holder?"),
    passes=(
        phrase(
            "Nobody can take out more than {value} of the deepest pool within 30 days: it is locked for "
            "another {lp_lock_days}."
        ),
        phrase("Nobody can take out more than {value} of the deepest pool within 30 days."),
    ),
    cautions=(
        phrase(
            "One owner can take out {value} of the deepest pool within 30 days, or more within 180 days: "
            "its lock ends in {lp_lock_days}."
        ),
        phrase("One owner can take out {value} of the deepest pool within 30 days, or more within 180 days."),
    ),
    fails=(
        phrase(
            "One owner can take out {value} of the deepest pool within 30 days; its lock ends in "
            "{lp_lock_days}."
        ),
        phrase("One owner can take out {value} of the deepest pool within 30 days."),
    ),
    unknown=(
        phrase("{lp_locked_open_share} of the deepest pool is locked; the expiry is not known."),
        phrase("Who can pull the deepest pool, or until when it is locked, is not known."),
    ),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    unless=("native_coin", "without_lp"),
    families=(POOLS,),
    decided_by=("pools.lp_burned_share", "pools.lp_locked_share", "pools.lp_free_share"),
    measures=("lp_lock_days", "lp_locked_open_share"),
    bands=(PULLABLE_SOON, PULLABLE_LATER, PULLABLE_BY_ONE),
    remedy=phrase("LP tokens burned, or locked for longer than 180 days."),
)
def pool_control(m: Measured) -> tuple[Values, Values, Values]:
    """Whoever holds most of a pool's LP tokens can pull its liquidity in one transaction. A lock helps only
    until it expires: half of the pools locked at launch were pulled within 14 days. So a lock weighs
    little here, and one person who can pull the pool is a reason to stop; of a native coin, whose pools
    hold wrapped copies, it is not asked."""
    return m["lp_pullable_30d_share"], m["lp_pullable_180d_share"], m["lp_wallet_pullable_share"]


@criterion(
    title=phrase("LP holders"),
    question=phrase("Do at least ten holders provide the liquidity of the deepest pool?"),
    passes=phrase("At least {value} hold LP tokens of the deepest pool."),
    cautions=phrase("Only {value} hold LP tokens of the deepest pool."),
    fails=phrase("One holder has all LP tokens of the deepest pool and can pull it."),
    unknown=phrase("How many hold LP tokens of the deepest pool is not known."),
    weight=3,
    unit="count",
    kinds=(TOKEN,),
    unless=("native_coin", "without_lp", "lp_is_burned"),
    families=(POOLS,),
    decided_by=("pools.lp_holder_count",),
    bands=LP_HOLDERS,
    remedy=phrase("More liquidity providers, or burned LP tokens."),
)
def lp_holder_count(m: Measured) -> Values:
    """A pool with many providers cannot be drained in one transaction, and outside providers have examined
    the token. Does not apply where the LP tokens are burned, nor to a native coin."""
    return m["lp_holder_count"]


@criterion(
    title=phrase("Launchpad phase"),
    question=phrase("Did it graduate from its launchpad at least three days ago?"),
    passes=phrase("It graduated from its launchpad {launch_age_days} ago and has a pool of its own."),
    cautions=phrase("It graduated from its launchpad only {launch_age_days} ago."),
    fails=(
        phrase("It is still on its launchpad's bonding curve, {launch_sold_share} of which is sold."),
        phrase("It is still on its launchpad's bonding curve and has no pool of its own."),
    ),
    unknown=phrase("Whether and when it graduated from a launchpad is not known."),
    weight=2,
    unit="score",
    kinds=(TOKEN,),
    unless=("no_launchpad",),
    families=(MARKET, POOLS),
    decided_by=("market.launch_completed", "market.launch_completed_at", "pools.opened_at"),
    measures=("launch_age_days", "launch_sold_share"),
    bands=(COMPLETED, LAUNCH_AGE),
    remedy=phrase("Graduation, and three days of trading after it."),
)
def launch_phase(m: Measured) -> tuple[Values, Values]:
    """Until a launchpad's sale is completed, the only exit is back into its bonding curve, where most such
    tokens end. The first days after graduation are the riskiest. Asked of launchpad tokens."""
    return m["launch_completed"], m["launch_age_days"]


@criterion(
    title=phrase("Exchange delisting"),
    question=phrase("Has no exchange delisted it within a year?"),
    passes=phrase("Exchanges that list it: {exchanges_count}. No exchange has delisted it within a year."),
    cautions=phrase("Exchanges that delisted it within a year: {value}; {exchanges_count} still list it."),
    fails=phrase("Exchanges that delisted it within a year: {value}; none lists it any more."),
    unknown=phrase("It is not known whether an exchange delisted it."),
    weight=1,
    unit="count",
    kinds=(TOKEN,),
    unless=("no_exchange",),
    families=(BOOKS,),
    decided_by=("books.venue",),
    measures=("exchanges_count",),
    bands=(DELISTINGS, EXCHANGES),
    remedy=phrase("A new listing, or a year without another delisting."),
)
def exchange_delisting(m: Measured) -> tuple[Values, Values]:
    """What an exchange drops loses its buyers there and often elsewhere. It shows when the last pair closes:
    notices ahead come in prose, or to those with a key. Asked of what an exchange lists or listed."""
    return m["delistings_12m"], m["exchanges_count"]


@criterion(
    title=phrase("Trading continuity"),
    question=phrase("Was it traded within the last hour, at a plausible ratio of volume to liquidity?"),
    passes=(
        phrase("It was traded {value} ago; a day's volume is {volume_to_liquidity} times its liquidity."),
        phrase("It was traded {value} ago; its volume against its liquidity is not known."),
        phrase("A day's volume is {volume_to_liquidity} times its liquidity; its last trade is not known."),
    ),
    cautions=(
        phrase(
            "Quiet or unusual trading: last trade {value} ago, volume {volume_to_liquidity} times liquidity."
        ),
        phrase("Quiet trading: last trade {value} ago."),
        phrase("Quiet or unusual trading: volume {volume_to_liquidity} times liquidity."),
    ),
    fails=(
        phrase(
            "No trading, or wash trading: last trade {value} ago, volume {volume_to_liquidity} times "
            "liquidity."
        ),
        phrase("No trading: last trade {value} ago."),
        phrase("No trading, or wash trading: volume {volume_to_liquidity} times liquidity."),
    ),
    unknown=phrase("Neither its last trade nor its volume against its liquidity is known."),
    weight=3,
    unit="hours",
    kinds=(TOKEN,),
    families=(POOLS, BOOKS, TRADED),
    decided_by=("pools.volume_24h_usd", "books.last_traded_at", "trades.reference"),
    measures=("volume_to_liquidity",),
    bands=(LAST_TRADE, VOLUME_TO_LIQUIDITY),
    remedy=phrase("Regular trades by many accounts."),
)
def living_market(m: Measured) -> tuple[Values, Values]:
    """Without trades there is nobody to sell to, however deep the pool. Extreme turnover is a sign of wash
    trading."""
    return m["last_trade_hours"], m["volume_to_liquidity"]


@criterion(
    title=phrase("Cost and time to exit"),
    question=phrase("Can the position be exited within a day at a cost of at most 2 %?"),
    passes=(
        phrase("{position_usd} is bought and sold again for {value}, in {days_to_exit}."),
        phrase("{position_usd} is bought and sold again for {value}; how long that takes is not known."),
        phrase(
            "{position_usd} is sold in {days_to_exit}; by its daily bars the spread is {edge_spread_share}."
        ),
        phrase("{position_usd} is sold in {days_to_exit}; at what cost is not known."),
        phrase("By its daily bars the spread is {edge_spread_share}."),
    ),
    cautions=(
        phrase("{position_usd} is bought and sold again for {value}, in {days_to_exit}: expensive or slow."),
        phrase("{position_usd} is bought and sold again for {value}: expensive."),
        phrase(
            "{position_usd} is sold in {days_to_exit}, by its daily bars at a spread of "
            "{edge_spread_share}: expensive or slow."
        ),
        phrase("{position_usd} is sold in {days_to_exit}: slow."),
        phrase("By its daily bars the spread is {edge_spread_share}: wide."),
    ),
    fails=(
        phrase(
            "{position_usd} is bought and sold again for {value}, in {days_to_exit}: too expensive or "
            "too slow."
        ),
        phrase("{position_usd} is bought and sold again for {value}: too expensive."),
        phrase(
            "{position_usd} is sold in {days_to_exit}, by its daily bars at a spread of "
            "{edge_spread_share}: too expensive or too slow."
        ),
        phrase("{position_usd} is sold in {days_to_exit}: too slow."),
        phrase("By its daily bars the spread is {edge_spread_share}: too wide."),
    ),
    unknown=phrase("Neither its spread nor its volume is known."),
    weight=3,
    unit="share",
    kinds=(EQUITY,),
    families=(MARKET, BOOKS, CANDLES, VENUE),
    decided_by=("market.volume_24h_usd", "candles.close_usd", "venue.average_volume_shares"),
    measures=("position_usd", "days_to_exit", "edge_spread_share"),
    bands=(EXIT_COST, EXIT_DAYS, EDGE),
    remedy=phrase("A narrower spread and more volume, or a smaller position."),
)
def exit_cost(m: Measured) -> tuple[Values, Values, Values]:
    """The spread is paid on every trade and widens when many want to sell; selling more than a tenth of the
    volume moves the price. Without quotes the spread is estimated from daily bars (EDGE), as far as it
    exceeds the estimator's noise at the share's volatility."""
    spread, noise = m["edge_spread_share"].to_numpy(dtype=float), m["edge_noise_share"].fillna(0).to_numpy()
    at_least = np.where(spread > noise, spread, 0.0)
    edge = settled(EDGE, np.where(np.isnan(spread), np.nan, at_least), np.maximum(spread, noise))
    return m["round_trip_cost_share"], m["days_to_exit"], pd.Series(edge, index=m.index)


@criterion(
    title=phrase("Zero-volume days"),
    question=phrase("Was it traded on each of the last 60 trading days?"),
    passes=phrase("It was traded on each of the last 60 trading days."),
    cautions=phrase("On {value} of the last 60 trading days nobody traded it."),
    fails=phrase("On {value} of the last 60 trading days nobody traded it."),
    unknown=phrase("Too few of its daily bars are known."),
    weight=1,
    unit="count",
    kinds=(EQUITY,),
    families=(CANDLES,),
    decided_by=("candles.volume_usd",),
    bands=ZERO_VOLUME_DAYS,
    remedy=phrase("Trades in every session."),
)
def zero_volume_days(m: Measured) -> Values:
    """On a day without a trade there is no price to sell at. Average volume hides such days behind one large
    trade."""
    return m["zero_volume_days_60d"]


@criterion(
    title=phrase("Listing or OTC tier"),
    question=phrase("Is it traded, on an exchange or on the best tier of the OTC market?"),
    passes=phrase("It is traded on an exchange or on OTCQX."),
    cautions=(
        phrase("Trading in it has been halted for {trading_halted_days}."),
        phrase("It is traded on OTCQB or OTCID."),
    ),
    fails=(
        phrase("Trading in it has been halted for {trading_halted_days}: nobody can sell."),
        phrase("It is quoted on an OTC tier with little or no required disclosure."),
    ),
    unknown=phrase("Its listing or OTC tier is not known."),
    weight=3,
    unit="score",
    kinds=(EQUITY,),
    families=(VENUE,),
    decided_by=("venue.tier",),
    measures=("trading_halted_days",),
    bands=(VENUE_LEVEL, HALTED),
    remedy=phrase("A listing on an exchange or a better tier of the OTC market, and the end of a halt."),
)
def venue(m: Measured) -> tuple[Values, Values]:
    """Disclosure duties and quoting rights follow from the venue. On the lowest tiers brokers may not quote
    to the public; in 1.8 million OTC trades outcomes were worse the less was disclosed. A share whose
    trading is halted can't be sold at all, on whatever exchange."""
    return m["venue_level"], m["trading_halted_days"]


@criterion(
    title=phrase("Listing deficiency and delisting"),
    question=phrase("Is there no uncured deficiency notice and no decision to delist?"),
    passes=phrase("No uncured deficiency notice and no decision to delist in 24 months."),
    cautions=(
        phrase("Its exchange gave a deficiency notice {listing_notice_days} ago, not cured since."),
        phrase("Its exchange gave a deficiency notice, not cured since."),
    ),
    fails=(
        phrase("Its exchange decided to delist it, or suspended or removed it, {listing_notice_days} ago."),
        phrase("Its exchange decided to delist it, or suspended or removed it."),
    ),
    unknown=phrase("Its listing standing is not known: a notice has not been read, or could not be decided."),
    weight=2,
    unit="score",
    kinds=(EQUITY,),
    unless=("never_listed",),
    families=(EVENTS, FILINGS, VENUE),
    decided_by=("filing_events.event", "venue.financial_status"),
    measures=("listing_notice_days",),
    bands=LISTING_STANDING,
    remedy=phrase("Regained compliance confirmed by the exchange, or a successful appeal."),
)
def listing_standing(m: Measured) -> Values:
    """Delisted shares fall to a market of few buyers, and mostly in one day. A first notice starts a time in
    which it can be cured; a decision to delist ends it. A notice that was cured, a move to another exchange,
    and a removal after a merger are no warning (8-K item 3.01, Form 25)."""
    return m["listing_standing_level"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    round_trip_cost,
    days_to_exit,
    depth_to_position,
    pool_control,
    lp_holder_count,
    launch_phase,
    exchange_delisting,
    living_market,
    exit_cost,
    zero_volume_days,
    venue,
    listing_standing,
)
