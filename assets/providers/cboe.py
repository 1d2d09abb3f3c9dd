"""Cboe: delayed quotes and daily bars of listed US shares, once the operator accepts its terms.

https://www.cboe.com/delayed_quotes/, for display and not to be passed on. Two JSON files a share, 15 minutes
late: `/api/global/delayed_quotes/quotes/ZORB.json` and `…/charts/historical/ZORB.json`, the whole history, of
which the last 400 days are read. What it does not have is answered by 403 and XML, as storage does.

- The moment of a price is that of the last trade, in New York's time without a zone.
- Bars and their volumes are adjusted for splits up to the day of the answer.
- The volume of a quote grows during the session: what is traded in a day is told by the bars alone.
- It names a share by its ticker alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from assets.identity.sec_notation import day_of
from assets.identity.tickers import SHARE, share_of
from assets.metrics.families import CANDLES, MARKET
from assets.metrics.sessions import NEW_YORK
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.daily_bars import OF_BARS, sound_bars
from assets.sourcing.messages import message
from assets.sourcing.reading import Price, RowReader, Text, VendorModel, load_json
from assets.sourcing.rows import Identifier, MarketRow

TITLE: Final = "Cboe"
FOLDER: Final = "/api/global/delayed_quotes"
PATHS: Final = {MARKET: f"{FOLDER}/quotes", CANDLES: f"{FOLDER}/charts/historical"}
SHARES: Final = frozenset({"stock", ""})


def traded_of(value: object) -> datetime | None:
    """A moment in New York; None for an empty one."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise ValueError(message("is not a moment in New York"))
    day_of(moment.date().isoformat())
    return moment.replace(tzinfo=NEW_YORK).astimezone(UTC)


class CboeQuote(VendorModel):
    symbol: str
    security_type: Text = ""
    current_price: Price = None
    last_trade_time: Annotated[datetime | None, BeforeValidator(traded_of)] = None


class Cboe(Provider):
    name = "cboe"
    title = TITLE
    website = "https://www.cboe.com/delayed_quotes/"
    attribution = message("Quotes delayed by 15 minutes, by Cboe")
    terms = "https://www.cboe.com/terms/"
    adjustment = message("all splits are in its bars")
    default_url = "https://cdn.cboe.com"
    rate = Rate(calls=1, per_s=1)
    families = (MARKET, CANDLES)
    fields = {
        MARKET: "price_usd",
        CANDLES: " ".join(OF_BARS),
    }
    per_asset = frozenset(families)
    for_interest = frozenset(families)
    one_by_one = message("company by company")
    namespaces = (SHARE,)
    known_by = message("ticker of its share")

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        return tuple(
            Request(
                family=need.family, path=f"{PATHS[need.family]}/{ticker}.json", context={"ticker": ticker}
            )
            for _namespace, ticker in known[: need.limit]
        )

    def accepts(self, request: Request, status_code: int) -> bool:
        """A file that is not there is an answer about that share."""
        return status_code in {HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

    def parse(self, raw: RawObservation) -> Parsed:
        ticker = raw.request.context["ticker"]
        if raw.status_code != HTTPStatus.OK:
            return self.knows_nothing_of(ticker)
        body = load_json(raw.body)
        data = body.get("data") if isinstance(body, dict) else None
        reader, is_its = RowReader(), isinstance(body, dict) and body.get("symbol", ticker) == ticker
        if not is_its or not isinstance(data, list if raw.request.family == CANDLES else dict):
            raise UnreadableError(
                "%(provider)s sent something other than what was asked of %(ticker)s.",
                provider=TITLE,
                ticker=ticker,
            )
        if isinstance(data, list):
            asset = share_of(ticker)
            bars = sound_bars(data, asset=asset, ticker=ticker, fetched_at=raw.fetched_at, reader=reader)
            return reader.parsed([*bars])
        return reader.parsed([*_quotes(data, raw, reader)])


def _quotes(data: dict[str, Any], raw: RawObservation, reader: RowReader) -> Iterator[MarketRow]:
    """The last price with its moment; a price of an unknown moment is none."""
    quote = reader.read(CboeQuote, data)
    if quote is None or quote.current_price is None:
        return
    if quote.symbol != raw.request.context["ticker"] or quote.security_type not in SHARES:
        reader.reject("%(symbol)s is answered, which is not the share.", symbol=quote.symbol[:40])
    elif quote.last_trade_time is None:
        reader.remark("%(symbol)s has a price, but not of when; it is left out.", symbol=quote.symbol)
    else:
        moment = min(quote.last_trade_time, raw.fetched_at)
        yield MarketRow(asset=share_of(quote.symbol), as_of=moment, price_usd=quote.current_price)
