"""An unlock schedule against the supply: no more can come free than there is, or than is still locked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, days_until, positive
from assets.metrics.facts import Facts
from assets.metrics.families import SUPPLY
from assets.metrics.supply import float_share, measures
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.unlocks import in_units_of_today
from assets.metrics.witnesses.witness import Doubt, limit_days

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
    told = _Schedule.of(facts)
    planned = told.events.total(told.amount)
    yield told.doubt(facts, planned > told.limit * (1 + ROUNDING_SHARE), told.limit)


def beyond_locked(facts: Facts) -> Iterator[Doubt]:
    """More to come free than does not circulate yet, or more free already than circulates."""
    told = _Schedule.of(facts)
    events, amount, limit = told.events, told.amount, told.limit
    circulating, total, maximum = told.supplies
    # What is free by now is held against a count of now.
    age_days = -days_until(facts.aligned("supply")["circulating_at"], facts.now)
    circulating = np.where(age_days > limit_days(facts, SUPPLY), np.nan, circulating)
    days, end_days = (days_until(events.rows[name], facts.now) for name in ("unlock_at", "ends_at"))
    with np.errstate(divide="ignore", invalid="ignore"):
        running = np.clip(end_days / (end_days - days), 0, 1)
    coming = np.where(end_days > days, running, (days > 0).astype(float)) * amount
    still_locked = np.maximum(limit - circulating, 0)
    to_come, is_free = events.total(coming), events.total(amount - coming)
    is_off = to_come > still_locked + OTHERS_SHARE * limit
    yield told.doubt(facts, is_off, is_free + still_locked)
    is_missing = ~is_off & (is_free > circulating + FREE_SHARE * limit)
    yield told.doubt(facts, is_missing, circulating + to_come)
    share = float_share(circulating, total, maximum)
    yield Doubt.of_measure("float_share", is_off, share, np.maximum(1 - to_come / limit, 0))


@dataclass(frozen=True, slots=True)
class _Schedule:
    """The events, their amounts and the supplies in units of today, and by asset the most there can be.

    `unit` is what one of the schedule's own units is of today's. Where its sum doesn't tell which it is of,
    it is taken as it stands: what is worth asking is whether it can be true.
    """

    events: Groups
    amount: Column
    unit: Column
    supplies: tuple[Column, Column, Column]
    limit: Column

    @classmethod
    def of(cls, facts: Facts) -> "_Schedule":
        events, changes = Groups.of(facts.unlocks, facts.asset_ids), UnitChanges.of(facts)
        supply, market = measures(facts), facts.aligned("market")
        supplies = tuple(
            supply[name].to_numpy(np.float64) for name in ("circulating_supply", "total_supply", "max_supply")
        )
        circulating, total, limit = supplies
        in_diluted = positive(market["units_in_diluted"])
        in_diluted = in_diluted * changes.of_quotes(market["price_usd_at"])
        for other in (total, in_diluted, TIMES_CIRCULATING * circulating):
            limit = np.where(np.isnan(limit), other, limit)
        amount = positive(events["amount"])
        unit = np.nan_to_num(in_units_of_today(events, amount, supply, changes), nan=1.0)
        return cls(events, amount * unit[events.owner], unit, (circulating, total, supplies[2]), limit)

    def doubt(self, facts: Facts, is_off: Mask, against: Column) -> Doubt:
        """Of the whole schedule of these assets; `against` is the most that it can sum up to, told in the
        schedule's own units."""
        mine = is_off[self.events.owner]
        rows = facts.unlocks.index.get_indexer(self.events.rows.index[mine])
        said = (against / self.unit)[self.events.owner[mine]]
        return Doubt(frame="unlocks", field="amount", rows=rows, against=said)
