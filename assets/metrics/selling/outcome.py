"""Outcome of a sale over all venues: what it brings, and what fees, taxes, spread and impact took."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.selling.sale import Market, Sale
from assets.metrics.selling.venues import ExitVenue, ExitVenues

SLIPPAGES: Final = (0.02, 0.05, 0.10)
"""The slippage for which people ask how much could be sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByVenue:
    """What is sold in one venue, in units, what it brings, and what the venue keeps of it."""

    venue: ExitVenue
    units: float
    proceeds_usd: float
    fee_usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleOutcome:
    """A sale of `units`, of which nobody takes `unfilled_units`.

    What is sold was worth `worth_usd` at the price before. It brings `proceeds_usd`, and the four that follow
    are the rest of it: the venues' fees, the token's tax, the distance of the best bids from the price, and
    the impact, which the size itself causes. `price_share` is the price after it, of the price before.
    `is_least`: at such a price some venues may take more than is sure, so that it may bring more.
    """

    units: float
    unfilled_units: float
    reference_usd: float
    worth_usd: float
    proceeds_usd: float
    fees_usd: float
    tax_usd: float
    spread_usd: float
    impact_usd: float
    price_share: float
    is_least: bool
    venues: tuple[ByVenue, ...]

    @property
    def sold_units(self) -> float:
        return self.units - self.unfilled_units

    @property
    def is_known(self) -> bool:
        """Whether it says something: that nothing is sold at least says nothing."""
        return not self.is_least or bool(self.sold_units)

    @property
    def average_usd(self) -> float:
        """For a unit, after fees and tax."""
        return self.proceeds_usd / self.sold_units if self.sold_units else math.nan

    @property
    def slippage_share(self) -> float:
        """How far the average is below the price before, of what is sold."""
        return 1 - self.proceeds_usd / self.worth_usd if self.worth_usd else math.nan

    @property
    def impact_share(self) -> float:
        """The part of the slippage that the size itself causes."""
        return self.impact_usd / self.worth_usd if self.worth_usd else math.nan

    @property
    def unfilled_share(self) -> float:
        return self.unfilled_units / self.units if self.units else math.nan

    def fees_of_usd(self, kind: str) -> float:
        """The part of the fees that venues of this kind keep: pools, or the books of exchanges."""
        return sum(each.fee_usd for each in self.venues if each.venue.kind == kind)


def sell(venues: ExitVenues, units: float) -> SaleOutcome:
    """Sell so many units where it is sure what they bring."""
    return outcome(venues, venues.sure, units)


def sell_at_best(venues: ExitVenues, units: float) -> SaleOutcome | None:
    """The most that the same sale can bring; None where nobody knows it, or where it is the same."""
    if venues.is_open_ended or not sell(venues, units).is_least:
        return None
    return outcome(venues, venues.at_best, units)


def outcome(venues: ExitVenues, market: Market, units: float) -> SaleOutcome:
    """What becomes of a sale in this market of these venues."""
    sale, each = market.sell(units), venues.venues
    sold, brought = (sale.by_venue(values, len(each)) for values in (sale.units, sale.worth_usd))
    fee, tax, keep = (_column(each, name) for name in ("fee_share", "tax_share", "keep_share"))
    keep = np.where(keep > 0, keep, np.nan)  # a tax of all: nothing is sold there
    gross = brought / keep
    best = _best_by_venue(sale, len(each)) / keep
    is_sold = sold > 0
    fees = np.where(is_sold, gross * (1 - tax) * fee, 0.0)
    reference = venues.reference_usd
    return SaleOutcome(
        units=units,
        unfilled_units=sale.unfilled_units,
        reference_usd=reference,
        worth_usd=sale.sold_units * reference,
        proceeds_usd=sale.proceeds_usd,
        fees_usd=float(fees.sum()),
        tax_usd=float((gross * tax)[is_sold].sum()),
        spread_usd=float((sold * (reference - best))[is_sold].sum()),
        impact_usd=float((sold * best - gross)[is_sold].sum()),
        price_share=sale.price_usd / market.best_usd,
        is_least=venues.unsure_below_usd > (0.0 if sale.unfilled_units else sale.price_usd),
        venues=tuple(
            ByVenue(
                venue=each[place],
                units=float(sold[place]),
                proceeds_usd=float(brought[place]),
                fee_usd=float(fees[place]),
            )
            for place in range(len(each))
        ),
    )


def most_within(venues: ExitVenues, slippages: Sequence[float] = SLIPPAGES) -> dict[float, float]:
    """By slippage the most units that surely lose no more than it on average."""
    market, reference = venues.sure, venues.reference_usd
    return {each: market.most_within(each, reference) for each in slippages}


def after_others(venues: ExitVenues, ahead_units: float, units: float) -> SaleOutcome:
    """Sell after others have sold so many units, and nobody has bought since."""
    first, both = sell(venues, ahead_units), sell(venues, ahead_units + units)
    lost = min(both.unfilled_units, units)
    names = ("worth_usd", "proceeds_usd", "fees_usd", "tax_usd", "spread_usd", "impact_usd")
    return SaleOutcome(
        units=units,
        unfilled_units=lost,
        reference_usd=both.reference_usd,
        price_share=both.price_share,
        is_least=both.is_least,
        venues=tuple(
            ByVenue(
                venue=late.venue,
                units=max(late.units - early.units, 0.0),
                proceeds_usd=max(late.proceeds_usd - early.proceeds_usd, 0.0),
                fee_usd=max(late.fee_usd - early.fee_usd, 0.0),
            )
            for early, late in zip(first.venues, both.venues, strict=True)
        ),
        **{name: getattr(both, name) - getattr(first, name) for name in names},
    )


def _column(venues: Sequence[ExitVenue], name: str) -> np.ndarray:
    return np.array([getattr(each, name) for each in venues], dtype=np.float64)


def _best_by_venue(sale: Sale, size: int) -> np.ndarray:
    """What the first unit brings, by venue."""
    best = np.zeros(size)
    np.maximum.at(best, sale.steps.venue, sale.steps.top_usd)
    return best
