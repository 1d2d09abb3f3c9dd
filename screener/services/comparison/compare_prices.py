"""Comparison of prices: daily closes of a few assets from the first day that all have, each 100 there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from assets.metrics import families
from assets.metrics.candles import bars_in_units
from assets.models import Asset
from assets.services.reading.answers import present_providers
from assets.services.reading.facts import facts_known
from assets.services.reading.known_by import KnownBy
from screener.charts import Chart, PriceLine, indexed, overlay_chart

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
CHART_DAYS: Final = 180
OF_BARS: Final = (families.CANDLES, families.CAPITAL)
TABLE_DAYS: Final = 7
"""The table behind the chart has so many days between two rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledDay:
    """A row of the table: what 100 of the first day have become by this one, for each line."""

    at: datetime
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesSideBySide:
    """`lines` by what they have gained, the most first; `missing` have too few prices to be among them.

    `starts` are those whose prices begin last, where others reach further back.
    """

    chart: Chart
    lines: tuple[PriceLine, ...]
    missing: tuple[Asset, ...]
    starts: tuple[str, ...]
    rows: tuple[SampledDay, ...]

    @property
    def first_day(self) -> datetime:
        return min(each.days[0] for each in self.lines)

    @property
    def last_day(self) -> datetime:
        return max(each.days[-1] for each in self.lines)


def compare_prices(assets: Sequence[Asset], *, now: datetime) -> PricesSideBySide | None:
    """The lines of these assets, in the units of today; None where fewer than two have any."""
    prices = [*_closes(assets, now=now)]
    lines = tuple(sorted(indexed(prices), key=lambda each: each.change_share, reverse=True))
    chart = overlay_chart(lines)
    if chart is None or len(lines) < 2:
        return None
    drawn = {each.place for each in lines}
    firsts = {each.place: each.days[0] for each in prices if each.place in drawn}
    latest = max(firsts.values())
    late = [each.name for each in prices if firsts.get(each.place) == latest]
    return PricesSideBySide(
        chart=chart,
        lines=lines,
        missing=tuple(asset for place, asset in enumerate(assets, 1) if place not in drawn),
        starts=tuple(late) if len(late) < len(lines) else (),
        rows=tuple(_rows(lines)),
    )


def _closes(assets: Sequence[Asset], *, now: datetime) -> Iterator[PriceLine]:
    """The days that closed, read as the score reads them."""
    ids = [each.pk for each in assets]
    present = present_providers()
    known = KnownBy.of(ids, now=now, present=present)
    facts = facts_known(ids, now=now, known=known, present=present, among=OF_BARS, candle_days=CHART_DAYS)
    bars = bars_in_units(facts).today
    owners = facts.assets.index.to_numpy()[bars.owner]
    for place, asset in enumerate(assets, 1):
        own = (owners == asset.pk) & ~np.isnan(bars.close)
        yield PriceLine(
            place=place,
            name=asset.shown_name,
            days=tuple(EPOCH + timedelta(days=int(day)) for day in bars.day[own]),
            values=tuple(np.exp(bars.close[own]).tolist()),
        )


def _rows(lines: Sequence[PriceLine]) -> Iterator[SampledDay]:
    """Every so many days back from the last one, and the first; the newest on top."""
    days = sorted({day for each in lines for day in each.days})
    wanted = days[::-1][::TABLE_DAYS]
    for day in [*wanted, *([days[0]] if wanted[-1] != days[0] else [])]:
        yield SampledDay(at=day, values=tuple(each.at(day) for each in lines))
