"""Price chart: daily candles of the market that the score reads, in the units of today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.candles import bars_in_units
from screener.charts import Bar, Chart, price_chart
from screener.services.dossier.facts import DossierFacts

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


TABLE_BARS: Final = 7
"""The table behind the chart has so many bars between two rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSection:
    """`bars` are what the chart draws, from old to new, two at least."""

    chart: Chart
    market: str
    bars: tuple[Bar, ...]

    @property
    def change_share(self) -> float:
        """From the first close to the last one."""
        return self.bars[-1].close / self.bars[0].close - 1

    @property
    def low_usd(self) -> float:
        return min(each.low for each in self.bars)

    @property
    def high_usd(self) -> float:
        return max(each.high for each in self.bars)

    @property
    def table(self) -> tuple[Bar, ...]:
        """Every seventh bar back from the last one, and the first; the newest on top."""
        rows = self.bars[::-1][::TABLE_BARS]
        return rows if rows[-1] is self.bars[0] else (*rows, self.bars[0])


def read_price(facts: DossierFacts) -> PriceSection | None:
    bars = tuple(drawn_bars(bars_in_units(facts.bars).today))
    chart = price_chart(bars)
    if chart is None:
        return None
    return PriceSection(chart=chart, market=facts.bars.candles["market"].iloc[0], bars=bars)


def drawn_bars(bars: Bars) -> Iterator[Bar]:
    """Those that closed; what a provider does not say of a day is taken from its close."""
    for day, *prices, volume in zip(
        bars.day, *map(np.exp, (bars.open, bars.high, bars.low, bars.close)), bars.volume_usd, strict=True
    ):
        stated = [float(each) for each in prices if not np.isnan(each)]
        opened, closed = float(prices[0]), float(prices[3])
        if not np.isnan(closed):
            yield Bar(
                at=EPOCH + timedelta(days=int(day)),
                open=closed if np.isnan(opened) else opened,
                high=max(stated),
                low=min(stated),
                close=closed,
                volume=None if np.isnan(volume) else float(volume),
            )
