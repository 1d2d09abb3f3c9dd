"""Price chart: daily candles of the market that the score reads."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from assets.metrics.facts import Facts, frame
from assets.metrics.witnesses.questioned import questioned
from assets.services.reading.bars import daily_bars
from assets.services.reading.retractions import NOT_RETRACTED
from screener.charts import Bar, Chart, price_chart
from screener.services.dossier.facts import DossierFacts

CHART_DAYS: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSection:
    chart: Chart
    market: str


def read_price(facts: DossierFacts) -> PriceSection | None:
    stored = daily_bars([facts.asset.pk], now=facts.now, known=NOT_RETRACTED, days=CHART_DAYS)
    assets = frame("assets", [{"asset_id": facts.asset.pk, "kind": facts.asset.kind}])
    # The wicks that the score leaves out are not drawn either.
    bars = questioned(Facts(now=facts.now, assets=assets, candles=stored)).candles
    bars = bars.dropna(subset="close_usd")
    chart = price_chart([_bar(each) for each in bars.itertuples()])
    return PriceSection(chart=chart, market=bars["market"].iloc[0]) if chart else None


def _bar(candle: Any) -> Bar:
    """A candle as floats; what its provider does not say of the day is taken from its close."""
    prices = [candle.open_usd, candle.high_usd, candle.low_usd, candle.close_usd]
    stated = [each for each in prices if not pd.isna(each)]
    start = candle.close_usd if pd.isna(candle.open_usd) else candle.open_usd
    return Bar(
        at=candle.opened_at.to_pydatetime(),
        open=start,
        high=max(stated),
        low=min(stated),
        close=candle.close_usd,
        volume=None if pd.isna(candle.volume_usd) else candle.volume_usd,
    )
