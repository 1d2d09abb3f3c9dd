"""Selling this position: what a sale of the reader's size brings, how long it takes, and what may spoil it.

One price clears all venues (`assets.metrics.selling`). What can't be worked out is not sold: then the answer
is the least, and says so.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext_noop as _

from assets.metrics import families
from assets.metrics.bars import Bars
from assets.metrics.exits import FOREVER_DAYS, PARTICIPATION_SHARE, days_to_exit
from assets.metrics.round_trips import HOPELESS_SHARE
from assets.metrics.selling.outcome import (
    ByVenue,
    SaleOutcome,
    after_others,
    most_within,
    sell,
    sell_at_best,
)
from assets.metrics.selling.stops import LEAST_DAYS, STOPS, StopHistory, sell_at_stop, stop_history
from assets.metrics.selling.venues import BOOK, NOTHING, POOL, ExitVenues
from screener.screens.position import PositionSize
from screener.services.dossier.exit_places import ExitPlace, ExitPlaces, exit_places
from screener.services.dossier.exits_ahead import ExitAhead, exits_ahead
from screener.services.dossier.facts import DossierFacts

PARTICIPATIONS: Final = (0.06, PARTICIPATION_SHARE, 0.18)
"""Shares of the traded volume: hardly noticed, the checklist's own, and as much as moves the price."""
BIDS: Final = _("Best bids below the price")
IMPACT: Final = _("Price impact")
POOL_FEES: Final = _("Pool fees")
TAKER_FEES: Final = _("Taker fees on exchanges")
TAX: Final = _("Transfer tax")
UNSURE: Final = _("Not certain to fill")
UNSOLD: Final = _("Unfilled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A part of what the position is worth that the sale does not bring; None where it is not known."""

    reason: str
    usd: float | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSale:
    """A sale, and where the rest of the position's worth goes: proceeds and losses add up to it."""

    outcome: SaleOutcome
    worth_usd: float
    losses: Sequence[Loss]

    @property
    def proceeds_share(self) -> float:
        return self.outcome.proceeds_usd / self.worth_usd


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlace:
    """A venue, and what is sold there; None where it does not count or nothing is known of it."""

    place: ExitPlace
    units_share: float | None = None
    proceeds_usd: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MostWithin:
    """The most that can be sold for this slippage on average; `is_least`: more may be possible."""

    slippage_share: float
    units: float
    worth_usd: float
    is_least: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAt:
    """Days of selling at this share of the traded volume; None where that is not known."""

    participation_share: float
    days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStop:
    """A stop so far below the price: what it fills at, None where of no bid below it anything is sure, and
    how it would have filled in the past."""

    stop_share: float
    sale: SaleOutcome | None
    history: StopHistory | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAhead:
    """Others who leave first, and the sale that is left; None where it is not known how much they sell, or
    where nothing of it is sure."""

    ahead: ExitAhead
    sale: SaleOutcome | None
    left_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SellingSection:
    """`sale` is None where of no venue it is known what it takes; `at_best` where nothing more is possible,
    or nobody knows how much. `refused` is what the address asks for where that is no position."""

    position: PositionSize | None
    refused: str
    units: float
    size_usd: float
    places: Sequence[ShownPlace]
    venues: ExitVenues
    sale: ShownSale | None
    at_best: SaleOutcome | None
    most: Sequence[MostWithin]
    days: Sequence[DaysAt]
    stops: Sequence[ShownStop]
    bars: Any
    ahead: Sequence[ShownAhead]
    least_days: int = LEAST_DAYS

    @property
    def has_price(self) -> bool:
        """Whether the asset has a price of its own; else its venues' best mid-price stands for it."""
        return not math.isnan(self.venues.price_usd)

    @property
    def has_no_units(self) -> bool:
        """Whether it is known what venues take, and not how many units the position is."""
        return self.venues.is_known and math.isnan(self.units)

    @property
    def is_hopeless(self) -> bool:
        """Whether most of the position is lost, whatever is not known: then that is the answer, as it is the
        finding's about the round trip."""
        brought = self.at_best.proceeds_usd if self.at_best else math.inf
        return self.sale is None and brought <= (1 - HOPELESS_SHARE) * self.size_usd


def read_selling(facts: DossierFacts) -> SellingSection:
    found, own = exit_places(facts), facts.own_settings
    venues, price = found.venues, facts.figures.get("price_usd", found.venues.reference_usd)
    in_units = own.position.units if own.position else None
    units = in_units or facts.position_usd / price
    size_usd = in_units * price if in_units else facts.position_usd
    sale = sell(venues, units) if venues.is_known and units > 0 else None
    if sale is not None and not sale.is_known:
        sale = None  # That it brings nothing at least says nothing.
    return SellingSection(
        position=own.position,
        refused=own.refused_position,
        units=units,
        size_usd=size_usd,
        places=_places(found, sale),
        venues=venues,
        sale=_shown(sale, venues, price) if sale else None,
        at_best=sell_at_best(venues, units) if units > 0 else None,
        most=_most(venues) if sale else (),
        days=_days(facts.figures, size_usd),
        stops=_stops(venues, sale, facts.closed_bars),
        bars=_whose_bars(facts),
        ahead=[_after(each, venues, sale) for each in exits_ahead(facts)],
    )


def _shown(sale: SaleOutcome, venues: ExitVenues, price_usd: float) -> ShownSale:
    kinds = {each.kind for each in venues.venues if each.basis != NOTHING}
    below = sale.sold_units * (price_usd - sale.reference_usd)
    lost: dict[str, float | None] = {BIDS: below + sale.spread_usd, IMPACT: sale.impact_usd}
    if POOL in kinds:
        lost |= {POOL_FEES: sale.fees_of_usd(POOL), TAX: sale.tax_usd if venues.is_tax_known else None}
    if BOOK in kinds:
        lost[TAKER_FEES] = sale.fees_of_usd(BOOK)
    if sale.unfilled_units:
        lost[UNSURE if sale.is_least else UNSOLD] = sale.unfilled_units * price_usd
    worth = sale.units * price_usd
    losses = [
        Loss(reason=reason, usd=usd, share=None if usd is None else usd / worth)
        for reason, usd in lost.items()
    ]
    return ShownSale(outcome=sale, worth_usd=worth, losses=losses)


def _places(found: ExitPlaces, sale: SaleOutcome | None) -> list[ShownPlace]:
    """Those that take the most first; those that count for nothing last."""
    shown = [ShownPlace(place=each) for each in found.counted]
    if sale:
        shown = [
            _with_part(place, part, sale) for place, part in zip(found.counted, sale.venues, strict=True)
        ]
    shown.sort(key=lambda each: -1.0 if each.units_share is None else each.units_share, reverse=True)
    return [*shown, *(ShownPlace(place=each) for each in found.left_out)]


def _with_part(place: ExitPlace, part: ByVenue, sale: SaleOutcome) -> ShownPlace:
    if part.venue.basis == NOTHING:
        return ShownPlace(place=place)
    return ShownPlace(place=place, units_share=part.units / sale.units, proceeds_usd=part.proceeds_usd)


def _most(venues: ExitVenues) -> list[MostWithin]:
    return [
        MostWithin(
            slippage_share=slippage,
            units=units,
            worth_usd=units * venues.reference_usd,
            is_least=sell(venues, np.nextafter(units, np.inf)).is_least,  # where the next unit is not sure
        )
        for slippage, units in most_within(venues).items()
    ]


def _days(figures: Mapping[str, float], size_usd: float) -> list[DaysAt]:
    """In proportion to the days that the card has for its own size."""
    days, judged = figures.get("days_to_exit"), figures.get("position_usd")
    if days is None or not judged or not size_usd > 0:
        return [DaysAt(participation_share=each, days=None) for each in PARTICIPATIONS]
    volume = figures.get("volume_24h_usd", math.nan)
    if days < FOREVER_DAYS:
        volume = judged / PARTICIPATION_SHARE / days
    return [
        DaysAt(participation_share=each, days=float(days_to_exit(size_usd, np.array([volume]), each)[0]))
        for each in PARTICIPATIONS
    ]


def _stops(venues: ExitVenues, sale: SaleOutcome | None, bars: Bars) -> list[ShownStop]:
    return [
        ShownStop(
            stop_share=each,
            sale=_unless_unknown(sell_at_stop(venues, sale.units, each)) if sale else None,
            history=stop_history(bars, each),
        )
        for each in STOPS
    ]


def _unless_unknown(sale: SaleOutcome) -> SaleOutcome | None:
    return sale if sale.is_known else None


def _whose_bars(facts: DossierFacts) -> Any:
    """The answer that gives the newest bars; None without bars."""
    sources = facts.bars.sources
    return next(sources[sources["family"] == families.CANDLES].itertuples(), None)


def _after(ahead: ExitAhead, venues: ExitVenues, sale: SaleOutcome | None) -> ShownAhead:
    if sale is None or ahead.units is None:
        return ShownAhead(ahead=ahead, sale=None, left_share=None)
    late = after_others(venues, ahead.units, sale.units)
    is_known = sale.proceeds_usd > 0 and not (late.is_least or sale.is_least)
    left = late.proceeds_usd / sale.proceeds_usd if is_known else None
    return ShownAhead(ahead=ahead, sale=_unless_unknown(late), left_share=left)
