"""Round trip: what buying for a position and selling what came costs in an asset's venues, for any size."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, known, usd
from assets.metrics.constant_product import round_trip_share
from assets.metrics.exits import book_round_trip_share, quoted_spread_share, sqrt_impact_share
from assets.metrics.facts import Facts, once
from assets.metrics.families import TOKEN
from assets.metrics.pools import Pools, pools_of
from assets.metrics.taker_fees import taker_fees
from assets.metrics.walking import Books, depth_within

EXACT_DECIMALS: Final = 9
MATTERS: Final = 2.0
"""A figure is given where the venues that can't be worked out would change it by less than this factor, were
they of the common kind. Our judgement: else the pools that are known say little of the asset."""
HOPELESS_SHARE: Final = 0.5
"""A cost of which only the least is known is given from here on: what more it may be changes nothing."""


def usable_books(facts: Facts) -> Groups:
    """The order books that neither we nor their provider hold to be stale or anomalous."""
    books = Groups.of(facts.books, facts.asset_ids)
    return books.where((books["stale"] != 1) & (books["anomalous"] != 1))


@dataclass(frozen=True, slots=True)
class OrderBooks:
    """The usable books of a batch, with a taker's fee; those whose orders are known also in `walked`."""

    listed: Groups
    spread_share: Column
    depth_up_usd: Column
    depth_down_usd: Column
    volume_24h_usd: Column
    fee_share: Column
    walked: Books
    walked_fee_share: Column
    is_truncated: Mask

    @classmethod
    def of(cls, facts: Facts) -> "OrderBooks":
        listed, walked = usable_books(facts), Books.of(facts.levels, facts.asset_ids)
        labels = pd.Index(walked.listed.rows["book"])
        rows = facts.books[["asset_id", "venue", "truncated"]].reindex(labels)
        rows["asset_id"] = walked.listed.rows["asset_id"].to_numpy()
        told_usd, index = usd(listed["depth_down_usd"]), listed.rows.index
        walked_usd = pd.Series(depth_within(walked)[0], index=labels).reindex(index).to_numpy()
        stated = known(listed["spread_share"], high=2)
        quoted = quoted_spread_share(usd(listed["bid_usd"]), usd(listed["ask_usd"]))
        return cls(
            listed=listed,
            spread_share=np.where(np.isnan(stated), quoted, stated),
            depth_up_usd=usd(listed["depth_up_usd"]),
            depth_down_usd=np.where(np.isnan(told_usd), walked_usd, told_usd),
            volume_24h_usd=usd(listed["volume_24h_usd"]),
            fee_share=_fees(listed, facts),
            walked=walked,
            walked_fee_share=_fees(Groups.of(rows, facts.asset_ids), facts),
            is_truncated=rows["truncated"].to_numpy(dtype=float) == 1,
        )

    def cost_share(self, size_usd: float) -> Column:
        """By asset the cost in its cheapest book; where orders are known, they are walked."""
        if not self.listed.owner.size:
            return self._walked_share(size_usd)
        spread, fee = self.spread_share, self.fee_share
        by_depth = book_round_trip_share(spread, self.depth_up_usd, self.depth_down_usd, size_usd, fee)
        by_volume = spread + 2 * fee + 2 * sqrt_impact_share(size_usd, self.volume_24h_usd)
        cost = np.where(np.isnan(by_depth), np.minimum(by_volume, 1), by_depth)
        is_walked = self.listed.rows.index.isin(pd.Index(self.walked.listed.rows["book"]))
        return np.fmin(self.listed.least(np.where(is_walked, np.nan, cost)), self._walked_share(size_usd))

    def _walked_share(self, size_usd: float) -> Column:
        if not self.walked.listed.owner.size:
            return np.full(self.walked.listed.size, np.nan)
        cost, is_short = self.walked.round_trip(size_usd, self.walked_fee_share)
        # Of a book that was cut near its middle nobody knows how short it is.
        cost = np.where(is_short & self.is_truncated, np.nan, cost)
        # Digits beyond these depend on which other books are in the batch.
        return self.walked.listed.least(known(cost, high=1).round(EXACT_DECIMALS))


@dataclass(frozen=True, slots=True)
class Cost:
    """By asset: `share` of the money that is lost; `most_share` in the cheapest venue that can be worked out,
    where one that cannot may be far cheaper and `share` is not known."""

    share: Column
    most_share: Column


@dataclass(frozen=True, slots=True)
class Venues:
    """Where the assets of a batch are traded; taxes are one an asset."""

    pools: Pools
    books: OrderBooks
    buy_tax_share: Column
    sell_tax_share: Column

    @classmethod
    def of(cls, facts: Facts, pools: Pools) -> "Venues":
        contract = facts.aligned("contract")
        # A tax that is not known is another criterion's unknown; here a trade costs at least the rest.
        buy_tax, sell_tax = (
            np.nan_to_num(known(contract[name], high=1)) for name in ("buy_tax_share", "sell_tax_share")
        )
        return cls(pools, OrderBooks.of(facts), buy_tax, sell_tax)

    def cost(self, size_usd: float) -> Cost:
        """The cheapest venue's cost, unless one that can't be worked out may be far cheaper.

        Where none can be worked out, the least that it costs: known once it is hopeless. Nor is it hopeless
        while there is a pool of which nobody knows what it holds.
        """
        pools, books = self._in_pools(size_usd), self.books.cost_share(size_usd)
        cheapest = np.fmin(pools["cost"], books)
        may_be_far_cheaper = MATTERS * pools["likely"] < cheapest
        may_be_far_cheaper |= (cheapest >= HOPELESS_SHARE) & (pools["least"] < HOPELESS_SHARE)
        sure = np.where(may_be_far_cheaper, np.nan, cheapest)
        least = np.fmin(cheapest, pools["least"])
        share = np.where(np.isnan(sure) & (least >= HOPELESS_SHARE), least, sure)
        return Cost(share, np.where(np.isnan(share), cheapest, np.nan))

    def _in_pools(self, size_usd: float) -> dict[str, Column]:
        pools, owner = self.pools, self.pools.listed.owner
        if not owner.size:
            return dict.fromkeys(("cost", "likely", "least"), np.full(pools.listed.size, np.nan))
        has_formula = pools.holds_for(size_usd)
        taxes = {"buy_tax": self.buy_tax_share, "sell_tax": self.sell_tax_share}
        cost = np.where(has_formula, pools.round_trip_share(size_usd, **taxes), np.nan)
        likely = round_trip_share(
            np.where(has_formula | pools.is_refused, np.nan, pools.likely_usd),
            size_usd,
            pools.fee_share,
            buy_tax_share=self.buy_tax_share[owner],
            sell_tax_share=self.sell_tax_share[owner],
        )
        least = known(1 - np.where(has_formula, np.nan, pools.drawable_usd) / size_usd, low=-np.inf)
        not_bounded = ~has_formula & ~pools.is_refused & np.isnan(pools.drawable_usd)
        least = np.where(not_bounded, 0.0, np.maximum(least, 0))
        columns = {"cost": cost, "likely": likely, "least": least}
        return {name: pools.listed.least(column) for name, column in columns.items()}


@once
def venues_of(facts: Facts) -> Venues:
    """The venues of a batch with all of its pools, ready to be asked for any size."""
    return Venues.of(facts, pools_of(facts))


def _fees(books: Groups, facts: Facts) -> Column:
    is_token: Mask = (facts.assets["kind"] == TOKEN).to_numpy()
    return taker_fees(books.rows["venue"].fillna(""), is_token=is_token[books.owner])
