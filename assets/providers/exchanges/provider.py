"""Centralised exchanges: their order books and currencies, through what ccxt knows of them.

https://docs.ccxt.com names each exchange's own documentation. All calls are public and go through our
HTTP client. An exchange knows assets by a currency code of its own, which is no symbol: two exchanges
may mean two coins by one code. An identifier may also name a pair, ("currency:gate", "HAI/ETH").

How an exchange wants to be asked only ccxt knows, and ccxt is loaded where calls are made, not
where they are planned: a request names the pair, and `fetch` spells it out.
"""

import os
from dataclasses import replace
from http import HTTPStatus
from typing import Any, ClassVar, Final

from assets.identity.venues import EXCHANGE_NAMES, is_exchange, title_of
from assets.metrics.families import BOOKS, LISTING, TOKEN
from assets.providers.exchanges import ccxt_adapter
from assets.providers.exchanges.books import Measures, measured
from assets.providers.exchanges.ccxt_offline import NoSuchPairError
from assets.providers.exchanges.pairs import DOLLARS, MONEYS, TradingPair, is_code, pairs_of
from assets.providers.exchanges.quirks import Quirks, quirks_of
from assets.sourcing.contract import (
    HttpClient,
    MisconfiguredError,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnsupportedError,
)
from assets.sourcing.listings import NamesListed, PlacesListed
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import AssetRef, BookRow, Identifier, ListingRow, Row

MOST_LEVELS: Final = 200
"""Levels of a side that are kept; its depth counts all that were reported."""

BOOK: Final = "/order-book"
PAIRS: Final = "/pairs"


class Exchange(Provider):
    """What all exchanges have in common; a concrete one says its name, address and rate."""

    families: ClassVar[tuple[str, ...]] = (BOOKS, LISTING)
    fields = {
        BOOKS: (
            "venue pair quote bids asks truncated bid_usd ask_usd spread_share depth_up_usd "
            "depth_down_usd anomalous"
        ),
    }
    per_asset = frozenset({BOOKS})
    at_once = frozenset({LISTING})
    known_by = message("code there")
    assets_a_call = {LISTING: 2_000}
    rate = Rate(calls=1, per_s=1)
    pair_format: ClassVar[str] = ""
    """How it names a pair; "" where only its list of pairs says so."""

    @property
    def quirks(self) -> Quirks:
        return quirks_of(self.name)

    def is_name(self, namespace: str, value: str) -> bool:
        return bool(pairs_of(value))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        if need.family == LISTING:
            context = {} if need.limit is None else {"left": str(need.limit)}
            return (Request(family=LISTING, path=PAIRS, context=context),)
        return tuple(self._first_book(code) for _namespace, code in known[: need.limit])

    def accepts(self, request: Request, status_code: int) -> bool:
        """A pair that is not traded is an answer about that pair."""
        refusals = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND} if request.family == BOOKS else set()
        return status_code in {HTTPStatus.OK, *refusals}

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        return client.ask(self, self.spelled(request))

    def spelled(self, request: Request) -> Request:
        """The call that this exchange understands; one that is spelled out already stays as it is."""
        if request.path == BOOK:
            call = ccxt_adapter.book_call(self.quirks, _trading_pair_of(request))
        elif request.path == PAIRS:
            call = ccxt_adapter.pairs_call(self.quirks)
        else:
            return request
        if call.origin != self.default_url:
            raise UnsupportedError(
                "%(provider)s publishes this at %(other)s, not at %(address)s.",
                provider=self.title,
                other=call.origin,
                address=self.default_url,
            )
        return replace(request, path=call.path, params=call.params)

    def parse(self, raw: RawObservation) -> Parsed:
        if raw.request.family == LISTING:
            return self._listing(raw)
        try:
            return self._market_in_list(raw) if "wanted" in raw.request.context else self._book(raw)
        except NoSuchPairError:
            context = raw.request.context
            pair = context.get("pair") or context["wanted"]
            follow = self._next_book(context["asked"], pair)
            return Parsed(
                remarks=(message("%(provider)s does not trade %(pair)s.", provider=self.title, pair=pair),),
                follow=follow,
                listed=self._no_pairs(context["asked"], pair.split()),
            )

    # Books ------------------------------------------------------------------------

    def _first_book(self, asked: str) -> Request:
        wanted = pairs_of(asked)
        if self.pair_format:
            return self._book_of(asked, wanted[0])
        return Request(family=BOOKS, path=PAIRS, context={"asked": asked, "wanted": " ".join(wanted)})

    def _next_book(self, asked: str, pair: str) -> tuple[Request, ...]:
        wanted = pairs_of(asked)
        if not self.pair_format or pair not in wanted[:-1]:
            return ()
        return (self._book_of(asked, wanted[wanted.index(pair) + 1]),)

    def _book_of(self, asked: str, pair: str, *, market: str = "") -> Request:
        base, _slash, quote = pair.partition("/")
        market = market or self.pair_format.format(base=base, quote=quote)
        return Request(family=BOOKS, path=BOOK, context={"asked": asked, "pair": pair, "market": market})

    def _market_in_list(self, raw: RawObservation) -> Parsed:
        """Where only the list of pairs says how a pair is named: find the best of those wanted."""
        asked, wanted = raw.request.context["asked"], raw.request.context["wanted"].split()
        markets, _broken = ccxt_adapter.pairs_in(self.quirks, status_code=raw.status_code, body=raw.body)
        open_pairs = {f"{each.base}/{each.quote}": each.id for each in markets if each.is_open}
        found = next((pair for pair in wanted if pair in open_pairs), None)
        if found is None:
            raise NoSuchPairError
        return Parsed(follow=(self._book_of(asked, found, market=open_pairs[found]),))

    def _book(self, raw: RawObservation) -> Parsed:
        reader, pair = RowReader(), raw.request.context["pair"]
        try:
            book = ccxt_adapter.book_in(
                self.quirks, _trading_pair_of(raw.request), status_code=raw.status_code, body=raw.body
            )
            # Another exchange may give fewer levels than it is asked for, without a word.
            limit = self.quirks.levels if self.pair_format else None
            found = measured(book.bids, book.asks, limit=limit)
        except ValueError as error:
            reader.reject("%(name)s %(problem)s.", name=pair, problem=error)
            return reader.parsed([])
        quote = pair.partition("/")[2]
        code = raw.request.context["asked"]
        row = BookRow(
            asset=AssetRef(kind=TOKEN, identifiers=(self._identifier(code),), symbol=code),
            as_of=min(book.reported_at or raw.fetched_at, raw.fetched_at),
            venue=self.title,
            pair=pair,
            quote=quote,
            bids=book.bids.levels[:MOST_LEVELS],
            asks=book.asks.levels[:MOST_LEVELS],
            truncated=found.truncated,
            spread_share=found.spread_share,
            anomalous=found.anomalous,
            **_in_usd(found, quote),
        )
        return reader.parsed([row])

    def _no_pairs(self, asked: str, pairs: list[str]) -> tuple[PlacesListed, ...]:
        asset = AssetRef(kind=TOKEN, identifiers=(self._identifier(asked),))
        return tuple(
            PlacesListed(asset=asset, family=BOOKS, within={"venue": self.title, "pair": pair})
            for pair in pairs
        )

    # Listing ----------------------------------------------------------------------

    def _listing(self, raw: RawObservation) -> Parsed:
        try:
            markets, broken = ccxt_adapter.pairs_in(self.quirks, status_code=raw.status_code, body=raw.body)
        except NoSuchPairError:
            return Parsed(remarks=(message("%(provider)s lists no pairs.", provider=self.title),))
        reader = RowReader()
        for _number in range(broken):
            reader.reject("A pair without a name or currencies.")
        bases = {each.base: each for each in markets if each.is_open and not each.is_leveraged}
        left = raw.request.context.get("left")
        rows: list[Row] = []
        for code in list(bases)[: None if left is None else int(left)]:
            if code in MONEYS:
                continue
            if not is_code(code):
                reader.reject("A pair with a currency code that is none.")
                continue
            asset = AssetRef(kind=TOKEN, identifiers=(self._identifier(code),), symbol=code)
            rows.append(ListingRow(asset=asset, as_of=raw.fetched_at))
        codes = NamesListed(namespace=self.namespaces[0], values=frozenset(bases))
        return reader.parsed(rows, listed=codes if left is None else None)

    def _identifier(self, code: str) -> Identifier:
        (namespace,) = self.namespaces
        return namespace, code


# The exchanges ------------------------------------------------------------------------


class Gate(Exchange):
    name = "gate"
    title = "Gate"
    website = "https://www.gate.com"
    default_url = "https://api.gateio.ws"
    rate = Rate(calls=10, per_s=1)
    namespaces = ("currency:gate",)
    pair_format = "{base}_{quote}"


class KuCoin(Exchange):
    """Its whole book needs a key; 100 levels of a side are public. Any code but "200000" is an error."""

    name = "kucoin"
    title = "KuCoin"
    website = "https://www.kucoin.com"
    default_url = "https://api.kucoin.com"
    rate = Rate(calls=10, per_s=1)
    namespaces = ("currency:kucoin",)
    pair_format = "{base}-{quote}"


class Mexc(Exchange):
    name = "mexc"
    title = "MEXC"
    website = "https://www.mexc.com"
    default_url = "https://api.mexc.com"
    rate = Rate(calls=10, per_s=1)
    namespaces = ("currency:mexc",)
    pair_format = "{base}{quote}"


class Kraken(Exchange):
    """Errors come as `error[]` inside a 200. It answers under its own name of a pair: XBTUSD as XXBTZUSD."""

    name = "kraken"
    title = "Kraken"
    website = "https://www.kraken.com"
    default_url = "https://api.kraken.com"
    rate = Rate(calls=1, per_s=1)
    namespaces = ("currency:kraken",)
    pair_format = "{base}{quote}"


class Binance(Exchange):
    """A book of 1,000 levels weighs 50 of 6,000 a minute; who asks on after a 429 is banned with a 418."""

    name = "binance"
    title = "Binance"
    website = "https://www.binance.com"
    default_url = "https://api.binance.com"
    rate = Rate(calls=60, per_s=60)
    limit_statuses = frozenset({HTTPStatus.TOO_MANY_REQUESTS, 418})
    namespaces = ("currency:binance",)
    pair_format = "{base}{quote}"


EXCHANGES: Final[tuple[type[Provider], ...]] = (Gate, KuCoin, Mexc, Kraken, Binance)


class _Address:
    """The public address of an exchange that is not named above: ccxt is loaded to know it."""

    def __get__(self, _instance: object, owner: type[Exchange]) -> str:
        return ccxt_adapter.address_of(owner.name)


def exchange(name: str) -> type[Provider]:
    """The exchange of this name: one of ours, or any other that ccxt knows.

    The pairs of another have names that only its list of pairs gives: two calls for one book.
    """
    for each in EXCHANGES:
        if each.name == name:
            return each
    if not is_exchange(name):
        raise MisconfiguredError(
            "ASSAY_EXCHANGES names %(name)s, which is no exchange; write names as ccxt does: gate,kucoin.",
            name=repr(name),
        )
    about = {
        "name": name,
        "title": title_of(name),
        "website": "",
        "default_url": _Address(),
        "families": (BOOKS,),
        "namespaces": (f"currency:{name}",),
    }
    return type(name.capitalize(), (Exchange,), {"__module__": __name__, **about})


def chosen() -> tuple[type[Provider], ...]:
    """The exchanges that ASSAY_EXCHANGES names, as ccxt names them; without it the five of ours.

    A name that is none is left out here and listed by `unknown_exchanges`.
    """
    return tuple(exchange(name) for name in _wanted() if name in EXCHANGE_NAMES or is_exchange(name))


def unknown_exchanges() -> list[str]:
    return [name for name in _wanted() if name not in EXCHANGE_NAMES and not is_exchange(name)]


def _wanted() -> list[str]:
    names = os.environ.get("ASSAY_EXCHANGES", "").split(",")
    return list(dict.fromkeys(each.strip().lower() for each in names if each.strip())) or [*EXCHANGE_NAMES]


# Requests and values --------------------------------------------------------------------


def _trading_pair_of(request: Request) -> TradingPair:
    base, _slash, quote = request.context["pair"].partition("/")
    return TradingPair(id=request.context["market"], base=base, quote=quote)


def _in_usd(found: Measures, quote: str) -> dict[str, Any]:
    if quote not in DOLLARS:
        return {}
    return {
        "bid_usd": found.bid,
        "ask_usd": found.ask,
        "depth_up_usd": found.depth_up,
        "depth_down_usd": found.depth_down,
    }
