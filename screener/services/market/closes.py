"""Daily closes of a batch of assets, as a matrix over the open days of their market."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from assets.metrics import families
from assets.metrics.bar_units import UnitBars
from assets.metrics.bars import Bars, Days
from assets.metrics.columns import Groups, Mask
from assets.metrics.families import EQUITY
from assets.metrics.market_history.size_groups import Matrix
from assets.metrics.sessions import is_open
from assets.metrics.unit_changes import UnitChanges
from assets.services.reading.answers import present_providers
from assets.services.reading.bars import daily_bars
from assets.services.reading.facts import facts_known
from assets.services.reading.known_by import KnownBy

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyCloses:
    """`log_closes` (assets × days) are natural logarithms of USD, an asset's all in one unit; NaN where none.

    `has_changed_units` says of which assets a unit of the last of these days is none of today.
    """

    days: Days
    log_closes: Matrix
    has_changed_units: Mask


def open_days_between(first: int, last: int, *, kind: str) -> Days:
    """The days from `first` to `last`, since 1970, on which the market of this kind is open."""
    days = np.arange(first, last + 1, dtype=np.int64)
    return days[is_open(days, np.full(days.size, kind == EQUITY))]


def read_closes(asset_ids: Sequence[int], *, kind: str, first: int, last: int, now: datetime) -> DailyCloses:
    """Of each asset's deepest market, as the score reads them: splits are no returns.

    A day without a trade has no close, whether its bar is missing or repeats the last price.
    """
    present = present_providers()
    known = KnownBy.of(asset_ids, now=now, present=present)
    capital = facts_known(asset_ids, now=now, known=known, present=present, among=(families.CAPITAL,))
    changes = UnitChanges.of(capital)
    end = EPOCH + timedelta(days=last + 1) - timedelta(microseconds=1)
    frame = daily_bars(asset_ids, now=end, known=replace(known, until=end).rows(), days=last + 1 - first)
    bars = Bars.of(Groups.of(frame[frame["is_deepest"]], capital.asset_ids))
    days = open_days_between(first, last, kind=kind)
    bars = UnitBars.of(bars.where(np.isin(bars.day, days)), changes).today
    bars = bars.where(bars.traded() != 0)
    log_closes = np.full((len(capital.asset_ids), days.size), np.nan)
    log_closes[bars.owner, np.searchsorted(days, bars.day)] = bars.close
    return DailyCloses(
        days=days,
        log_closes=log_closes,
        has_changed_units=np.any(changes.new_from > last, axis=1),
    )
