"""Liquidity: depth, cost of a round trip and days to exit, of all venues of an asset together."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics import pool_control
from assets.metrics.columns import Column, Groups, Mask, days_until, known, ratio, sum_of_known, usd
from assets.metrics.constant_product import depth_usd, round_trip_share
from assets.metrics.exits import book_round_trip_share, days_to_exit, quoted_spread_share, sqrt_impact_share
from assets.metrics.facts import Facts
from assets.metrics.families import TOKEN
from assets.metrics.pools import BONDING_CURVE, Pools
from assets.metrics.taker_fees import taker_fees
from assets.metrics.venues import average_volume_shares
from assets.metrics.walking import Books, depth_within

EXACT_DECIMALS: Final = 9
MATTERS: Final = 2.0
"""A figure is given where the venues that can't be worked out would change it by less than this factor, were
they of the common kind. Our judgement: else the pools that are known say little of the asset."""
TRADED_WITHIN_DAYS: Final = 1.0
"""A book stands for a market as long as it would count as fresh (`Family.stale_after`)."""
HOPELESS_SHARE: Final = 0.5
"""A cost of which only the least is known is given from here on: what more it may be changes nothing."""


def usable_books(facts: Facts) -> Groups:
    """The order books that neither we nor their provider hold to be stale or anomalous."""
    books = Groups.of(facts.books, facts.asset_ids)
    return books.where((books["stale"] != 1) & (books["anomalous"] != 1))


def measures(facts: Facts, *, market: pd.DataFrame, pools: Pools, position_usd: float) -> pd.DataFrame:
    """The pools' and the books' part, joined: the cheapest single venue, the sum of all depth."""
    books = _of_books(facts, position_usd)
    of_pools = _of_pools(facts, pools, position_usd)
    depth = sum_of_known(of_pools["depth_down_usd"], books["depth_down_usd"])
    outdated = Groups.of(facts.outdated, facts.asset_ids)
    uncounted = np.nan_to_num(of_pools["likely_depth_usd"]) + np.nan_to_num(_depth_then(outdated))
    is_partial = uncounted > (MATTERS - 1) * np.nan_to_num(depth)
    least_depth, depth = np.where(is_partial, depth, np.nan), np.where(is_partial, np.nan, depth)
    cost, counted = _round_trip(of_pools, books), of_pools["counted_usd"]
    cheapest_known = np.fmin(of_pools["round_trip"], books["round_trip"])
    return pd.DataFrame(
        {
            "position_usd": np.full(len(facts.asset_ids), float(position_usd)),
            "liquidity_usd": np.where(np.isnan(counted), books["depth_usd"], counted),
            "exit_liquidity_usd": of_pools["drawable_usd"],
            "round_trip_cost_share": cost,
            "round_trip_most_share": np.where(np.isnan(cost), cheapest_known, np.nan),
            "spread_share": books["spread"],
            "depth_down_usd": depth,
            "depth_least_usd": least_depth,
            "depth_to_position": ratio(depth, position_usd),
            "venues_outdated": np.where(outdated.count() > 0, outdated.count(), np.nan),
            "days_to_exit": days_to_exit(position_usd, _daily_volume_usd(facts, market)),
            "volume_to_liquidity": of_pools["volume_to_liquidity"],
            **pool_control.control(pools, facts),
            "last_trade_hours": last_trade_hours(facts),
            "native_on_books": native_on_books(facts),
            "market_age_days": market_age_days(pools.listed, facts),
        },
        index=facts.asset_ids,
    )


def _daily_volume_usd(facts: Facts, market: pd.DataFrame) -> Column:
    """Traded in 24 hours; of a share whose volume nobody tells, on average a day, at the known price."""
    volume = market["volume_24h_usd"].to_numpy()
    on_average = average_volume_shares(facts) * market["price_usd"].to_numpy()
    return np.where(np.isnan(volume), on_average, volume)


def market_age_days(listed: Groups, facts: Facts) -> Column:
    """Days since the first of its pools opened, as far as it is known when they did."""
    opened = (pd.Timestamp(facts.now) - listed.rows["opened_at"]).dt.total_seconds()
    return listed.most(known(opened / 86_400))


def _depth_then(outdated: Groups) -> Column:
    """What could be sold when somebody last told of them; of a pool as if it were of the common kind."""
    of_pools = depth_usd(usd(outdated["reserve_usd"]) / 2)
    depth = usd(outdated["depth_down_usd"])
    return outdated.total(np.where(np.isnan(depth), of_pools, depth))


def native_on_books(facts: Facts) -> Column:
    """1 where a chain's own coin was traded on a usable order book within a day, NaN where nobody saw it."""
    books = usable_books(facts)
    ago = -days_until(books.rows["last_traded_at"], facts.now)
    is_traded = books.least(known(ago)) <= TRADED_WITHIN_DAYS
    is_native = (facts.aligned("contract")["native_coin"] == 1).to_numpy()
    return np.where(is_native & is_traded, 1.0, np.nan)


def last_trade_hours(facts: Facts) -> Column:
    """Hours since the last trade when somebody last looked; where it is not known when, since now."""
    rows = facts.aligned("trading")
    asked_at = rows["asked_at"].fillna(pd.Timestamp(facts.now))
    return known((asked_at - rows["last_traded_at"]).dt.total_seconds() / 3_600)


def _round_trip(pools: dict[str, Column], books: dict[str, Column]) -> Column:
    """The cheapest venue's cost, unless one that can't be worked out may be far cheaper.

    Where none can be worked out, the least that it costs: known once it is hopeless.
    """
    cost = np.fmin(pools["round_trip"], books["round_trip"])
    sure = np.where(MATTERS * pools["likely_round_trip"] < cost, np.nan, cost)
    least = np.fmin(cost, pools["least_round_trip"])
    return np.where(np.isnan(sure) & (least >= HOPELESS_SHARE), least, sure)


def _of_pools(facts: Facts, pools: Pools, position_usd: float) -> dict[str, Column]:
    listed, owner = pools.listed, pools.listed.owner
    contract = facts.aligned("contract")
    # A tax that is not known is another criterion's unknown; here a trade costs at least the rest.
    taxes = {
        name: np.nan_to_num(known(contract[f"{name}_share"], high=1)) for name in ("buy_tax", "sell_tax")
    }
    has_formula = pools.holds_for(position_usd)
    cost = np.where(has_formula, pools.round_trip_share(position_usd, **taxes), np.nan)
    likely = np.where(has_formula | pools.is_refused, np.nan, pools.likely_usd)
    likely_cost = round_trip_share(
        likely,
        position_usd,
        pools.fee_share,
        buy_tax_share=taxes["buy_tax"][owner],
        sell_tax_share=taxes["sell_tax"][owner],
    )
    least = known(1 - np.where(has_formula, np.nan, pools.drawable_usd) / position_usd, low=-np.inf)
    not_bounded = ~has_formula & ~pools.is_refused & np.isnan(pools.drawable_usd)
    least = np.where(not_bounded, 0.0, np.maximum(least, 0))
    on_curve = listed.rows["pool_type"].to_numpy() == BONDING_CURVE
    volume = np.where(pools.is_left_out, np.nan, usd(listed["volume_24h_usd"]))
    traded = np.where(np.isnan(pools.counted_usd) | on_curve, np.nan, volume)
    return {
        "counted_usd": listed.total(pools.counted_usd),
        "drawable_usd": listed.total(pools.drawable_usd),
        "volume_to_liquidity": ratio(
            listed.total(traded), listed.total(np.where(on_curve, np.nan, pools.counted_usd))
        ),
        "round_trip": listed.least(cost),
        "likely_round_trip": listed.least(likely_cost),
        "least_round_trip": listed.least(least),
        "depth_down_usd": listed.total(pools.depth_down_usd()),
        "likely_depth_usd": listed.total(depth_usd(likely)),
    }


def _of_books(facts: Facts, position_usd: float) -> dict[str, Column]:
    books, walked = usable_books(facts), _walked(facts, position_usd)
    is_listed = books.rows.index.isin(walked.book)
    depth_down = np.where(
        np.isnan(usd(books["depth_down_usd"])),
        pd.Series(walked.depth_down_usd, index=walked.book).reindex(books.rows.index).to_numpy(),
        usd(books["depth_down_usd"]),
    )
    up, down = usd(books["depth_up_usd"]), depth_down
    stated_spread = known(books["spread_share"], high=2)
    quoted = quoted_spread_share(usd(books["bid_usd"]), usd(books["ask_usd"]))
    spread = np.where(np.isnan(stated_spread), quoted, stated_spread)
    fee = _fees(books, facts)
    by_depth = book_round_trip_share(spread, up, down, position_usd, fee)
    by_volume = spread + 2 * fee + 2 * sqrt_impact_share(position_usd, usd(books["volume_24h_usd"]))
    cost = np.where(np.isnan(by_depth), np.minimum(by_volume, 1), by_depth)
    return {
        "depth_usd": books.total(up + down),
        # Where orders are known, they are walked.
        "round_trip": np.fmin(books.least(np.where(is_listed, np.nan, cost)), walked.cost),
        "depth_down_usd": books.total(down),
        "spread": books.least(spread),
    }


@dataclass(frozen=True, slots=True)
class Walked:
    """Books whose orders are known, by their label; and by asset the cost in the cheapest of them."""

    book: "pd.Index[int]"
    depth_down_usd: Column
    cost: Column


def _walked(facts: Facts, position_usd: float) -> Walked:
    books = Books.of(facts.levels, facts.asset_ids)
    labels = pd.Index(books.listed.rows["book"])
    rows = facts.books[["asset_id", "venue", "truncated"]].reindex(labels)
    rows["asset_id"] = books.listed.rows["asset_id"].to_numpy()
    cost, is_short = books.round_trip(position_usd, _fees(Groups.of(rows, facts.asset_ids), facts))
    # Of a book that was cut near its middle nobody knows how short it is.
    cost = np.where(is_short & (rows["truncated"].to_numpy(dtype=float) == 1), np.nan, cost)
    # Digits beyond these depend on which other books are in the batch.
    cheapest = books.listed.least(known(cost, high=1).round(EXACT_DECIMALS))
    return Walked(labels, depth_within(books)[0], cheapest)


def _fees(books: Groups, facts: Facts) -> Column:
    is_token: Mask = (facts.assets["kind"] == TOKEN).to_numpy()
    return taker_fees(books.rows["venue"].fillna(""), is_token=is_token[books.owner])
