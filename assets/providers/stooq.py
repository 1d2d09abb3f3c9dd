"""Stooq: daily bars of US shares, once the operator accepts its terms.

https://stooq.com/db/, free for personal use, not to be passed on. One CSV download a share,
`/q/d/l/?s=zorb.us&i=d`: the whole history, of which the last 400 days are read. Without rows it answers
"No data", beyond its daily limit "Exceeded the daily hits limit", both with status 200; now and then with a
page that wants to see a browser.

- Bars of days before a split are in today's units or in those of then: of the bulk files to 2024-10 the
  splits up to 2024-04 are in (20 of 20), those since 2024-06 are not (8 of 8). Nothing in a file says so:
  `metrics.bar_units` reads it off the bars around each split that is known.
- Volumes are in shares, fractional where bars are adjusted; the turnover is reckoned from them.
- It names a share by its ticker alone.
"""

from collections.abc import Iterator
from typing import Final

from assets.identity.tickers import SHARE, share_of
from assets.metrics.families import CANDLES, MARKET
from assets.sourcing.contract import (
    LimitError,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.daily_bars import OF_BARS, OF_CLOSE, closing_price, sound_bars
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import CandleRow, Identifier, Row

TITLE: Final = "Stooq"
DOWNLOAD: Final = "/q/d/l/"
COLUMNS: Final = ("date", "open", "high", "low", "close", "volume")
NOTHING: Final = "no data"
TOO_MANY: Final = "exceeded the daily hits limit"
SOME_HOURS_S: Final = 4 * 3600.0
"""Its day begins anew at an hour that it does not tell."""


class Stooq(Provider):
    name = "stooq"
    title = TITLE
    website = "https://stooq.com"
    attribution = message("Prices of shares by Stooq")
    terms = "https://stooq.com/regulamin.html"
    adjustment = message("splits up to April 2024 are in its bars, later ones are not")
    default_url = "https://stooq.com"
    rate = Rate(calls=1, per_s=2)
    daily_calls = 200
    families = (CANDLES,)
    also_provides = (MARKET,)
    fields = {
        CANDLES: " ".join(OF_BARS),
        MARKET: " ".join(OF_CLOSE),
    }
    per_asset = frozenset(families)
    one_by_one = message("company by company")
    namespaces = (SHARE,)
    known_by = message("ticker of its share")

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        return tuple(
            Request(
                family=CANDLES,
                path=DOWNLOAD,
                params={"s": f"{ticker.lower()}.us", "i": "d"},
                context={"ticker": ticker},
            )
            for _namespace, ticker in known[: need.limit]
        )

    def parse(self, raw: RawObservation) -> Parsed:
        ticker = raw.request.context["ticker"]
        text = raw.body.decode("utf-8", "replace").strip()
        start = text[:100].lower()
        if start.startswith(NOTHING):
            return self.knows_nothing_of(ticker)
        if start.startswith(TOO_MANY):
            raise LimitError("%(provider)s gives no more today.", provider=TITLE, retry_after_s=SOME_HOURS_S)
        if start.startswith("<"):
            raise self.refusal(message("it wants to see a browser"))
        bars = list(_bars(text, raw, reader := RowReader()))
        newest = max(bars, key=lambda each: each.as_of, default=None)
        rows: list[Row] = [*bars, *([closing_price(newest)] if newest else [])]
        return reader.parsed(rows)


def _bars(text: str, raw: RawObservation, reader: RowReader) -> Iterator[CandleRow]:
    ticker = raw.request.context["ticker"]
    header, *lines = [line.split(",") for line in text.splitlines()] or [[]]
    if tuple(each.strip().lower() for each in header) != COLUMNS:
        raise UnreadableError(
            "%(provider)s sent something other than the daily bars of %(ticker)s.",
            provider=TITLE,
            ticker=ticker,
        )
    items = (dict(zip(COLUMNS, line, strict=False)) for line in lines)
    return sound_bars(items, asset=share_of(ticker), ticker=ticker, fetched_at=raw.fetched_at, reader=reader)
