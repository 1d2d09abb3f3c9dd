import json
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.exchanges.provider import (
    EXCHANGES,
    Binance,
    Gate,
    Kraken,
    KuCoin,
    Mexc,
    chosen,
    exchange,
    unknown_exchanges,
)
from assets.providers.exchanges.quirks import BY_NAME
from assets.sourcing import addresses
from assets.sourcing.contract import (
    MisconfiguredError,
    Need,
    RawObservation,
    RefusedError,
    Request,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import BookRow, ListingRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

ROOT = Path(__file__).parents[4]
PROVIDERS = {each.name: each() for each in EXCHANGES}
EACH = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=lambda each: each.name)
TOLD_AT = datetime(2026, 3, 1, 10, 0, 0, 123_000, tzinfo=UTC)


def ask(provider, family, *, limit=None, code=None):
    names = None if code is None else (("address:base", "0x1"), (provider.namespaces[0], code))
    return provider.requests(Need(family=family, identifiers=names, limit=limit))[0]


def read_body(provider, code, body, *, status_code=200):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read(provider, ask(provider, "books", code=code), body, status_code=status_code)


def book(provider, code, bids, asks, **more):
    (row,) = read_body(provider, code, {"bids": bids, "asks": asks, **more}).rows
    return row


# Who is asked -----------------------------------------------------------------------


def test_five_exchanges_are_ours():
    assert (Gate, KuCoin, Mexc, Kraken, Binance) == EXCHANGES
    assert {each.name for each in EXCHANGES} == BY_NAME.keys()
    assert [each.title for each in EXCHANGES] == ["Gate", "KuCoin", "MEXC", "Kraken", "Binance"]


def test_an_exchange_is_found_by_name():
    assert exchange("gate") is Gate


def test_any_other_exchange_that_ccxt_knows_can_be_asked_for_books():
    other = exchange("bitget")
    assert (other.name, other.title, other.namespaces) == ("bitget", "Bitget", ("currency:bitget",))
    assert other.families == ("books",)
    assert other.default_url == other().base_url == "https://api.bitget.com"
    assert other(base_url="http://127.0.0.1:1/x/").base_url == "http://127.0.0.1:1/x"


@pytest.mark.parametrize("name", ["nowhere", "", "os", "../gate", "base"])
def test_a_name_that_is_no_exchange_is_told_with_its_variable(name):
    with pytest.raises(MisconfiguredError, match="ASSAY_EXCHANGES"):
        exchange(name)


def test_an_exchange_that_can_not_be_asked_so_is_found_by_the_checks_at_start():
    (problem,) = addresses.problems_of([exchange("hyperliquid")])
    assert problem.startswith("ASSAY_EXCHANGES names 'hyperliquid'")


def test_ccxt_is_loaded_by_asking_and_reading_only():
    code = (
        "import sys; from assets.providers.exchanges.provider import EXCHANGES, exchange;"
        "from assets.sourcing.contract import Need;"
        "need = lambda it: Need(family='books', identifiers=((it.namespaces[0], 'INK'),));"
        "made = [each() for each in EXCHANGES]; asked = [each.requests(need(each)) for each in made];"
        "[each.requests(Need(family='listing')) for each in made]; exchange('bitget');"
        "assert not [each for each in sys.modules if each.startswith(('ccxt', 'requests', 'aiohttp'))];"
        "made[0].spelled(asked[0][0]); assert 'ccxt.gate' in sys.modules and 'ccxt.kraken' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# What is asked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "params"),
    [
        ("gate", "/api/v4/spot/order_book", {"currency_pair": "INK_USDT", "limit": "100", "with_id": "true"}),
        ("kucoin", "/api/v1/market/orderbook/level2_100", {"symbol": "INK-USDT"}),
        ("mexc", "/api/v3/depth", {"symbol": "INKUSDT", "limit": "1000"}),
        ("kraken", "/0/public/Depth", {"pair": "INKUSDT", "count": "500"}),
        ("binance", "/api/v3/depth", {"symbol": "INKUSDT", "limit": "1000"}),
    ],
)
def test_a_book_is_asked_below_the_address_of_its_exchange(name, path, params):
    provider = PROVIDERS[name]
    spelled = provider.spelled(ask(provider, "books", code="INK"))
    assert (spelled.path, spelled.params) == (path, params)
    assert spelled.context == {"asked": "INK", "pair": "INK/USDT", "market": next(iter(params.values()))}


@EACH
def test_the_listing_is_one_call(provider):
    spelled = provider.spelled(ask(provider, "listing", limit=3))
    assert (spelled.family, spelled.params, spelled.context) == ("listing", {}, {"left": "3"})
    assert spelled.path.startswith("/")


class HttpClient:
    """Notes what is asked and answers with a body."""

    def __init__(self, body):
        self.body, self.asked = body, []

    def ask(self, provider, request):
        self.asked.append(request)
        return RawObservation(
            provider=provider.name, request=request, status_code=200, body=self.body, fetched_at=NOW
        )


def test_fetch_spells_out_what_the_plan_left_open():
    client = HttpClient(payload("exchanges", "gate_book"))
    raw = Gate().fetch(ask(Gate(), "books", code="INK"), client)
    assert raw.request.path == "/api/v4/spot/order_book"
    assert Gate().spelled(raw.request) is raw.request
    assert Gate().parse(raw).rows[0].pair == "INK/USDT"


def test_a_mirror_is_asked_by_the_same_path():
    mirror = Gate(base_url="http://127.0.0.1:8790/gate")
    request = ask(mirror, "books", code="INK")
    assert mirror.spelled(request) == Gate().spelled(request)


def test_a_request_survives_its_way_through_a_step():
    request = ask(Gate(), "books", code="HAI/ETH")
    assert Gate().spelled(Request.from_json(request.to_json())) == Gate().spelled(request)


def test_an_identifier_may_name_the_pair():
    request = Gate().spelled(ask(Gate(), "books", code="HAI/ETH"))
    assert request.params["currency_pair"] == "HAI_ETH"


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (Need(family="holders"), "no holders"),
        (Need(family="books"), "asset by asset"),
        (Need(family="listing", identifiers=(("currency:gate", "INK"),)), "at once"),
        (Need(family="books", identifiers=(("currency:mexc", "INK"), ("coingecko", "ink"))), "not known"),
        (Need(family="books", identifiers=(("currency:gate", "A/B/C"),)), "not known"),
    ],
    ids=repr,
)
def test_what_can_not_be_asked_is_said(need, words):
    with pytest.raises(UnsupportedError, match=words):
        Gate().requests(need)


@EACH
def test_a_pair_that_is_refused_is_an_answer_and_a_failure_is_none(provider):
    books, listing = ask(provider, "books", code="INK"), ask(provider, "listing")
    assert [provider.accepts(books, each) for each in (200, 400, 404, 403, 429, 500)] == [True] * 3 + [
        False
    ] * 3
    assert [provider.accepts(listing, each) for each in (200, 400, 404)] == [True, False, False]


def test_a_ban_of_binance_is_a_limit():
    assert 418 in Binance().limit_statuses
    assert 418 not in Gate().limit_statuses


# Books ------------------------------------------------------------------------------


@EACH
def test_a_book_is_read(provider):
    (row,) = read_body(provider, "INK", payload("exchanges", f"{provider.name}_book")).rows
    assert isinstance(row, BookRow)
    assert (row.venue, row.pair, row.quote) == (provider.title, "INK/USDT", "USDT")
    assert row.asset.identifiers == ((f"currency:{provider.name}", "INK"),)
    assert row.bids[:2] == ((Decimal("0.99"), Decimal("100.5")), (Decimal("0.97"), Decimal(200)))
    assert (row.bid_usd, row.ask_usd, row.spread_share) == (
        Decimal("0.99"),
        Decimal("1.01"),
        pytest.approx(0.02),
    )
    assert (row.depth_down_usd, row.depth_up_usd) == (Decimal("99.495"), Decimal("60.955"))
    assert (row.truncated, row.anomalous, row.stale, row.last_traded_at) == (False, False, None, None)
    assert row.as_of == (TOLD_AT if provider.name in {"gate", "kucoin", "mexc"} else NOW)


def test_a_moment_ahead_of_ours_is_ours():
    ahead = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp() * 1000)
    assert book(Gate(), "INK", [["1", "1"]], [["2", "1"]], current=ahead).as_of == NOW
    assert book(Gate(), "INK", [["1", "1"]], [["2", "1"]], current=5).as_of == NOW


@pytest.mark.parametrize("quote", ["USD", "USDT", "USDC", "FDUSD", "BUSD", "DAI"])
def test_a_dollar_is_a_dollar(quote):
    assert book(Gate(), f"INK/{quote}", [["1", "1"]], [["2", "1"]]).bid_usd == 1


def test_another_quote_has_a_spread_and_no_dollars():
    row = book(Gate(), "HAI/ETH", [["0.001", "1"]], [["0.003", "1"]])
    assert (row.pair, row.quote, row.spread_share) == ("HAI/ETH", "ETH", 1.0)
    assert (row.bid_usd, row.ask_usd, row.depth_up_usd, row.depth_down_usd) == (None,) * 4
    assert row.asset.identifiers == (("currency:gate", "HAI/ETH"),)


def test_a_book_at_its_cap_is_truncated():
    levels = [[str(Decimal(1) - Decimal(each) / 100_000), "1"] for each in range(1, 101)]
    row = book(Gate(), "INK", levels, [["1.001", "1"]])
    assert (row.truncated, len(row.bids)) == (True, 100)
    assert book(Gate(), "INK", levels[:-1], [["1.001", "1"]]).truncated is False


def test_at_most_two_hundred_levels_of_a_side_are_kept_and_all_are_counted():
    levels = [[str(Decimal(1) + Decimal(each) / 100_000), "1"] for each in range(1, 1001)]
    row = book(Binance(), "INK", [["1", "1"]], levels)
    assert (len(row.asks), row.truncated) == (200, True)
    assert row.depth_up_usd == sum(Decimal(price) for price, _quantity in levels)


@pytest.mark.parametrize(
    ("bids", "asks", "up", "down"),
    [
        ([["1", "5"]], [], 0, None),
        ([], [["1", "5"]], None, 0),
        ([], [], None, None),
        ([["1", "0"]], [], None, None),
    ],
)
def test_an_empty_side_has_no_depth_and_no_spread(bids, asks, up, down):
    row = book(Gate(), "INK", bids, asks)
    assert (row.spread_share, row.depth_up_usd, row.depth_down_usd) == (None, up, down)
    assert row.truncated is None


def test_a_side_that_was_not_told_is_not_zero():
    (row,) = read_body(Gate(), "INK", {"bids": [["1", "5"]]}).rows
    assert (row.bid_usd, row.ask_usd, row.depth_up_usd) == (1, None, None)


def test_a_crossed_book_is_anomalous():
    row = book(Gate(), "INK", [["3", "1"]], [["2", "1"]])
    assert (row.anomalous, row.spread_share, row.depth_up_usd) == (True, None, None)


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (["1", "-5"], "is negative"),
        (["NaN", "1"], "not a finite number"),
        (["1", "1e40"], "absurdly large"),
        (["0", "1"], "without price or quantity"),
        (["1"], "without price or quantity"),
    ],
)
def test_a_book_with_a_broken_level_is_left_out(level, words):
    parsed = read_body(Gate(), "INK", {"bids": [level], "asks": [["2", "1"]]})
    assert (parsed.rows, parsed.rejected) == ((), 1)
    assert words in parsed.remarks[0]


# Pairs that are not there -----------------------------------------------------------

UNKNOWN = {
    "gate": (400, {"label": "INVALID_CURRENCY_PAIR", "message": "Invalid currency pair"}),
    "kucoin": (200, {"code": "900001", "msg": "symbol not exists"}),
    "mexc": (400, {"code": -1121, "msg": "Invalid symbol."}),
    "kraken": (200, {"error": ["EQuery:Unknown asset pair"]}),
    "binance": (400, {"code": -1121, "msg": "Invalid symbol."}),
}


@EACH
def test_the_next_quote_is_tried_until_there_is_none(provider):
    status_code, body = UNKNOWN[provider.name]
    request, tried, answer = ask(provider, "books", code="INK"), [], json.dumps(body).encode()
    while True:
        tried.append(request.context["pair"])
        parsed = read(provider, provider.spelled(request), answer, status_code=status_code)
        assert (parsed.rows, parsed.remarks) == ((), (f"{provider.title} does not trade {tried[-1]}.",))
        if not parsed.follow:
            break
        (request,) = parsed.follow
    assert tried == ["INK/USDT", "INK/USDC", "INK/USD"]


@EACH
def test_a_pair_that_is_not_traded_any_more_ends_its_book(provider):
    status_code, body = UNKNOWN[provider.name]
    parsed = read_body(provider, "INK", body, status_code=status_code)
    (listed,) = parsed.listed
    assert listed.asset.identifiers == ((f"currency:{provider.name}", "INK"),)
    assert (listed.family, listed.places) == ("books", frozenset())
    assert listed.within == {"venue": provider.title, "pair": "INK/USDT"}


def test_the_next_quote_is_asked_like_the_first():
    status_code, body = UNKNOWN["gate"]
    (following,) = read_body(Gate(), "INK", body, status_code=status_code).follow
    assert Gate().spelled(following).params["currency_pair"] == "INK_USDC"
    assert following.context["asked"] == "INK"


def test_a_pair_that_was_named_has_no_substitute():
    status_code, body = UNKNOWN["gate"]
    assert read_body(Gate(), "HAI/ETH", body, status_code=status_code).follow == ()
    assert read_body(Gate(), "INK/USDT", body, status_code=status_code).follow == ()


# Errors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("provider", "body", "error"),
    [
        (KuCoin(), {"code": "400100", "msg": "no"}, RefusedError),
        (KuCoin(), {"code": "200001", "data": {"bids": [], "asks": []}}, RefusedError),
        (KuCoin(), {"code": "429000", "msg": "Too many requests."}, TransientError),
        (Kraken(), {"error": ["EGeneral:Invalid arguments"]}, RefusedError),
        (Kraken(), {"error": ["EAPI:Rate limit exceeded"]}, TransientError),
        (Kraken(), {"error": []}, UnreadableError),
        (Gate(), {"label": "SOMETHING", "message": "no"}, RefusedError),
        (Mexc(), {"code": 99999, "msg": "no"}, RefusedError),
    ],
    ids=lambda each: getattr(each, "name", None) or getattr(each, "__name__", None) or repr(each),
)
def test_an_error_inside_a_200_is_one(provider, body, error):
    with pytest.raises(error):
        read_body(provider, "INK", body)


@EACH
@pytest.mark.parametrize("family", ["books", "listing"])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"5", b'"x"', b"null", b'{"tickers": 5}', b'{"bids": '], ids=repr
)
def test_a_body_of_another_shape_is_unreadable(provider, family, body):
    request = ask(provider, family, code="INK" if family == "books" else None)
    with pytest.raises((UnreadableError, RefusedError)):
        read(provider, request, body)


# Listing ----------------------------------------------------------------------------


def listed(provider, *, limit=None):
    return read(
        provider, ask(provider, "listing", limit=limit), payload("exchanges", f"{provider.name}_pairs")
    )


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("gate", ["AUR", "BRIM", "QTUM3S", "GTC"]),
        ("kucoin", ["AUR", "BRIM"]),
        ("mexc", ["AUR", "BRIM"]),
        ("kraken", ["AUR", "XBT", "LUNA"]),
        ("binance", ["AUR", "BRIM"]),
    ],
)
def test_the_currencies_that_are_traded_are_listed_once_by_their_code(name, codes):
    parsed = listed(PROVIDERS[name])
    assert [row.asset.identifiers for row in parsed.rows] == [((f"currency:{name}", code),) for code in codes]
    assert {(type(row), row.asset.kind, row.as_of) for row in parsed.rows} == {(ListingRow, "token", NOW)}
    assert [row.asset.symbol for row in parsed.rows] == codes


def test_a_listing_can_be_limited():
    assert [row.asset.symbol for row in listed(Gate(), limit=2).rows] == ["AUR", "BRIM"]


@EACH
def test_a_whole_listing_names_all_codes_that_are_traded(provider):
    parsed = listed(provider)
    (codes,) = parsed.listed
    assert codes.namespace == f"currency:{provider.name}"
    assert codes.values >= {row.asset.symbol for row in parsed.rows}
    assert listed(provider, limit=2).listed == ()


def test_an_empty_listing_is_an_answer():
    assert read(Gate(), ask(Gate(), "listing"), b"[]").rows == ()


@pytest.mark.parametrize(("name", "message"), [("kucoin", "no such page"), ("gate", "gone")])
def test_a_refused_listing_is_refused(name, message):
    body = json.dumps({"code": "123456", "msg": message, "label": "GONE", "message": message}).encode()
    with pytest.raises(RefusedError, match=message):
        read(PROVIDERS[name], ask(PROVIDERS[name], "listing"), body)


# Any other exchange -----------------------------------------------------------------

OTHER = exchange("bitget")()
BITGET_PAIRS = {
    "code": "00000",
    "msg": "success",
    "data": [
        {
            "symbol": f"INK{quote}",
            "baseCoin": "INK",
            "quoteCoin": quote,
            "status": status,
            "minTradeAmount": "1",
        }
        for quote, status in [("USDT", "offline"), ("USDC", "online"), ("BTC", "online")]
    ],
}


def test_another_exchange_tells_first_how_it_names_the_pair():
    request = ask(OTHER, "books", code="INK")
    assert OTHER.spelled(request).path == "/api/v2/spot/public/symbols"
    (following,) = read(OTHER, request, json.dumps(BITGET_PAIRS).encode()).follow
    spelled = OTHER.spelled(following)
    assert (spelled.path, spelled.params["symbol"]) == ("/api/v2/spot/market/orderbook", "INKUSDC")
    asks, bids = [["2", "1"], ["9", "1"]], [["1.99", "1"], ["0.5", "1"]]
    body = {"code": "00000", "data": {"asks": asks, "bids": bids, "ts": "1772359200123"}}
    (row,) = read(OTHER, spelled, json.dumps(body).encode()).rows
    assert (row.venue, row.pair, row.ask_usd, row.as_of) == ("Bitget", "INK/USDC", 2, TOLD_AT)
    assert row.asset.identifiers == (("currency:bitget", "INK"),)
    assert row.truncated is False


def test_of_another_exchange_it_is_not_known_whether_a_near_book_was_cut():
    request = Request(
        family="books", path="/x", context={"asked": "INK", "pair": "INK/USDC", "market": "INKUSDC"}
    )
    body = {"code": "00000", "data": {"asks": [["2", "1"]], "bids": [["1.99", "1"]], "ts": "1772359200123"}}
    (row,) = read(OTHER, request, json.dumps(body).encode()).rows
    assert row.truncated is None


def test_another_exchange_without_the_pair_says_so():
    parsed = read(OTHER, ask(OTHER, "books", code="BRIM"), json.dumps(BITGET_PAIRS).encode())
    assert (parsed.rows, parsed.follow) == ((), ())
    assert parsed.remarks == ("Bitget does not trade BRIM/USDT BRIM/USDC BRIM/USD.",)


# Whatever comes ---------------------------------------------------------------------


@EACH
@pytest.mark.parametrize("family", ["books", "listing"])
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(provider, family, data):
    name = f"{provider.name}_{'book' if family == 'books' else 'pairs'}"
    request = ask(provider, family, code="INK" if family == "books" else None)
    mutated(data, provider, request, payload("exchanges", name))


# Recorded bodies ----------------------------------------------------------------------


def recorded_book(provider, code, path):
    body = json.loads(recorded(f"orderbooks/{path}"))["body"]
    (row,) = read_body(provider, code, body).rows
    return row


GATE = "gateio/{}_limit_100_with_id_true.json"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("code", "path", "spread_share", "up_usd"),
    [
        ("FAST", GATE.format("03_currency_pair_FAST_USDT"), 0.0334768, "54.34168"),
        ("INK", GATE.format("07_currency_pair_INK_USDT"), 0.0485031, "0"),
        ("QTUM3S", GATE.format("02_currency_pair_QTUM3S_USDT"), 0.0085837, "2312.23825372"),
        ("BTC/USDC", GATE.format("09_currency_pair_BTC_USDC"), 0.0146063, "3365.16262525"),
        ("HAI/ETH", GATE.format("01_currency_pair_HAI_ETH"), 0.0071435, None),
        ("ZKS/ETH", GATE.format("05_currency_pair_ZKS_ETH"), 0.0323054, None),
    ],
)
def test_the_recorded_books_of_gate(code, path, spread_share, up_usd):
    row = recorded_book(Gate(), code, path)
    assert row.spread_share == pytest.approx(spread_share, abs=1e-7)
    assert row.depth_up_usd == (None if up_usd is None else Decimal(up_usd))
    assert (row.anomalous, row.as_of) == (False, NOW)


@pytest.mark.shared
def test_the_thin_recorded_book_is_thin_on_both_sides():
    row = recorded_book(Gate(), "INK", GATE.format("07_currency_pair_INK_USDT"))
    assert (row.depth_up_usd, row.depth_down_usd, row.truncated) == (0, 0, False)
    assert row.bids[0] == (Decimal("0.0028144"), Decimal("64918.872"))


@pytest.mark.shared
def test_the_recorded_books_of_binance():
    row = recorded_book(Binance(), "NKN", "binance/01_symbol_NKNUSDT_limit_1000.json")
    assert (row.bid_usd, row.ask_usd) == (Decimal("0.3521"), Decimal("0.3525"))
    assert row.depth_up_usd == pytest.approx(Decimal("82216.4167"))
    assert (len(row.bids), len(row.asks), row.truncated) == (200, 200, False)
    assert recorded_book(Binance(), "RUNE/EUR", "binance/04_symbol_RUNEEUR_limit_1000.json").bid_usd is None


@pytest.mark.shared
def test_the_recorded_listing_of_gate():
    body = json.dumps(json.loads(recorded("orderbooks/gateio/markets_1.json"))["body"]).encode()
    parsed = read(Gate(), ask(Gate(), "listing"), body)
    pairs = json.loads(body)
    open_bases = {each["base"] for each in pairs if each["trade_status"] == "tradable"}
    assert {row.asset.symbol for row in parsed.rows} == open_bases
    assert len(parsed.rows) == len(open_bases) > 500
    assert (parsed.rejected, parsed.follow) == (0, ())


# Which exchanges there are ------------------------------------------------------------


def test_five_exchanges_are_there_and_others_by_name(monkeypatch):
    monkeypatch.delenv("ASSAY_EXCHANGES", raising=False)
    assert [each.name for each in chosen()] == ["gate", "kucoin", "mexc", "kraken", "binance"]
    monkeypatch.setenv("ASSAY_EXCHANGES", " Kraken,bitget, nowhere ,kraken")
    assert [each.name for each in chosen()] == ["kraken", "bitget"]
    assert unknown_exchanges() == ["nowhere"]
