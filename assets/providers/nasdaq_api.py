"""Nasdaq's web site: last prices of all listed US shares, once the operator accepts its terms.

https://www.nasdaq.com/market-activity/stocks/screener. One JSON answer, made for the site and documented
nowhere: `/api/screener/stocks?tableonly=true&download=true`, some 7,000 rows. It refuses with 403 and a page.

- No row says of when its price is. It is at least as new as the close of the session before the day of the
  answer: so old it is said to be.
- `lastsale` is "$0.97". The volume of the day is not finished before the evening, and the `marketCap` is of
  the issuer's last count of its shares, which is wrong after a split: neither is read.
- The price of a depositary receipt is none of a share. It names a share by its ticker and a long name.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from assets.identity.receipts import is_receipt
from assets.identity.tickers import SHARE, share_of
from assets.metrics.families import MARKET
from assets.metrics.sessions import session_before
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.daily_bars import CLOSE
from assets.sourcing.messages import message
from assets.sourcing.reading import Name, RowReader, Text, VendorModel, load_json, price_of, text_of
from assets.sourcing.rows import Identifier, MarketRow, Row

TITLE: Final = "Nasdaq"
SCREENER: Final = "/api/screener/stocks"
GOOD: Final = 200


def dollars_of(value: object) -> Decimal | None:
    """$1,234.50; None for an empty one."""
    return price_of(value.strip().removeprefix("$").replace(",", "") if isinstance(value, str) else value)


class NasdaqShare(VendorModel):
    symbol: Name
    name: Text = ""
    lastsale: Annotated[Decimal | None, BeforeValidator(dollars_of)] = None


class NasdaqApi(Provider):
    name = "nasdaq_api"
    title = TITLE
    website = "https://www.nasdaq.com/market-activity/stocks/screener"
    attribution = message("Last prices by Nasdaq")
    terms = "https://www.nasdaq.com/legal/terms-and-conditions"
    default_url = "https://api.nasdaq.com"
    rate = Rate(calls=1, per_s=5)
    limit_statuses = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.FORBIDDEN})
    families = (MARKET,)
    fields = {
        MARKET: "price_usd",
    }
    at_once = frozenset(families)
    namespaces = (SHARE,)
    known_by = message("ticker of its share")
    assets_a_call = {MARKET: 5_000}

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        context = {} if need.limit is None else {"left": str(need.limit)}
        params = {"tableonly": "true", "download": "true"}
        return (Request(family=MARKET, path=SCREENER, params=params, context=context),)

    def parse(self, raw: RawObservation) -> Parsed:
        body = load_json(raw.body)
        status = body.get("status") if isinstance(body, dict) else None
        if isinstance(status, dict) and status.get("rCode", GOOD) != GOOD:
            raise self.refusal(_reason(status))
        data = body.get("data") if isinstance(body, dict) else None
        items = data.get("rows") if isinstance(data, dict) else None
        if not isinstance(items, list):
            raise UnreadableError(
                "%(provider)s sent something other than its list of shares.", provider=TITLE
            )
        return _shares(items, raw)


def _reason(status: dict[str, Any]) -> str:
    messages = status.get("bCodeMessage")
    texts = [each.get("errorMessage") for each in messages or () if isinstance(each, dict)]
    return next((text_of(each)[:200].rstrip(".") for each in texts if isinstance(each, str)), "")


def _shares(items: list[Any], raw: RawObservation) -> Parsed:
    """The price of each share; that of a line which is none finds nobody."""
    reader, rows, receipts = RowReader(), list[Row](), 0
    as_of = datetime.combine(session_before(raw.fetched_at.date()), CLOSE)
    for item in items:
        share = reader.read(NasdaqShare, item)
        if share is None or share.lastsale is None:
            continue
        if is_receipt(share.name):
            receipts += 1
            continue
        try:
            asset = replace(share_of(share.symbol), called=share.name)
        except ValueError as error:
            reader.reject("%(symbol)s %(problem)s.", symbol=share.symbol[:40], problem=error)
            continue
        if reader.is_first(asset.identifiers, what=share.symbol):
            rows.append(MarketRow(asset=asset, as_of=as_of, price_usd=share.lastsale))
    if receipts:
        reader.remark(
            "%(count)s depositary receipts are left out: their price is none of a share.", count=receipts
        )
    left = raw.request.context.get("left")
    return reader.parsed(rows[: None if left is None else int(left)])
