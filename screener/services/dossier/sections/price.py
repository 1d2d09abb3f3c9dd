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


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSection:
    chart: Chart
    market: str


def read_price(facts: DossierFacts) -> PriceSection | None:
    bars = bars_in_units(facts.bars).today
    chart = price_chart([*drawn_bars(bars)])
    return PriceSection(chart=chart, market=facts.bars.candles["market"].iloc[0]) if chart else None


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
