"""Lines of the market: groups over time as a chart, its legend and the table behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from assets.metrics.columns import Column
from screener.charts import Chart, PriceLine, wider

TABLE_DAYS: Final = 7
"""The table behind a chart has so many known days between two rows."""
MOST_COLUMNS: Final = 180
"""Of a chart that can be read one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledMarketDay:
    """A row of the table: the value of each line on that day, None where it is not known."""

    at: datetime
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketLines:
    """`missing` are the groups of which fewer than two days are known; `chart` is None without a line."""

    chart: Chart | None
    lines: tuple[PriceLine, ...]
    missing: tuple[str, ...]
    rows: tuple[SampledMarketDay, ...]
    unit: str


def line_of(place: int, name: str, days: Sequence[datetime], values: Column) -> PriceLine:
    """The days on which the value is known."""
    known = np.flatnonzero(~np.isnan(values)).tolist()
    return PriceLine(
        place=place,
        name=name,
        days=tuple(days[each] for each in known),
        values=tuple(float(values[each]) for each in known),
    )


def market_lines(
    lines: Sequence[PriceLine], *, draw: Callable[[Sequence[PriceLine]], Chart | None], unit: str
) -> MarketLines:
    drawn = tuple(each for each in lines if len(each.days) >= 2)
    return MarketLines(
        chart=readable(draw(drawn)) if drawn else None,
        lines=drawn,
        missing=tuple(each.name for each in lines if each not in drawn),
        rows=tuple(_rows(drawn)),
        unit=unit,
    )


def readable(chart: Chart | None) -> Chart | None:
    """The same lines in columns wide enough to be pointed at; each weighs more than its part of the line."""
    return None if chart is None else replace(chart, points=wider(chart.points, most=MOST_COLUMNS))


def _rows(lines: Sequence[PriceLine]) -> Iterator[SampledMarketDay]:
    """Every seventh day back from the last one, and the first; the newest on top."""
    days = sorted({day for each in lines for day in each.days})
    wanted = days[::-1][::TABLE_DAYS]
    by_day = [dict(zip(each.days, each.values, strict=True)) for each in lines]
    for day in [*wanted, *([days[0]] if wanted and wanted[-1] != days[0] else [])]:
        yield SampledMarketDay(at=day, values=tuple(values.get(day) for values in by_day))
