"""Market history, worked out step by step: a stretch of days of one kind of asset at a time.

A step reads the bars of all its members for its days and the fifty open days before, batch after batch, and
keeps a few bytes an asset and day: a trimmed mean needs all members of a day at once. Rows are written over
those of the same day, so that two workers at once do no harm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import structlog

from assets.metrics.bars import Days
from assets.metrics.market_history.breadth import MEAN_DAYS, above_own_mean, breadth
from assets.metrics.market_history.group_returns import daily_returns, group_returns
from assets.metrics.market_history.size_groups import (
    ALL_SIZES,
    NO_SIZE,
    SIZES,
    Matrix,
    Sizes,
    caps_carried_back,
    sizes_before,
    sizes_of_caps,
)
from screener.models import MarketCensus, MarketDay
from screener.services.market.census import newest_count, take_census
from screener.services.market.closes import DailyCloses, read_closes
from screener.services.market.due_days import GROWTH, DueDays, date_of, due_days, newest_candle
from screener.services.market.members import counted_members, read_members

log = structlog.get_logger(__name__)

BATCH: Final = 2_000
"""Assets whose bars are read at once."""
MOST_BARS: Final = 4_000_000
"""A step reads about so many at most."""
WARM_UP_DAYS: Final = int(MEAN_DAYS * 1.5)
"""Calendar days before the first one: fifty sessions, the holidays among them."""
FEWEST_DAYS: Final = 7
UNIQUE: Final = ("kind", "size", "day")
WORKED_OUT: Final = (
    *("fictional", "members", "log_return", "breadth_members", "above_share"),
    *("newest_candle", "known_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDays:
    """Of all members over the days of a step: returns, size groups at the day before, and breadth."""

    days: Days
    returns: Matrix
    sizes: Sizes
    above: Matrix


def work_out_market(*, since: datetime, now: datetime, everything: bool = False) -> bool:
    """One step of the run that began at `since`, of the days that are due or of all; False when it is over.

    Figures of an invented market go as soon as there are real assets; those of assets that were taken back
    are worked out anew without them.
    """
    members = read_members()
    for model in (MarketDay, MarketCensus):
        model._default_manager.exclude(fictional=members.fictional).delete()
    if members.rows.empty:
        MarketDay.objects.all().delete()
        return False
    if len(members.rows) * GROWTH < newest_count():
        MarketDay.objects.update(newest_candle=0)
    if not MarketCensus.objects.filter(known_at__gte=since).exists():
        take_census(members, now=now)
    due = due_days(since=since, now=now, everything=everything)
    if due is None:
        return False
    counted = counted_members(members.of_kind(due.kind), kind=due.kind)
    days = _days_of_step(due, assets=len(counted))
    _write(due.kind, days, counted, fictional=members.fictional, now=now)
    return True


def _days_of_step(due: DueDays, *, assets: int) -> Days:
    """The newest of these days that one step can do."""
    span = MOST_BARS // max(assets, 1) - WARM_UP_DAYS
    return due.days[due.days > due.days[-1] - max(span, FEWEST_DAYS)]


def _write(kind: str, days: Days, members: pd.DataFrame, *, fictional: bool, now: datetime) -> None:
    bars = newest_candle()
    of_members = _member_days(kind, days, members, now=now)
    rows = [
        MarketDay(kind=kind, fictional=fictional, newest_candle=bars, known_at=now, **figures)
        for figures in _figures(of_members)
    ]
    MarketDay.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=[*UNIQUE], update_fields=[*WORKED_OUT]
    )
    log.info("market worked out", kind=kind, first=str(rows[0].day), days=len(days))


def _member_days(kind: str, days: Days, rows: pd.DataFrame, *, now: datetime) -> MemberDays:
    first, last = int(days[0]) - WARM_UP_DAYS, int(days[-1])
    empty = np.empty((0, days.size))
    parts = [(empty, empty.astype(np.int8), empty)]
    for start in range(0, len(rows), BATCH):
        batch = rows.iloc[start : start + BATCH]
        closes = read_closes([*batch.index], kind=kind, first=first, last=last, now=now)
        wanted = np.isin(closes.days, days)
        returns, sizes, above = _of_assets(kind, batch, closes, since=int(wanted.argmax()))
        parts.append((returns[:, wanted], sizes[:, wanted], above[:, wanted]))
    returns, sizes, above = (np.concatenate(each) for each in zip(*parts, strict=True))
    return MemberDays(days=days, returns=returns, sizes=sizes, above=above)


def _of_assets(
    kind: str, batch: pd.DataFrame, closes: DailyCloses, *, since: int
) -> tuple[Matrix, Sizes, Matrix]:
    caps = caps_carried_back(
        batch["market_cap_usd"].to_numpy(np.float64),
        batch["price_usd"].to_numpy(np.float64),
        closes.log_closes,
        has_changed_units=closes.has_changed_units,
    )
    return (
        daily_returns(closes.log_closes),
        sizes_before(sizes_of_caps(caps, kind=kind)),
        above_own_mean(closes.log_closes, since=since),
    )


def _figures(of_members: MemberDays) -> Iterator[dict[str, Any]]:
    for size in (ALL_SIZES, *SIZES):
        is_member = (
            of_members.sizes != NO_SIZE if size == ALL_SIZES else of_members.sizes == SIZES.index(size)
        )
        moved, spread = group_returns(of_members.returns, is_member), breadth(of_members.above, is_member)
        for place, day in enumerate(of_members.days.tolist()):
            yield {
                "size": size,
                "day": date_of(day),
                "members": int(moved.members[place]),
                "log_return": _or_none(moved.log_return[place]),
                "breadth_members": int(spread.members[place]),
                "above_share": _or_none(spread.above_share[place]),
            }


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
