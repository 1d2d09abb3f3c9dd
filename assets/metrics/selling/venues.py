"""Exit venues of one asset: each pool and order book as a sale curve, by the rules of the round trip.

What can be worked out is `sure`. What a venue may take besides, at its best price, bounds a sale from above;
where nobody knows how much that is, it is open-ended. No venue pays more than the asset's own price: one that
says so was asked at another moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from assets.metrics.columns import positive
from assets.metrics.facts import Facts
from assets.metrics.pools import BONDING_CURVE, CONCENTRATED, CONSTANT_PRODUCT, REFUSED, VERDICTS, Pools
from assets.metrics.round_trips import OrderBooks, Venues, venues_of
from assets.metrics.selling.sale import Market
from assets.metrics.selling.steps import (
    Steps,
    by_volume,
    constant_product,
    even_depth,
    orders,
    until_move,
)
from assets.metrics.walking import DEPTH_MOVE_SHARE

POOL: Final = "pool"
BOOK: Final = "book"
ORDERS: Final = "orders"
DEPTH: Final = "depth"
VOLUME: Final = "volume"
EMPTY: Final = "empty"
NOTHING: Final = "nothing"
BASES: Final = (ORDERS, DEPTH, VOLUME, CONSTANT_PRODUCT, CONCENTRATED, BONDING_CURVE, EMPTY, NOTHING)
"""What a curve is made of: orders one by one, depth or volume of a book, a pool's formula, that a pool is
empty, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitVenue:
    """`place` is its address, or venue and pair. `mid_usd` is its price, `keep_share` what fee and tax leave.

    `verdict` says why a pool counts less than its reserve ("": it counts). `is_priced`: somebody tells its
    price; without, `mid_usd` is the asset's own.
    """

    kind: str
    place: tuple[str, ...]
    basis: str
    mid_usd: float
    fee_share: float
    tax_share: float
    sure: Steps
    possible: Steps
    is_open_ended: bool = False
    verdict: str = ""
    is_priced: bool = True

    @property
    def keep_share(self) -> float:
        return (1 - self.fee_share) * (1 - self.tax_share)

    @property
    def unsure_below_usd(self) -> float:
        """What a unit brings when it may begin to take more than is sure; 0 where it never does."""
        if not (self.possible.venue.size or self.is_open_ended):
            return 0.0
        if self.sure.venue.size:
            return float(self.sure.floor_usd().min())
        best = self.mid_usd * self.keep_share
        return best if np.isfinite(best) else np.inf


@dataclass(frozen=True)
class ExitVenues:
    """Where one asset can be sold. `price_usd` is the asset's own; NaN where it is not known."""

    venues: tuple[ExitVenue, ...]
    price_usd: float
    is_tax_known: bool

    @cached_property
    def reference_usd(self) -> float:
        """The price before the sale: the best of a venue that takes something."""
        mids = [each.mid_usd for each in self.venues if each.sure.venue.size]
        return max(mids, default=self.price_usd)

    @cached_property
    def sure(self) -> Market:
        return Market.of(Steps.joined([each.sure for each in self.venues]))

    @cached_property
    def at_best(self) -> Market:
        """With all that venues may take besides."""
        return Market.of(Steps.joined([Steps.joined([each.sure, each.possible]) for each in self.venues]))

    @property
    def is_known(self) -> bool:
        """Whether of any venue it is known what it takes, be it nothing."""
        return any(each.basis != NOTHING for each in self.venues)

    @cached_property
    def unsure_below_usd(self) -> float:
        """A sale that ends at this price or above it brings what it is sure to bring, and no more."""
        return max((each.unsure_below_usd for each in self.venues), default=0.0)

    @cached_property
    def takes_nothing(self) -> bool:
        """Whether it is known of all venues that nothing can be sold there, whatever the price is."""
        return self.is_known and not self.is_bounded and not self.sure.most_units

    @property
    def is_bounded(self) -> bool:
        """Whether more may be taken than what is sure, so that an answer is the least."""
        return any(each.possible.venue.size or each.is_open_ended for each in self.venues)

    @property
    def is_open_ended(self) -> bool:
        """Whether nobody knows how much more."""
        return any(each.is_open_ended for each in self.venues)


def exit_venues(facts: Facts, *, price_usd: float, asset: int = 0) -> ExitVenues:
    """The venues of one asset of a batch, by its place there."""
    venues = venues_of(facts)
    tax = facts.aligned("contract")["sell_tax_share"].to_numpy(dtype=float)[asset]
    found = (*_pools(venues, asset, price_usd), *_books(venues.books, asset, price_usd))
    return ExitVenues(found, price_usd, bool(np.isfinite(tax)))


def _pools(venues: Venues, asset: int, price_usd: float) -> Iterator[ExitVenue]:
    pools, tax = venues.pools, float(venues.sell_tax_share[asset])
    addresses, kinds = (pools.listed.rows[name].tolist() for name in ("address", "pool_type"))
    prices = positive(pools.listed["price_usd"]) if addresses else np.empty(0)
    for row in np.flatnonzero(pools.listed.owner == asset).tolist():
        fee, mid = float(pools.fee_share[row]), _capped(float(prices[row]), price_usd)
        basis = _basis(pools, row, kinds[row], mid)
        sure, possible, is_open_ended = _pool_steps(pools, row, basis, mid, (1 - fee) * (1 - tax))
        yield ExitVenue(
            kind=POOL,
            place=(addresses[row],),
            basis=basis,
            mid_usd=mid,
            fee_share=fee,
            tax_share=tax,
            sure=sure,
            possible=possible,
            is_open_ended=is_open_ended,
            verdict=VERDICTS[pools.verdict[row]].text,
            is_priced=bool(np.isfinite(prices[row])),
        )


def _basis(pools: Pools, row: int, kind: str, mid: float) -> str:
    """What it takes is worked out from this, be it nothing; the same that the round trip rests on."""
    formula, drawable = float(pools.formula_usd[row]), float(pools.drawable_usd[row])
    if VERDICTS[pools.verdict[row]].certainty == REFUSED:
        return NOTHING
    if np.isfinite(formula * drawable * mid):
        return kind
    return EMPTY if drawable == 0 or formula == 0 else NOTHING


def _pool_steps(pools: Pools, row: int, basis: str, mid: float, keep: float) -> tuple[Steps, Steps, bool]:
    """What it surely takes, what it may besides, and whether nobody knows how much that is."""
    formula, drawable = float(pools.formula_usd[row]), float(pools.drawable_usd[row])
    none = Steps.none()
    if VERDICTS[pools.verdict[row]].certainty == REFUSED or basis == EMPTY or not keep > 0:
        return none, none, False
    if basis == NOTHING:
        return none, _besides(mid * keep, drawable), not np.isfinite(mid * drawable)
    steps = constant_product(mid, formula, keep_share=keep, drawable_usd=drawable)
    if basis != CONCENTRATED:
        return steps, none, False
    near = until_move(steps)  # the liquidity of a concentrated pool is only known about its price
    left = drawable - float(near.worth_usd(near.units).sum())
    return near, _besides(mid * keep * (1 - DEPTH_MOVE_SHARE), left), np.isnan(left)


def _besides(price_usd: float, most_usd: float) -> Steps:
    """All that a pool may hold, paid at once at this price."""
    return Steps.of(price_usd, max(most_usd, 0) / price_usd)


def _books(books: OrderBooks, asset: int, price_usd: float) -> Iterator[ExitVenue]:
    """Usable books, and what can be sold in each."""
    labels = {label: place for place, label in enumerate(books.walked.listed.rows["book"].tolist())}
    for row in np.flatnonzero(books.listed.owner == asset).tolist():
        label, fee = books.listed.rows.index[row], float(books.fee_share[row])
        told, place = books.listed.rows.loc[label], labels.get(label)
        basis, mid, sure = (
            _by_figures(books, row, price_usd, 1 - fee)
            if place is None
            else _by_orders(books, place, price_usd, 1 - fee)
        )
        yield ExitVenue(
            kind=BOOK,
            place=(str(told["venue"]), str(told["pair"])),
            basis=basis,
            mid_usd=mid,
            fee_share=fee,
            tax_share=0.0,
            sure=sure,
            possible=Steps.none(),
            is_open_ended=basis == NOTHING or bool(place is not None and books.is_truncated[place]),
            is_priced=basis == ORDERS or bool(np.isfinite(_quoted_usd(books, row))),
        )


def _by_orders(books: OrderBooks, place: int, price_usd: float, keep: float) -> tuple[str, float, Steps]:
    """Its bids. A crossed book can't be right; one without asks still has bids to sell into."""
    bids = books.walked.bids
    best, ask = float(bids.best_usd()[place]), float(books.walked.asks.best_usd()[place])
    if not best > 0 or best >= ask:
        return NOTHING, price_usd, Steps.none()
    mid, is_own = best if np.isnan(ask) else (best + ask) / 2, bids.book == place
    capped = _capped(mid, price_usd)
    return (
        ORDERS,
        capped,
        orders(bids.price_usd[is_own] * (capped / mid), bids.quantity[is_own], keep_share=keep),
    )


def _by_figures(books: OrderBooks, row: int, price_usd: float, keep: float) -> tuple[str, float, Steps]:
    """By its depth, or else by its volume."""
    mid = _capped(_quoted_usd(books, row), price_usd)
    spread, depth, volume = (
        float(each[row]) for each in (books.spread_share, books.depth_down_usd, books.volume_24h_usd)
    )
    if depth == 0:
        return DEPTH, mid, Steps.none()
    if np.isfinite(mid * spread * depth):
        return DEPTH, mid, even_depth(mid, spread, depth, keep_share=keep)
    if np.isfinite(mid * spread * volume) and volume > 0:
        return VOLUME, mid, by_volume(mid, spread, volume, keep_share=keep)
    return NOTHING, mid, Steps.none()


def _quoted_usd(books: OrderBooks, row: int) -> float:
    """Between bid and ask, else the last trade; NaN where none is told."""
    bid, ask, last = (float(positive(books.listed[name])[row]) for name in ("bid_usd", "ask_usd", "last_usd"))
    return (bid + ask) / 2 if bid < ask else last


def _capped(mid_usd: float, price_usd: float) -> float:
    """The price of a venue, no higher than the asset's own; where it is not known, that one."""
    return float(np.fmin(mid_usd, price_usd))
