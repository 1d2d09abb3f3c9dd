"""Price bars: years of daily OHLCV of the market that the score reads, for the chart that can be zoomed."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import Final

from assets.metrics.bars import NEIGHBOUR_DAYS
from assets.metrics.candles import bars_in_units
from assets.models import Asset
from screener.charts import Bar, PriceLine
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.price import drawn_bars

BITCOIN: Final = ("coingecko", "bitcoin")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBars:
    """From old to new, in USD and in the units of today; `market` is "" where no bar is known."""

    bars: tuple[Bar, ...]
    market: str

    def place_of(self, day: date) -> int | None:
        """The bar on which it shows what happened on a day: that day's or the next one.

        For a day behind the last bar, the last one, if it is a neighbour of it; None for any other.
        """
        if not self.bars or day < self.bars[0].at.date():
            return None
        place = bisect_left(self.bars, day, key=lambda each: each.at.date())
        if place < len(self.bars):
            return place
        is_near = (day - self.bars[-1].at.date()).days <= NEIGHBOUR_DAYS
        return place - 1 if is_near else None

    def along(self, line: PriceLine) -> tuple[float | None, ...]:
        """The value of another line on the day of each bar; None where it has none of that day."""
        values = dict(zip(line.days, line.values, strict=True))
        return tuple(values.get(each.at) for each in self.bars)


def read_price_bars(facts: DossierFacts) -> PriceBars:
    """The last `LONG_CHART_DAYS`: the newest of them are those of the section's chart."""
    bars = tuple(drawn_bars(bars_in_units(facts.long_bars).today))
    return PriceBars(bars=bars, market=facts.long_bars.candles["market"].iloc[0] if bars else "")


def find_bitcoin() -> Asset | None:
    """Bitcoin, where this installation holds it."""
    namespace, value = BITCOIN
    named = Asset.objects.filter(
        identifiers__namespace=namespace, identifiers__value=value, identifiers__valid_until=None
    )
    return named.first()


def closes_of(asset: Asset, bars: PriceBars) -> PriceLine | None:
    """The closes of these bars as a line; None without any."""
    days, values = tuple(each.at for each in bars.bars), tuple(each.close for each in bars.bars)
    return PriceLine(place=1, name=asset.shown_name, days=days, values=values) if days else None
