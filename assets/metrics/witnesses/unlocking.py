"""An unlock schedule against the supply: no more can come free than there is, or than is still locked."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, days_until, positive
from assets.metrics.facts import Facts
from assets.metrics.supply import float_share
from assets.metrics.witnesses.witness import Doubt

ROUNDING_SHARE: Final = 0.02
"""Schedules and supplies are rounded, and of different days (our judgement)."""
OTHERS_SHARE: Final = 0.1
"""What circulates is counted by other rules than what is vested: a treasury that may sell and does not.
So much of all there can be may be free by one and locked by the other (our judgement)."""
FREE_SHARE: Final = 0.25
"""What came free earlier may have been burned since, or be kept by who got it (our judgement)."""
TIMES_CIRCULATING: Final = 100.0
"""A schedule of so many times what circulates is of another unit, whatever there can be."""


def beyond_supply(facts: Facts) -> Iterator[Doubt]:
    """A schedule by which more comes free than there can ever be: its unit, or the supply, is wrong."""
    events, amount, limit = _schedule(facts)
    planned = events.total(amount)
    is_off = planned > limit * (1 + ROUNDING_SHARE)
    yield _whole_schedule(facts, events, is_off, limit)


def beyond_locked(facts: Facts) -> Iterator[Doubt]:
    """More to come free than does not circulate yet, or more free already than circulates."""
    events, amount, limit = _schedule(facts)
    supply = facts.supply.reindex(facts.asset_ids)
    circulating = positive(supply["circulating"])
    days, end_days = (days_until(events.rows[name], facts.now) for name in ("unlock_at", "ends_at"))
    with np.errstate(divide="ignore", invalid="ignore"):
        running = np.clip(end_days / (end_days - days), 0, 1)
    coming = np.where(end_days > days, running, (days > 0).astype(float)) * amount
    still_locked = np.maximum(limit - circulating, 0)
    to_come, is_free = events.total(coming), events.total(amount - coming)
    is_off = to_come > still_locked + OTHERS_SHARE * limit
    yield _whole_schedule(facts, events, is_off, still_locked)
    is_missing = ~is_off & (is_free > circulating + FREE_SHARE * limit)
    yield _whole_schedule(facts, events, is_missing, circulating)
    total, maximum = positive(supply["total"]), positive(supply["maximum"])
    share = float_share(circulating, total, maximum)
    yield Doubt.of_measure("float_share", is_off, share, np.maximum(1 - to_come / limit, 0))


def _schedule(facts: Facts) -> tuple[Groups, Column, Column]:
    """The events, their amounts, and by asset the most units there can be."""
    events = Groups.of(facts.unlocks, facts.asset_ids)
    supply, market = facts.supply.reindex(facts.asset_ids), facts.market.reindex(facts.asset_ids)
    limit = positive(supply["maximum"])
    for other in (
        positive(supply["total"]),
        positive(market["units_in_diluted"]),
        TIMES_CIRCULATING * positive(supply["circulating"]),
    ):
        limit = np.where(np.isnan(limit), other, limit)
    return events, positive(events["amount"]), limit


def _whole_schedule(facts: Facts, events: Groups, is_off: Mask, against: Column) -> Doubt:
    mine = is_off[events.owner]
    rows = facts.unlocks.index.get_indexer(events.rows.index[mine])
    return Doubt(frame="unlocks", field="amount", rows=rows, against=against[events.owner[mine]])
