"""Daily bars of shares: a session's prices and shares as a sound bar in dollars, its close as a price."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Final, Protocol

from pydantic import BeforeValidator

from assets.sourcing.messages import message
from assets.sourcing.reading import Amount, Price, RowReader, VendorModel, happened_of, usd_of
from assets.sourcing.rows import AssetRef, CandleRow, MarketRow

ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
DAY: Final = timedelta(days=1)
HISTORY_DAYS: Final = 400
"""A year and what a long weekend hides; older bars of a ticker may be of another company."""
BAR_PRICES: Final = {"open_usd": "open", "high_usd": "high", "low_usd": "low", "close_usd": "close"}
"""The prices of a bar by what vendors call them; its turnover is reckoned."""
OF_BARS: Final = {**BAR_PRICES, "volume_usd": "volume"}
"""What a bar tells."""
OF_CLOSE: Final = {"price_usd": "close_usd", "volume_24h_usd": "volume_usd"}
"""What the last bar tells of the market."""
CLOSE: Final = time(21, tzinfo=UTC)
"""16:00 in New York in winter; in summer the close is an hour older than this says."""


class SessionBar(Protocol):
    """One session as a vendor tells it: prices in dollars, the volume in shares."""

    @property
    def open(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def close(self) -> Decimal | None: ...
    @property
    def volume(self) -> Decimal | None: ...


def opening_of(value: object) -> datetime:
    """The beginning of a day that must be there."""
    text = value.strip() if isinstance(value, str) else ""
    if not ISO_DAY.fullmatch(text):
        raise ValueError(message("is not a day"))
    try:
        return happened_of(f"{text}T00:00:00+00:00")
    except ValueError:
        raise ValueError(message("is not a day of our time")) from None


class DailyBar(VendorModel):
    """A bar under the names that most vendors give its parts."""

    date: Annotated[datetime, BeforeValidator(opening_of)]
    open: Price = None
    high: Price = None
    low: Price = None
    close: Price = None
    volume: Amount = None


def sound_bars(
    items: Iterable[object], *, asset: AssetRef, ticker: str, fetched_at: datetime, reader: RowReader
) -> Iterator[CandleRow]:
    """Of a share's history the bars of the last 400 days that were over, each day's once."""
    for item in items:
        named = {"id": f"{ticker} {str(item.get('date'))[:10]}", **item} if isinstance(item, dict) else item
        bar = reader.read(DailyBar, named)
        if bar is None or not is_over(bar.date, fetched_at=fetched_at):
            continue
        name = f"{ticker} {bar.date:%Y-%m-%d}"
        if reader.is_first(bar.date, what=name):
            try:
                yield candle_of(bar, asset=asset, day=bar.date, name=name, reader=reader)
            except ValueError as error:
                reader.reject("%(name)s %(problem)s.", name=name, problem=error)


def candle_of(bar: SessionBar, *, asset: AssetRef, day: datetime, name: str, reader: RowReader) -> CandleRow:
    """The bar of the day that begins then; `ValueError` says what is impossible in it.

    Its turnover is reckoned: the volume at (high + low + close) / 3.
    """
    if not (bar.open and bar.high and bar.low and bar.close):
        raise ValueError(message("has a price that is not given or not above zero"))
    if not bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high:
        raise ValueError(message("has a price above its high or below its low"))
    traded_usd = None if bar.volume is None else bar.volume * (bar.high + bar.low + bar.close) / 3
    prices = {field: getattr(bar, part) for field, part in BAR_PRICES.items()}
    volume_usd = reader.known(usd_of, traded_usd, name=name, field="volume")
    return CandleRow(asset=asset, as_of=day, volume_usd=volume_usd, **prices)


def is_over(day: datetime, *, fetched_at: datetime) -> bool:
    """Whether the day that begins then, and is recent, was over when the bars were reported."""
    return fetched_at - HISTORY_DAYS * DAY <= day and day + DAY <= fetched_at


def closing_price(bar: CandleRow) -> MarketRow:
    """The close of a session as the market's price, and what was traded in it."""
    closed_at = datetime.combine(bar.as_of.date(), CLOSE)
    told = {field: getattr(bar, name) for field, name in OF_CLOSE.items()}
    return MarketRow(asset=bar.asset, as_of=closed_at, **told)
