"""Price chart: daily candles of the market with the most volume."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assets.models import Asset, Candle
from screener.charts import Bar, Chart, price_chart
from screener.services.dossier.facts import DossierFacts

CHART_DAYS: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSection:
    chart: Chart
    market: str


def read_price(facts: DossierFacts) -> PriceSection | None:
    candles_of = _daily_candles(facts.asset, now=facts.now)
    volumes = {name: sum(each.volume_usd or 0 for each in days.values()) for name, days in candles_of.items()}
    busiest = max(volumes, key=lambda name: volumes[name], default=None)
    chart = None if busiest is None else price_chart([_bar(each) for each in candles_of[busiest].values()])
    return PriceSection(chart=chart, market=busiest or "") if chart else None


def _daily_candles(asset: Asset, *, now: datetime) -> dict[str, dict[datetime, Candle]]:
    """By market, then by day; a later row revises the bar."""
    stored = Candle.objects.filter(asset=asset, interval="day", as_of__gte=now - timedelta(days=CHART_DAYS))
    candles: dict[str, dict[datetime, Candle]] = defaultdict(dict)
    for candle in stored.order_by("as_of", "id"):
        if candle.close_usd is not None:
            candles[candle.market][candle.as_of] = candle
    return candles


def _bar(candle: Candle) -> Bar:
    """A candle as floats; what it does not tell of the day is taken from its close."""
    close = float(candle.close_usd or 0)
    start = close if candle.open_usd is None else float(candle.open_usd)
    return Bar(
        at=candle.as_of,
        open=start,
        high=max(start, close, float(candle.high_usd or 0)),
        low=min(start, close, close if candle.low_usd is None else float(candle.low_usd)),
        close=close,
        volume=None if candle.volume_usd is None else float(candle.volume_usd),
    )
