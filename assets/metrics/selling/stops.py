"""Stop: what a sale brings that a fall of the price sets off, and how often a price jumped over such a stop.

A stop is an order to sell at what is bid once the price is there: bids above are gone by then. Daily bars
tell when the price opened below it, and how low it went before the day was over.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.columns import Column
from assets.metrics.selling.outcome import SaleOutcome, outcome
from assets.metrics.selling.sale import Market
from assets.metrics.selling.steps import Steps
from assets.metrics.selling.venues import ExitVenue, ExitVenues

STOPS: Final = (0.05, 0.10, 0.20)
"""Falls below today's price at which people put stops."""
LEAST_DAYS: Final = 21
"""With fewer days than a month's trading nothing is said of gaps. Our judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopHistory:
    """Of `days` in which a stop stood at `stop_share` below the close before, those on which it was reached.

    On `gaps_count` of them the day opened below it: the stop filled there at best. `fill_share` is the middle
    fall at which it filled at best, `worst_open_share` the deepest of these, `worst_low_share` the deepest
    price of such a day: all as falls from the close before, NaN where no day reached it.
    """

    stop_share: float
    days: int
    reached_count: int
    gaps_count: int
    fill_share: float
    worst_open_share: float
    worst_low_share: float


def fallen(venues: ExitVenues, move_share: float) -> Market:
    """The market after the price has fallen by this share and nobody has bid anew."""
    parts = [_fallen(each, move_share) for each in venues.venues]
    return Market.of(Steps.joined(parts))


def sell_at_stop(venues: ExitVenues, units: float, stop_share: float) -> SaleOutcome:
    """Sell after that fall; slippage and spread are against the price of today."""
    return outcome(venues, fallen(venues, stop_share), units)


def stop_history(bars: Bars, stop_share: float) -> StopHistory | None:
    """How a stop at this fall would have filled, in the bars of one asset; None where they are too few."""
    before = bars.previous(bars.close)
    is_known = ~np.isnan(before + bars.open + bars.low)
    opened, low = ((each - before)[is_known] for each in (bars.open, bars.low))
    if opened.size < LEAST_DAYS:
        return None
    stop = np.log1p(-stop_share)
    reached = low <= stop
    filled = np.minimum(opened[reached], stop)
    return StopHistory(
        stop_share=stop_share,
        days=int(opened.size),
        reached_count=int(reached.sum()),
        gaps_count=int((opened[reached] < stop).sum()),
        fill_share=_fall(np.median(filled) if filled.size else np.nan),
        worst_open_share=_fall(filled.min() if filled.size else np.nan),
        worst_low_share=_fall(low.min() if filled.size else np.nan),
    )


def _fallen(venue: ExitVenue, move_share: float) -> Steps:
    below: Column = np.full(venue.sure.top_usd.size, venue.mid_usd * venue.keep_share * (1 - move_share))
    return venue.sure.fallen(move_share, below)


def _fall(log_return: float) -> float:
    return float(-np.expm1(log_return))
