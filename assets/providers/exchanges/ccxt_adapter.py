"""ccxt adapter: what an exchange is asked and how its answer reads, without the network of ccxt.

https://docs.ccxt.com. ccxt knows for each exchange the address, the arguments and the shape of
the answer. Its own HTTP is taken away: where it would ask, we note what it wants to ask, or give
it the body that our HTTP client fetched.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from assets.providers.exchanges.books import BookSide, side_of
from assets.providers.exchanges.ccxt_offline import (
    NoSuchPairError,
    offline_exchange,
    raise_errors_in,
    reading_answer,
)
from assets.providers.exchanges.pairs import TradingPair, trading_pair_of
from assets.providers.exchanges.quirks import Quirks, quirks_of
from assets.sourcing.contract import MisconfiguredError, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.reading import load_json, moment_of

BIDS: Final = frozenset({"bid", "bids", "buy", "b"})
ASKS: Final = frozenset({"ask", "asks", "sell", "a"})


class _AskedSignal(BaseException):
    """Raised in place of a call, so that nothing in ccxt catches it on its way to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What ccxt would ask: `origin` is scheme and host."""

    origin: str
    path: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBook:
    bids: BookSide
    asks: BookSide
    reported_at: datetime | None = None


# Questions ----------------------------------------------------------------------------


def book_call(quirks: Quirks, market: TradingPair) -> Call:
    return _asked(quirks, lambda exchange: _ask_book(exchange, quirks, market))


def pairs_call(quirks: Quirks) -> Call:
    return _asked(quirks, _ask_pairs)


@cache
def address_of(name: str) -> str:
    """The public address of an exchange, as far as ccxt knows it; loads ccxt."""
    try:
        return pairs_call(quirks_of(name)).origin
    except UnsupportedError as error:
        raise MisconfiguredError(
            "ASSAY_EXCHANGES names %(name)s: %(reason)s", name=repr(name), reason=error
        ) from error


def _asked(quirks: Quirks, ask: Callable[[Any], object]) -> Call:
    """The first call that ccxt wants to make."""
    wanted: list[tuple[str, str]] = []

    def note(url: str, method: str = "GET", headers: object = None, body: object = None) -> object:
        if _is_ignored(quirks, url):
            return []
        wanted.append((method, url))
        raise _AskedSignal

    try:
        with reading_answer(quirks.name):
            ask(offline_exchange(quirks.name, quirks.options, note))
    except _AskedSignal:
        pass
    except UnreadableError as error:
        raise UnsupportedError(
            "%(provider)s can't be asked this: %(reason)s.", provider=quirks.name, reason=error.__cause__
        ) from error
    if not wanted or wanted[0][0] != "GET":
        raise UnsupportedError("%(provider)s does not answer this kind of query.", provider=quirks.name)
    return _call_of(wanted[0][1])


def _call_of(url: str) -> Call:
    parts = urlsplit(url)
    params = {key: value for key, value in parse_qsl(parts.query, keep_blank_values=True) if key}
    return Call(origin=f"{parts.scheme}://{parts.netloc}", path=parts.path, params=params)


def _ask_book(exchange: Any, quirks: Quirks, market: TradingPair) -> Any:
    exchange.number = Decimal
    exchange.safe_float = _exactly
    exchange.set_markets([_spot(market)])
    return exchange.fetch_order_book(f"{market.base}/{market.quote}", quirks.levels)


def _ask_pairs(exchange: Any) -> Any:
    """Of spot markets alone, as far as ccxt can be made to ask for them only.

    The step of a price is of no matter to us, and ccxt would write out as many zeros as an answer names.
    """
    exchange.parse_precision = lambda _digits: None
    choice = exchange.options.get("fetchMarkets")
    types = choice.get("types") if isinstance(choice, dict) else None
    if isinstance(types, list):
        exchange.options["fetchMarkets"] = {**choice, "types": ["spot"]}
    elif isinstance(types, dict):
        exchange.options["fetchMarkets"] = {**choice, "types": {each: each == "spot" for each in types}}
    ask = getattr(exchange, "fetch_spot_markets", exchange.fetch_markets)
    return ask({})


def _spot(market: TradingPair) -> dict[str, object]:
    no = dict.fromkeys(("margin", "swap", "future", "option", "contract"), False)
    return no | {
        "id": market.id,
        "symbol": f"{market.base}/{market.quote}",
        "base": market.base,
        "quote": market.quote,
        "baseId": market.base,
        "quoteId": market.quote,
        "type": "spot",
        "spot": True,
        "active": True,
        "info": {},
    }


# Answers ------------------------------------------------------------------------------


def book_in(quirks: Quirks, market: TradingPair, *, status_code: int, body: bytes) -> OrderBook:
    """Read a book; `NoSuchPairError` where there is none, else the errors of a provider."""
    answer = _sound_answer(quirks, status_code, body)
    if isinstance(answer, dict):
        answer = {**quirks.assumed, **answer}
    alias = _only_key(answer.get(quirks.book_under)) if isinstance(answer, dict) else ""
    if alias:
        market = replace(market, id=alias)
    with reading_answer(quirks.name):
        book = _ask_book(offline_exchange(quirks.name, quirks.options, lambda *_call: answer), quirks, market)
        bids, asks, reported_at_ms = book["bids"], book["asks"], book["timestamp"]
    is_reported = {names: _has_list(answer, names) for names in (BIDS, ASKS)}
    if not (any(is_reported.values()) or bids or asks):
        raise UnreadableError("%(provider)s sent something other than an order book.", provider=quirks.name)
    return OrderBook(
        bids=side_of(bids, is_reported=is_reported[BIDS]),
        asks=side_of(asks, is_reported=is_reported[ASKS]),
        reported_at=_moment(reported_at_ms),
    )


def pairs_in(quirks: Quirks, *, status_code: int, body: bytes) -> tuple[list[TradingPair], int]:
    """The pairs of a list of markets, and how many of them could not be read."""
    answer = _sound_answer(quirks, status_code, body)
    rows = _rows_apart(answer, quirks.rows_under)
    if rows == []:
        return [], 0
    try:
        pairs = _pairs(quirks, answer)
        return pairs, max(0, len(rows or ()) - len(pairs))  # ccxt skips some broken rows without a word.
    except UnreadableError:
        if rows is None:
            raise
    # One broken row spoils the list for ccxt; each by itself, the others land.
    markets: list[TradingPair] = []
    broken = 0
    for row in rows:
        try:
            markets += _pairs(quirks, row)
        except UnreadableError:
            broken += 1
    if not markets:
        raise _no_pairs(quirks)
    return markets, broken


def _no_pairs(quirks: Quirks) -> UnreadableError:
    return UnreadableError(
        "%(provider)s sent something other than the list of its pairs.", provider=quirks.name
    )


def _pairs(quirks: Quirks, answer: object) -> list[TradingPair]:
    asked: set[str] = set()

    def give(url: str, method: str = "GET", headers: object = None, body: object = None) -> object:
        if _is_ignored(quirks, url):
            return []
        asked.add(url)
        # What is asked beside the pairs is of no matter to us; {} is what ccxt bears best.
        return answer if len(asked) == 1 else {}

    with reading_answer(quirks.name):
        listed = _ask_pairs(offline_exchange(quirks.name, quirks.options, give))
        markets = [trading_pair_of(each) for each in listed if each["spot"]]
    if not markets:  # ccxt makes nothing of an answer that it does not understand.
        raise _no_pairs(quirks)
    return markets


def _rows_apart(answer: object, rows_under: str | None) -> list[object] | None:
    """The same answer once for each of its rows; None where we do not know where the rows are."""
    if rows_under is None:
        return None
    rows = answer.get(rows_under) if rows_under and isinstance(answer, dict) else answer
    if isinstance(rows, dict) and rows_under:
        parts: list[object] = [{key: value} for key, value in rows.items()]
    elif isinstance(rows, list) and isinstance(answer, dict if rows_under else list):
        parts = [[each] for each in rows]
    else:
        raise UnreadableError("The answer is something other than a list of pairs.")
    return [{**answer, rows_under: part} for part in parts] if isinstance(answer, dict) else parts


def _sound_answer(quirks: Quirks, status_code: int, body: bytes) -> Any:
    """The body as ccxt takes it, after ccxt has looked for an error in it."""
    text = body.decode("utf-8", "replace").strip()
    try:
        answer = _in_texts(load_json(body))
    except UnreadableError:
        if status_code < 400:
            raise
        answer = None
    if any(each in quirks.unknown_pair for each in _codes_in(answer)):
        raise NoSuchPairError
    raise_errors_in(offline_exchange(quirks.name, quirks.options, _no_call), status_code, text, answer)
    if status_code == 404:
        raise NoSuchPairError
    if status_code >= 400:
        raise RefusedError(
            "%(provider)s refused (HTTP %(status)s).", provider=quirks.name, status=status_code
        )
    return answer


def _codes_in(answer: object) -> list[object]:
    if not isinstance(answer, dict):
        return []
    errors = answer.get("error")
    return [answer.get("code"), *(errors if isinstance(errors, list) else ())]


def _in_texts(value: Any) -> Any:
    """Fractions as the texts they were: ccxt does not know `Decimal`, and a float would lose digits."""
    if isinstance(value, dict):
        return {key: _in_texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_in_texts(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def _moment(value: object) -> datetime | None:
    """When the exchange says that the book stood so; few do, and a strange moment spoils no book."""
    try:
        return moment_of(value)
    except ValueError:
        return None


def _only_key(value: object) -> str:
    return next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""


def _has_list(answer: object, names: frozenset[str]) -> bool:
    """Whether this side of the book is in the answer, be it as an empty list."""
    if not isinstance(answer, dict):
        return isinstance(answer, list) and any(_has_list(each, names) for each in answer)
    return any(
        (key in names and isinstance(each, list)) or _has_list(each, names) for key, each in answer.items()
    )


def _exactly(container: Any, key: Any, default: object = None) -> object:
    """In place of ccxt's own, by which it reads the levels of a book: a float would lose digits."""
    try:
        return Decimal(str(container[key]))
    except (LookupError, TypeError, InvalidOperation):
        return default


def _no_call(*_call: object) -> object:
    raise _AskedSignal


def _is_ignored(quirks: Quirks, url: str) -> bool:
    return urlsplit(url).path.endswith(quirks.ignored_paths) if quirks.ignored_paths else False
