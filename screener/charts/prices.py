"""Price chart: candlesticks with their volume at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from screener.charts.axes import Axis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, box, columns

FOOT: Final = 36.0
"""Height of the volume bars."""
BODY_SHARE: Final = 0.66
"""How much of its day a candle's body takes."""
THINNEST: Final = 1.0
"""A day that closes where it opened is still drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day of trade."""

    at: datetime
    open: float
    high: float
    low: float
    close: float
    volume: float | None = None

    @property
    def rises(self) -> bool:
        return self.close >= self.open


def price_chart(bars: Sequence[Bar], *, levels: Sequence[float] = ()) -> Chart | None:
    """Daily candles, oldest first, and prices that stand out, in USD; None for fewer than two days."""
    if len(bars) < 2:
        return None
    days = Axis(low=-0.5, high=len(bars) - 0.5, start=0, end=WIDTH)
    low = min(*(bar.low for bar in bars), *levels)
    high = max(*(bar.high for bar in bars), *levels)
    if low == high:  # a price that never moved stands in the middle
        low, high = low * 0.9, high * 1.1
    prices = Axis(low=low, high=high, start=HEIGHT - FOOT - MARGIN, end=MARGIN)
    xs = [days.at(place) for place in range(len(bars))]
    half = WIDTH / len(bars) * BODY_SHARE / 2
    moments = TimeAxis(first=bars[0].at, last=bars[-1].at, start=xs[0], end=xs[-1])
    return Chart(
        kind="price",
        shapes=(
            Shape(kind="volume", path=_volumes(bars, xs, half)),
            *_candles(bars, xs, half, prices, rising=False),
            *_candles(bars, xs, half, prices, rising=True),
        ),
        points=columns(xs, [bar_values(bar) for bar in bars]),
        y_ticks=prices.ticks(),
        x_ticks=moments.ticks(),
        levels=tuple(Mark(y=prices.at(each), value=each) for each in levels),
    )


def bar_values(bar: Bar) -> dict[str, object]:
    """What is read of a bar."""
    return {
        "at": bar.at,
        "open": bar.open,
        "high": bar.high,
        "low": bar.low,
        "close": bar.close,
        "volume": bar.volume,
    }


def _volumes(bars: Sequence[Bar], xs: Sequence[float], half: float) -> str:
    most = max((bar.volume or 0.0 for bar in bars), default=0.0) or 1.0
    scale = Axis(low=0, high=most, start=0, end=FOOT - MARGIN)
    return "".join(
        box(x - half, HEIGHT - scale.at(bar.volume), 2 * half, scale.at(bar.volume))
        for bar, x in zip(bars, xs, strict=True)
        if bar.volume
    )


def _candles(
    bars: Sequence[Bar], xs: Sequence[float], half: float, prices: Axis, *, rising: bool
) -> tuple[Shape, Shape]:
    """Wicks and bodies of the days that rose, or of those that fell."""
    wicks, bodies = "", ""
    for bar, x in zip(bars, xs, strict=True):
        if bar.rises is rising:
            top, bottom = prices.at(max(bar.open, bar.close)), prices.at(min(bar.open, bar.close))
            wicks += f"M{x:.1f} {prices.at(bar.high):.1f}V{prices.at(bar.low):.1f}"
            bodies += box(x - half, top, 2 * half, max(bottom - top, THINNEST))
    way = "rising" if rising else "falling"
    return Shape(kind=f"wick {way}", path=wicks), Shape(kind=f"body {way}", path=bodies)
