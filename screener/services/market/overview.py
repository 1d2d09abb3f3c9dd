"""Overview of the market: what its page shows, from the stored history and census."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from assets.metrics.columns import Column
from assets.metrics.families import KINDS
from assets.metrics.market_history.group_returns import cumulated
from assets.metrics.market_history.risk_reading import RiskReading, risk_reading, together
from assets.metrics.market_history.size_groups import ALL_SIZES, LARGE_CAPS, MICRO_CAPS, SIZES
from screener.charts import PriceLine, indexed, overlay_chart, shares_chart
from screener.services.market.history import KindHistory, MarketHistory, read_history
from screener.services.market.lines import MarketLines, line_of, market_lines
from screener.services.market.read_census import Census, read_census
from screener.services.market.read_correlations import WindowCorrelation, read_correlations
from screener.services.market.read_phases import KindPhases, read_phases
from screener.universe.live import UNIVERSE
from screener.words.market import SIZE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMembers:
    """How many members of a size group had a return on the newest day."""

    size: str
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOverview:
    """One kind of asset: its indices by size, its breadth, its phases and its reading of risk."""

    kind: str
    first_day: datetime | None
    last_day: datetime | None
    members: tuple[GroupMembers, ...]
    index: MarketLines
    breadth: MarketLines
    phases: KindPhases
    risk: RiskReading


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketOverview:
    """`risk` is one reading for all kinds; `history` is what the figures were read from."""

    history: MarketHistory
    kinds: tuple[KindOverview, ...]
    correlations: tuple[WindowCorrelation, ...]
    risk: str
    census: Census

    @property
    def is_empty(self) -> bool:
        return self.history.is_empty and self.census.day is None


def read_overview(*, now: datetime) -> MarketOverview:
    """In three queries, whatever there is to show; of the sandbox market as long as there is no other."""
    fictional = UNIVERSE.is_fictional
    history = read_history(now=now, fictional=fictional)
    kinds = tuple(_of_kind(history.kinds[kind]) for kind in KINDS)
    return MarketOverview(
        history=history,
        kinds=kinds,
        correlations=read_correlations(history),
        risk=together(tuple(each.risk.reading for each in kinds)),
        census=read_census(now=now, fictional=fictional),
    )


def _of_kind(history: KindHistory) -> KindOverview:
    moments = history.moments()
    above = history.above(ALL_SIZES)
    lines = {
        size: line_of(place, str(SIZE_NAMES[size]), moments, cumulated(history.returns(size)))
        for place, size in enumerate(SIZES, 1)
    }
    spread = [
        line_of(place, str(SIZE_NAMES[size]), moments, history.above(size))
        for place, size in enumerate((*SIZES, ALL_SIZES), 1)
    ]
    return KindOverview(
        kind=history.kind,
        first_day=moments[0] if moments else None,
        last_day=history.last_day,
        members=tuple(
            GroupMembers(size=size, members=_newest_count(history.figures[size]))
            for size in (*SIZES, ALL_SIZES)
        ),
        index=_indices(tuple(lines.values())),
        breadth=market_lines(spread, draw=shares_chart, unit="share"),
        phases=read_phases(history),
        risk=risk_reading(
            history.returns(MICRO_CAPS),
            history.returns(LARGE_CAPS),
            float(above[-1]) if above.size else np.nan,
        ),
    )


def _indices(lines: tuple[PriceLine, ...]) -> MarketLines:
    """All from the first day that each has, where each is 100."""
    drawn = indexed(lines)
    names = {each.name for each in drawn}
    missing = [replace(each, days=(), values=()) for each in lines if each.name not in names]
    return market_lines([*drawn, *missing], draw=overlay_chart, unit="count")


def _newest_count(figures: Mapping[str, Column]) -> int:
    members = figures["members"]
    return int(np.nan_to_num(members[-1])) if members.size else 0
