"""Exit places: where an asset can be sold, which answer tells of it, and why one may not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _

from assets.metrics import families
from assets.metrics.pools import BONDING_CURVE, CONCENTRATED, CONSTANT_PRODUCT, POOL_TYPES
from assets.metrics.selling.venues import (
    BOOK,
    DEPTH,
    EMPTY,
    NOTHING,
    ORDERS,
    POOL,
    VOLUME,
    ExitVenue,
    ExitVenues,
)
from assets.metrics.taker_fees import TAKER_FEES
from assets.models import BookSnapshot, PoolSnapshot
from screener.services.dossier.facts import DossierFacts

BASES: Final[Mapping[str, str]] = {
    ORDERS: _("its orders, level by level"),
    DEPTH: _("its −2 % depth, bids spread evenly"),
    VOLUME: _("its volume, by the square-root law of impact"),
    CONSTANT_PRODUCT: _("its reserve, by x·y = k"),
    CONCENTRATED: _("its liquidity within 2 % of the price"),
    BONDING_CURVE: _("its bonding curve, up to what buyers have paid in"),
    EMPTY: _("its other side, which is empty"),
    NOTHING: _("unknown: its depth can't be worked out"),
}
"""What a venue's part of a sale is worked out from."""
RESERVES: Final = _("its virtual reserve, by x·y = k")
UNKNOWN_TYPE: Final = _("pool of unknown type")
OF_BOOK: Final = _("order book")
OUTDATED: Final = _("Outdated: no recent answer about its trade, so it is left out.")
STALE: Final = _("Marked stale by its provider, so it is left out.")
ANOMALOUS: Final = _("Its price is far from the asset's or marked anomalous, so it is left out.")

Row = PoolSnapshot | BookSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitPlace:
    """A pool or a book. `row` is the stored answer that tells of it; `venue` is None where it does not count,
    and `remark` says why."""

    row: Row
    venue: ExitVenue | None = None
    remark: str = ""

    @property
    def name(self) -> str:
        return self.row.pair or (self.row.address if isinstance(self.row, PoolSnapshot) else "")

    @property
    def where(self) -> str:
        return self.row.dex if isinstance(self.row, PoolSnapshot) else self.row.venue

    @property
    def kind(self) -> str:
        """What it is, in words."""
        if isinstance(self.row, BookSnapshot):
            return OF_BOOK
        return POOL_TYPES.get(self.row.pool_type, UNKNOWN_TYPE)

    @property
    def basis(self) -> str:
        """What its part of a sale is worked out from, in words; "" where it counts for nothing."""
        if self.venue is None or (self.venue.basis == NOTHING and not self.venue.unsure_below_usd):
            return ""
        return BASES.get(self.venue.basis, RESERVES)

    @property
    def price_usd(self) -> float | None:
        """Its price, at most the asset's own; None where nobody tells one and nothing is sold by it."""
        if self.venue is None or not (self.venue.is_priced or self.basis):
            return None
        return self.venue.mid_usd

    @property
    def is_price_assumed(self) -> bool:
        """Whether it is sold at the asset's price because nobody tells its own."""
        return self.price_usd is not None and self.venue is not None and not self.venue.is_priced

    @property
    def is_fee_assumed(self) -> bool:
        """Whether its fee is only the usual one, because nobody tells it."""
        if self.venue is None or not self.venue.fee_share:
            return False
        if isinstance(self.row, PoolSnapshot):
            return self.row.fee_share is None
        return self.row.venue.casefold() not in TAKER_FEES


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitPlaces:
    """`counted` in the order of the venues; `left_out` are known and count for nothing."""

    venues: ExitVenues
    counted: tuple[ExitPlace, ...]
    left_out: tuple[ExitPlace, ...]


def exit_places(facts: DossierFacts) -> ExitPlaces:
    """By the rows and rules of the score, at the price of the card."""
    venues = facts.exit_venues
    counted = tuple(_counted(each, facts) for each in venues.venues)
    return ExitPlaces(venues=venues, counted=counted, left_out=tuple(_left_out(facts, venues)))


def _counted(venue: ExitVenue, facts: DossierFacts) -> ExitPlace:
    row = _rows(facts)[(venue.kind, *venue.place)]
    return ExitPlace(row=row, venue=venue, remark=venue.verdict)


def _left_out(facts: DossierFacts, venues: ExitVenues) -> Iterator[ExitPlace]:
    """Books that don't count, and places of whose trade nobody has told in time."""
    counted = {(each.kind, *each.place) for each in venues.venues}
    for key, row in _rows(facts).items():
        if key not in counted:
            is_stale = isinstance(row, BookSnapshot) and row.stale
            yield ExitPlace(row=row, remark=STALE if is_stale else ANOMALOUS)
    for family in (families.POOLS, families.BOOKS):
        for row in facts.rows.outdated(family):
            yield ExitPlace(row=row, remark=OUTDATED)


def _rows(facts: DossierFacts) -> dict[tuple[str, ...], Row]:
    pools, books = (facts.rows.places(each) for each in (families.POOLS, families.BOOKS))
    return {
        **{(POOL, each.address): each for each in pools},
        **{(BOOK, each.venue, each.pair): each for each in books},
    }
