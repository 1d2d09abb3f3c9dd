"""Financial Modeling Prep: price, turnover, daily bars and splits of US-listed companies.

https://site.financialmodelingprep.com/developer/docs/stable. Needs a key, which travels in a header.
A company is asked for by its CIK and never by its ticker, which is another company's one day: the
profile of the CIK names a symbol, and all else is asked for that symbol.

- A profile has a price, but not its moment: the price is the quote's, as of the quote's moment.
- A company that the key's plan does not include is answered by 402 and plain text. The free plan is
  said to include the quotes and bars of some ninety large companies, and the profiles of all.
- Volumes are in shares, and the `vwap` of a bar is its (high + low + close) / 3, rounded to cents, in
  old bars beyond their high. So a bar's turnover is its volume at that price, which we reckon ourselves.
- The volume of a quote grows during the session and starts anew each morning. What is traded in 24
  hours is therefore that of the last full session, whose bar is asked for before the quote.
- Bars are adjusted for splits up to the day of the answer. They are stored from an answer that gives
  them all: a few new ones beside older ones would be a fall of the price that never was.
- The list of splits is a symbol's whole history: an empty one says that there was none. It names days to
  come too.
- A depositary receipt stands for several shares, or a part of one, and it is not known how many. Its
  price times the number of shares would be no company's worth: of a receipt only its trading is stored.
- The number of shares (`/shares-float`) is not asked for: the SEC's own comes each quarter with its
  history, which a newer number without one would hide. Its sectors are other ones than the SEC's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from pydantic import BeforeValidator

from assets.identity.sec_notation import NAMESPACE, asset_of, cik_of, companies_in
from assets.metrics.families import CANDLES, CAPITAL, MARKET
from assets.metrics.unit_changes import REPORTED, SPLITS
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
from assets.sourcing.daily_bars import DAY, HISTORY_DAYS, OF_BARS, candle_of, opening_of
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Amount,
    Change,
    Flag,
    Moment,
    PositiveUsd,
    Price,
    RowReader,
    Text,
    VendorModel,
    load_json,
    text_of,
    url_of,
    usd_of,
)
from assets.sourcing.rows import (
    AssetRef,
    CandleRow,
    CapitalReadingRow,
    CapitalRow,
    Identifier,
    ListingRow,
    MarketRow,
    Row,
)

TITLE: Final = "Financial Modeling Prep"
PROFILE: Final = "/profile-cik"
QUOTE: Final = "/quote"
BARS: Final = "/historical-price-eod/full"
SPLIT_LIST: Final = "/splits"

SESSION_DAYS: Final = 4
"""On the Tuesday after a long weekend the last session was Friday's; an older one is not the last day's."""

SYMBOL: Final = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,19}", re.ASCII)
CURRENCY: Final = "USD"
WHAT: Final = {
    PROFILE: message("profile"),
    QUOTE: message("quote"),
    BARS: message("daily bars"),
    SPLIT_LIST: message("splits"),
}
COMPLAINTS: Final = ("Error Message", "error", "message")
"""Under which of these keys an object in the place of the list says what is wrong."""

PASSING: Final = ("limit reach", "too many requests")
"""Complaints that another try may spare us."""


def symbol_of(value: object) -> str:
    if not isinstance(value, str) or not SYMBOL.fullmatch(value):
        raise ValueError(message("is no symbol"))
    return value


class FmpRecord(VendorModel):
    symbol: Annotated[str, BeforeValidator(symbol_of)]


class FmpListing(FmpRecord):
    """One line of a company: a class of its shares, a receipt, a warrant, a listing abroad."""

    cik: Annotated[str, BeforeValidator(cik_of)]
    companyName: Text = ""  # noqa: N815 - the vendor's name
    currency: Text = ""
    exchange: Text = ""
    exchangeFullName: Text = ""  # noqa: N815
    website: Any = None
    isEtf: Flag = None  # noqa: N815
    isFund: Flag = None  # noqa: N815
    isAdr: Flag = None  # noqa: N815
    isActivelyTrading: Flag = None  # noqa: N815


class FmpQuote(FmpRecord):
    price: Price = None
    changePercentage: Change = None  # noqa: N815
    marketCap: PositiveUsd = None  # noqa: N815
    timestamp: Moment = None


class FmpBar(FmpRecord):
    date: Annotated[datetime, BeforeValidator(opening_of)]
    open: Price = None
    high: Price = None
    low: Price = None
    close: Price = None
    volume: Amount = None


class FmpSplit(FmpRecord):
    date: Annotated[datetime, BeforeValidator(opening_of)]
    numerator: PositiveUsd = None
    denominator: PositiveUsd = None


FmpRecordT = TypeVar("FmpRecordT", bound=FmpRecord)


class Fmp(Provider):
    name = "fmp"
    title = TITLE
    website = "https://site.financialmodelingprep.com"
    attribution = message("Data provided by Financial Modeling Prep")
    adjustment = message("all splits are in its bars")
    default_url = "https://financialmodelingprep.com/stable"
    rate = Rate(calls=4, per_s=1)
    daily_calls = 250
    families = (MARKET, CANDLES, CAPITAL)
    fields = {
        MARKET: "price_usd volume_24h_usd market_cap_usd price_change_24h_share",
        CANDLES: " ".join(OF_BARS),
        CAPITAL: "event happened_on ratio evidence subject read_until",
    }
    per_asset = frozenset(families)
    one_by_one = message("company by company")
    namespaces = (NAMESPACE,)
    known_by = message("CIK")
    needs_key = True

    def headers(self) -> dict[str, str]:
        return {"apikey": self.key} if self.key else {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """That the key's plan does not include a company is an answer about that company."""
        return status_code in {HTTPStatus.OK, HTTPStatus.PAYMENT_REQUIRED}

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        return companies_in(identifiers)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        return tuple(
            Request(family=need.family, path=PROFILE, params={"cik": f"{cik:0>10}"}, context={"cik": cik})
            for _namespace, cik in known[: need.limit]
        )

    def parse(self, raw: RawObservation) -> Parsed:
        whom, what = _whom(raw.request.context), WHAT[raw.request.path]
        if raw.status_code == HTTPStatus.PAYMENT_REQUIRED:
            # The body is plain text and says nothing more.
            remark = message(
                "The plan of %(variable)s does not include the %(what)s of %(whom)s; "
                "%(provider)s has larger ones.",
                variable="ASSAY_FMP_KEY",
                what=what,
                whom=whom,
                provider=TITLE,
            )
            return Parsed(remarks=(remark,))
        body = load_json(raw.body)
        if isinstance(body, dict):
            self._complain(body)
        if not isinstance(body, list):
            raise UnreadableError(
                "%(provider)s sent something other than the %(what)s of %(whom)s.",
                provider=TITLE,
                what=what,
                whom=whom,
            )
        return READ[raw.request.path](FmpResponse(raw, body))

    def _complain(self, body: dict[str, Any]) -> None:
        """Raise what an object in the place of the list says, if anything."""
        texts = [text_of(each) for key in COMPLAINTS if isinstance(each := body.get(key), str)]
        complaint = next(filter(None, texts), "")
        # The reason given may repeat our key.
        shown = (complaint.replace(self.key, "…") if self.key else complaint)[:200].rstrip(" .")
        if any(sign in complaint.lower() for sign in PASSING):
            raise LimitError("%(provider)s wants us to wait: %(reason)s.", provider=TITLE, reason=shown)
        if complaint:
            raise self.refusal(shown)


# Calls --------------------------------------------------------------------------------


def _about(family: str, path: str, context: dict[str, str], **params: str) -> Request:
    return Request(family=family, path=path, params={"symbol": context["symbol"], **params}, context=context)


def _bars(family: str, context: dict[str, str], *, today: datetime, days: int) -> Request:
    """Of the days before today."""
    first, last = today - days * DAY, today - DAY
    span = {"from": first.date().isoformat(), "to": last.date().isoformat()}
    return _about(family, BARS, context, **span)


# Bodies -------------------------------------------------------------------------------


class FmpResponse:
    """One body on its way to rows."""

    def __init__(self, raw: RawObservation, items: list[Any]) -> None:
        self.request, self.fetched_at, self.items = raw.request, raw.fetched_at, items
        self.context = dict(raw.request.context)
        self.cik, self.symbol = self.context["cik"], self.context.get("symbol", "")
        self.is_receipt = "receipt" in self.context
        self.asset = asset_of(self.cik)
        self.reader = RowReader()

    def read(self, model: type[FmpRecordT]) -> Iterator[FmpRecordT]:
        for item in self.items:
            named = {"id": _name_of(item), **item} if isinstance(item, dict) else item
            if record := self.reader.read(model, named):
                yield record

    def of_symbol(self, model: type[FmpRecordT]) -> Iterator[FmpRecordT]:
        for record in self.read(model):
            if record.symbol == self.symbol:
                yield record
            else:
                self.reader.reject(
                    "%(symbol)s is answered where %(asked)s was asked for.",
                    symbol=record.symbol,
                    asked=self.symbol,
                )

    def parsed(self, rows: Iterable[Row], *follow: Request) -> Parsed:
        if not self.items:
            self.reader.remark(
                "%(provider)s has no %(what)s of %(whom)s.",
                provider=TITLE,
                what=WHAT[self.request.path],
                whom=_whom(self.context),
            )
        return self.reader.parsed([*rows], *follow)


def _whom(context: Mapping[str, str]) -> str:
    return context.get("symbol") or f"CIK {context['cik']}"


def _name_of(item: Mapping[str, Any]) -> str:
    return " ".join(text for key in ("symbol", "date") if isinstance(text := item.get(key), str))


def _profile(response: FmpResponse) -> Parsed:
    """Who it is; what was wanted is asked for the symbol that is named here."""
    listing, family = _listing(response), response.request.family
    if listing is None:
        return response.parsed([])
    context = {"cik": response.cik, "symbol": listing.symbol}
    if listing.isAdr:
        response.reader.remark(
            "%(symbol)s is a depositary receipt; its figures are not those of a share.",
            symbol=listing.symbol,
        )
        context["receipt"] = "yes"
    if family == CAPITAL:
        following = _about(family, SPLIT_LIST, context)
        return response.parsed([ListingRow(asset=_described(listing), as_of=response.fetched_at)], following)
    days = HISTORY_DAYS if family == CANDLES else SESSION_DAYS
    following = _bars(family, context, today=response.fetched_at, days=days)
    return response.parsed([ListingRow(asset=_described(listing), as_of=response.fetched_at)], following)


def _listing(response: FmpResponse) -> FmpListing | None:
    """The line that stands for the company, a share rather than a receipt.

    Warrants, units and preferred shares have the symbol of the share and more letters: of several
    lines the shortest symbol counts, and of these the first one.
    """
    reader, known = response.reader, []
    for each in response.read(FmpListing):
        if each.cik != response.cik:
            reader.reject(
                "%(symbol)s is of CIK %(other)s, not of CIK %(cik)s.",
                symbol=each.symbol,
                other=each.cik,
                cik=response.cik,
            )
        elif each.isEtf or each.isFund:
            reader.remark("%(symbol)s is a fund; it is left out.", symbol=each.symbol)
        elif each.isActivelyTrading is False:
            reader.remark("%(symbol)s is no longer traded; it is left out.", symbol=each.symbol)
        elif each.currency != CURRENCY:
            currency = each.currency or message("a currency that is not given")
            reader.remark(
                "%(symbol)s is quoted in %(currency)s; only US dollars are read.",
                symbol=each.symbol,
                currency=currency,
            )
        elif reader.is_first(each.symbol, what=each.symbol):
            known.append(each)
    chosen = min(known, key=lambda each: (bool(each.isAdr), len(each.symbol)), default=None)
    for each in known:
        if chosen and each is not chosen:
            reader.remark(
                "%(symbol)s is of the same company as %(chosen)s; it is left out.",
                symbol=each.symbol,
                chosen=chosen.symbol,
            )
    return chosen


def _described(listing: FmpListing) -> AssetRef:
    asset, homepage = asset_of(listing.cik), url_of(listing.website)
    return replace(
        asset,
        symbol=listing.symbol,
        name=listing.companyName[:200],
        venue=(listing.exchangeFullName or listing.exchange)[:64],
        links=asset.links | ({"homepage": homepage} if homepage else {}),
    )


def _history(response: FmpResponse) -> Parsed:
    """The daily bars; where the market was asked for, only what was traded in the last session."""
    bars = list(_candles(response))
    if response.request.family == CANDLES:
        return response.parsed(bars)
    last = max(bars, key=lambda each: each.as_of, default=None)
    known = {} if last is None or last.volume_usd is None else {"volume_usd": str(last.volume_usd)}
    return response.parsed([], _about(MARKET, QUOTE, response.context | known))


def _candles(response: FmpResponse) -> Iterator[CandleRow]:
    """The sound bars of days that were over when they were reported, each day's once."""
    for bar in response.of_symbol(FmpBar):
        name = f"{bar.symbol} {bar.date:%Y-%m-%d}"
        if bar.date + DAY <= response.fetched_at and response.reader.is_first(bar.date, what=name):
            try:
                yield candle_of(bar, asset=response.asset, day=bar.date, name=name, reader=response.reader)
            except ValueError as error:
                response.reader.reject("%(name)s %(problem)s.", name=name, problem=error)


def _quote(response: FmpResponse) -> Parsed:
    """Price and cap and, reported before them, the turnover. A price of an unknown moment is no price."""
    quote = next(response.of_symbol(FmpQuote), None)
    if quote is None:
        return response.parsed([])
    if quote.price is None and "price" not in quote.unread:
        response.reader.remark("%(symbol)s has no price above zero.", symbol=quote.symbol)
    if quote.price is None and quote.marketCap is None:
        return response.parsed([])
    if quote.timestamp is None:
        response.reader.remark(
            "%(symbol)s has a price, but not of when; it is left out.", symbol=quote.symbol
        )
        return response.parsed([])
    market = MarketRow(
        asset=response.asset,
        as_of=min(quote.timestamp, response.fetched_at),
        price_usd=None if response.is_receipt else quote.price,
        market_cap_usd=None if response.is_receipt else quote.marketCap,
        volume_24h_usd=usd_of(response.context.get("volume_usd")),
        price_change_24h_share=quote.changePercentage,
    )
    return response.parsed([market])


def _splits(response: FmpResponse) -> Parsed:
    """Each split of a day that has come, and that the whole list was read. Of a receipt none is a share's."""
    if response.is_receipt:
        return response.reader.parsed([])
    today = response.fetched_at
    events = [_split(each, response.asset) for each in response.of_symbol(FmpSplit) if each.date <= today]
    reading = CapitalReadingRow(asset=response.asset, as_of=today, subject=SPLITS, read_until=today.date())
    return response.reader.parsed([*(each for each in events if each), reading])


def _split(split: FmpSplit, asset: AssetRef) -> CapitalRow | None:
    """A line without its ratio is one of unknown ratio, not none."""
    ratio = float(split.numerator / split.denominator) if split.numerator and split.denominator else None
    if ratio == 1:
        return None
    return CapitalRow(
        asset=asset,
        as_of=split.date,
        event="unit_change" if ratio is None else "reverse_split" if ratio < 1 else "split",
        happened_on=split.date.date(),
        ratio=ratio,
        evidence=REPORTED,
    )


READ: Final[Mapping[str, Callable[[FmpResponse], Parsed]]] = {
    PROFILE: _profile,
    QUOTE: _quote,
    BARS: _history,
    SPLIT_LIST: _splits,
}
