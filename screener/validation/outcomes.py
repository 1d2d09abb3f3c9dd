"""Outcomes: what became of an asset between a scan and the day its case is due, and how that is labelled.

Columns have a row a case; NaN is not known. Only what was known at the scan is compared, and what was known
then must be known now for the answer that nothing happened. One event decides it whatever else is not known.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from screener.validation.statistics import Column, Mask

LOST_SHARE: Final = 0.9
"""From which loss on price or liquidity counts as lost (the design's −90 %)."""
TOLERANCE: Final = 1e-9
"""A loss of just 90 % is one, though 0.3 · 0.1 is no more 0.03 in binary fractions."""

LIQUIDITY_LOST: Final = "liquidity_lost"
PRICE_LOST: Final = "price_lost"
HALTED: Final = "halted"
FILED_LATE: Final = "filed_late"
EVENTS: Final = (LIQUIDITY_LOST, PRICE_LOST, HALTED, FILED_LATE)

NO_PRICE_AT_SCAN: Final = "no_price_at_scan"
NO_PRICE: Final = "no_price"
NO_LIQUIDITY: Final = "no_liquidity"
NO_VENUE: Final = "no_venue"
NO_FILINGS: Final = "no_filings"
"""Why nobody can say that nothing happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was known of each case's asset at one moment.

    `price_usd` is that of the units of the scan: splits since are undone. `late_reports` came late or are
    missing, of 24 months. `is_halted` is 1 where a venue suspended it or warns its buyers (caveat emptor).
    """

    price_usd: Column
    liquidity_usd: Column
    late_reports: Column
    is_halted: Column


@dataclass(frozen=True, slots=True)
class Outcome:
    """True: something bad happened, and `events` says what. None: it is not known, and `events` says why."""

    is_bad: bool | None
    events: tuple[str, ...]


def outcomes(then: Sight, now: Sight) -> list[Outcome]:
    """The outcome of each case."""
    happened = {
        LIQUIDITY_LOST: _is_lost(then.liquidity_usd, now.liquidity_usd),
        PRICE_LOST: _is_lost(then.price_usd, now.price_usd),
        HALTED: (now.is_halted == 1) & (then.is_halted == 0),
        FILED_LATE: now.late_reports > then.late_reports,
    }
    missing = {
        NO_PRICE_AT_SCAN: ~(then.price_usd > 0),
        NO_PRICE: np.isnan(now.price_usd),
        NO_LIQUIDITY: (then.liquidity_usd > 0) & np.isnan(now.liquidity_usd),
        NO_VENUE: ~np.isnan(then.is_halted) & np.isnan(now.is_halted),
        NO_FILINGS: ~np.isnan(then.late_reports) & np.isnan(now.late_reports),
    }
    return [
        _outcome(events, reasons) for events, reasons in zip(_names(happened), _names(missing), strict=True)
    ]


def _outcome(events: tuple[str, ...], reasons: tuple[str, ...]) -> Outcome:
    if events or reasons:
        return Outcome(is_bad=True if events else None, events=events or reasons)
    return Outcome(is_bad=False, events=())


def _is_lost(then: Column, now: Column) -> Mask:
    """Whether 90 % or more of it is gone; never where either is not known or there was nothing to lose."""
    return np.asarray((then > 0) & (now <= then * (1 - LOST_SHARE) * (1 + TOLERANCE)))


def _names(columns: dict[str, Mask]) -> list[tuple[str, ...]]:
    """By case the names of the columns that are true for it."""
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [tuple(name for name, is_so in zip(columns, row, strict=True) if is_so) for row in rows]
