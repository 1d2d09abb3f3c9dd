import json
from decimal import Decimal
from pathlib import Path

import pytest

from assets.providers.exchanges import ccxt_adapter
from assets.providers.exchanges.ccxt_offline import NoSuchPairError
from assets.providers.exchanges.pairs import TradingPair
from assets.providers.exchanges.quirks import BY_NAME, quirks_of
from assets.sourcing.contract import (
    MisconfiguredError,
    RefusedError,
    TransientError,
    UnreadableError,
    UnsupportedError,
)

ROOT = Path(__file__).parents[4]
PAYLOADS = ROOT / "tests" / "payloads" / "exchanges"
INK = TradingPair(id="INK_USDT", base="INK", quote="USDT")


def payload(name):
    return (PAYLOADS / f"{name}.json").read_bytes()


def book(name, body, *, status_code=200, market=INK):
    payload_bytes = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ccxt_adapter.book_in(quirks_of(name), market, status_code=status_code, body=payload_bytes)


def pairs(name, body):
    payload_bytes = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ccxt_adapter.pairs_in(quirks_of(name), status_code=200, body=payload_bytes)


# The network ------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_NAME)
def test_nothing_in_ccxt_reaches_the_network(name, no_network):
    quirks = BY_NAME[name]
    assert ccxt_adapter.book_call(quirks, INK).path
    assert ccxt_adapter.pairs_call(quirks).path
    assert ccxt_adapter.book_in(quirks, INK, status_code=200, body=payload(f"{name}_book")).bids.levels
    assert ccxt_adapter.pairs_in(quirks, status_code=200, body=payload(f"{name}_pairs"))[0]


def test_the_environment_leads_nowhere_else(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert ccxt_adapter.pairs_call(BY_NAME["gate"]).origin == "https://api.gateio.ws"


# Questions --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "params"),
    [
        ("gate", "/api/v4/spot/order_book", {"currency_pair": "INK_USDT", "limit": "100", "with_id": "true"}),
        ("kucoin", "/api/v1/market/orderbook/level2_100", {"symbol": "INK_USDT"}),
        ("mexc", "/api/v3/depth", {"symbol": "INK_USDT", "limit": "1000"}),
        ("kraken", "/0/public/Depth", {"pair": "INK_USDT", "count": "500"}),
        ("binance", "/api/v3/depth", {"symbol": "INK_USDT", "limit": "1000"}),
    ],
)
def test_a_book_is_asked_in_the_words_of_its_exchange(name, path, params):
    call = ccxt_adapter.book_call(BY_NAME[name], INK)
    assert (call.path, call.params) == (path, params)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("gate", "/api/v4/spot/currency_pairs"),
        ("kucoin", "/api/v2/symbols"),
        ("mexc", "/api/v3/exchangeInfo"),
        ("kraken", "/0/public/AssetPairs"),
        ("binance", "/api/v3/exchangeInfo"),
    ],
)
def test_the_pairs_are_asked_in_one_call(name, path):
    call = ccxt_adapter.pairs_call(BY_NAME[name])
    assert (call.path, call.params) == (path, {})


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("bybit", "/v5/market/instruments-info"),
        ("bingx", "/openApi/spot/v1/common/symbols"),
        ("htx", "/v1/common/symbols"),
    ],
)
def test_another_exchange_is_asked_for_its_spot_pairs_first(name, path):
    assert ccxt_adapter.pairs_call(quirks_of(name)).path == path


def test_an_exchange_that_refuses_a_hundred_levels_is_asked_for_what_it_tells():
    assert ccxt_adapter.book_call(quirks_of("htx"), INK).path == "/market/depth"


def test_a_name_is_data_in_a_question():
    sly = TradingPair(id="INK&limit=1#x", base="INK", quote="USDT")
    assert ccxt_adapter.book_call(BY_NAME["gate"], sly).params["currency_pair"] == "INK&limit=1#x"
    assert ccxt_adapter.book_call(BY_NAME["gate"], sly).params["limit"] == "100"


def test_an_exchange_that_wants_more_than_a_question_is_not_supported():
    with pytest.raises(UnsupportedError, match="kind of query"):
        ccxt_adapter.book_call(quirks_of("hyperliquid"), INK)
    with pytest.raises(UnsupportedError, match="can't be asked this"):
        ccxt_adapter.book_call(quirks_of("coinspot"), INK)


def test_an_exchange_without_an_address_to_ask_is_a_matter_of_configuration():
    with pytest.raises(MisconfiguredError, match="ASSAY_EXCHANGES names 'hyperliquid'"):
        ccxt_adapter.address_of("hyperliquid")


# Books ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_NAME)
def test_books_of_all_exchanges_read_alike(name):
    read = book(name, payload(f"{name}_book"))
    assert read.bids.levels == (
        (Decimal("0.99"), Decimal("100.5")),
        (Decimal("0.97"), Decimal(200)),
        (Decimal("0.90"), Decimal(1000)),
    )
    assert (read.bids.count, read.asks.count) == (4, 3)
    assert (read.bids.is_reported, read.asks.is_reported) == (True, True)


@pytest.mark.parametrize(
    ("name", "is_dated"), [("gate", True), ("kucoin", True), ("mexc", True), ("binance", False)]
)
def test_a_book_has_the_moment_that_the_exchange_tells(name, is_dated):
    reported_at = book(name, payload(f"{name}_book")).reported_at
    assert (reported_at is not None) is is_dated
    assert not reported_at or reported_at.isoformat() == "2026-03-01T10:00:00.123000+00:00"


def test_no_digit_is_lost():
    fine = "0.0000000012345678901234567890"
    read = book("gate", f'{{"asks": [["{fine}", 12345678901234567890.123456789]], "bids": []}}'.encode())
    assert read.asks.levels == ((Decimal(fine), Decimal("12345678901234567890.123456789")),)


def test_the_best_comes_first_in_whatever_order_it_was_told():
    read = book("gate", {"asks": [["3", "1"], ["2", "1"]], "bids": [["0.5", "1"], ["1", "1"]]})
    assert [price for price, _quantity in read.asks.levels] == [2, 3]
    assert [price for price, _quantity in read.bids.levels] == [1, Decimal("0.5")]


def test_a_side_that_is_missing_is_not_told_and_an_empty_one_is():
    assert book("gate", {"bids": [["1", "1"]]}).asks.is_reported is False
    assert book("gate", {"bids": [["1", "1"]], "asks": []}).asks.is_reported is True


def test_kraken_tells_a_book_under_its_own_name_of_the_pair():
    read = book(
        "kraken", {"error": [], "result": {"XXBTZUSD": {"asks": [["2", "1", 1]], "bids": [["1", "1", 1]]}}}
    )
    assert read.asks.levels == ((2, 1),)


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"5", b"null", b"[]", b"{}", b'{"bids": 5}', b'[["x"]]'], ids=repr
)
def test_what_is_no_book_is_unreadable(name, body):
    with pytest.raises((UnreadableError, RefusedError)):
        book(name, body)


# Refusals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status_code", "body"),
    [
        ("gate", 400, {"label": "INVALID_CURRENCY_PAIR", "message": "Invalid currency pair"}),
        ("binance", 400, {"code": -1121, "msg": "Invalid symbol."}),
        ("mexc", 400, {"code": -1121, "msg": "Invalid symbol."}),
        ("kraken", 200, {"error": ["EQuery:Unknown asset pair"]}),
        ("kucoin", 200, {"code": "900001", "msg": "symbol not exists"}),
        ("kucoin", 404, {"code": "404", "msg": "not exist"}),
        ("gate", 404, b"<html>Not Found</html>"),
    ],
)
def test_a_pair_that_is_not_traded_is_an_answer(name, status_code, body):
    if (name, status_code) == ("kucoin", 404):
        with pytest.raises(RefusedError):  # Its word for a path that does not exist.
            book(name, body, status_code=status_code)
    else:
        with pytest.raises(NoSuchPairError):
            book(name, body, status_code=status_code)


@pytest.mark.parametrize(
    ("name", "status_code", "body", "words"),
    [
        ("kucoin", 200, {"code": "400100", "msg": "no such thing"}, "no such thing"),
        ("kucoin", 200, {"code": "123", "data": None}, "123"),
        ("kucoin", 200, {"msg": "neither code nor book"}, "neither code"),
        ("kraken", 200, {"error": ["EGeneral:Invalid arguments"]}, "Invalid arguments"),
        ("kraken", 200, {"error": ["EOther:Something new"], "result": {}}, "Something new"),
        ("gate", 400, {"label": "INVALID_PARAM_VALUE", "message": "limit"}, "limit"),
        ("gate", 200, {"label": "SOMETHING_NEW", "message": "x"}, "SOMETHING_NEW"),
        ("binance", 400, {"code": -1100, "msg": "Illegal characters"}, "Illegal characters"),
        ("gate", 400, b"<html>Bad Request</html>", "HTTP 400"),
    ],
)
def test_an_error_is_a_refusal_whatever_the_status(name, status_code, body, words):
    with pytest.raises(RefusedError, match=f"^{name} refused.*{words}"):
        book(name, body, status_code=status_code)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("kraken", {"error": ["EAPI:Rate limit exceeded"]}),
        ("kraken", {"error": ["EGeneral:Too many requests"]}),
        ("kraken", {"error": ["EService:Unavailable"]}),
        ("kucoin", {"code": "429000", "msg": "Too many requests. System-level rate limit exceeded."}),
        ("gate", {"label": "TOO_MANY_REQUESTS", "message": "Request Rate limit Exceeded"}),
        ("binance", {"code": -1003, "msg": "Too many requests."}),
    ],
)
def test_a_limit_told_inside_a_200_is_worth_another_try(name, body):
    with pytest.raises(TransientError, match="busy or away"):
        book(name, body)


def test_a_quantity_is_not_taken_for_a_code():
    read = book("kucoin", {"code": "200000", "data": {"bids": [["1", "900001"]], "asks": []}})
    assert read.bids.levels == ((1, 900_001),)


def test_a_complaint_is_short_and_fit_to_be_shown():
    with pytest.raises(RefusedError) as caught:
        book("gate", {"label": "LONG\x00", "message": "y" * 5000})
    assert len(str(caught.value)) < 300
    assert "\x00" not in str(caught.value)


# Pairs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "bases"),
    [
        ("gate", ["AUR", "AUR", "BRIM", "QTUM3S", "GTC", "EUR"]),
        ("kucoin", ["AUR", "BRIM"]),
        ("mexc", ["AUR", "BRIM"]),
        ("kraken", ["AUR", "XBT", "LUNA", "EUR"]),
        ("binance", ["AUR", "BRIM"]),
    ],
)
def test_pairs_come_under_the_codes_of_the_exchange(name, bases):
    markets, broken = pairs(name, payload(f"{name}_pairs"))
    assert [each.base for each in markets if each.is_open and not each.is_leveraged] == bases
    assert broken == 0
    assert [each.base for each in markets if not each.is_open] == ["SHUT"]


@pytest.mark.parametrize(("name", "base"), [("kucoin", "AUR3L"), ("binance", "AURUP")])
def test_leveraged_tokens_are_known_where_the_exchange_marks_them(name, base):
    markets, _broken = pairs(name, payload(f"{name}_pairs"))
    assert [each.base for each in markets if each.is_leveraged] == [base]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_broken_pair_is_left_out_and_the_others_land(name):
    body = json.loads(payload(f"{name}_pairs"))
    rows = body if name == "gate" else body[BY_NAME[name].rows_under]
    whole, _broken = pairs(name, body)
    if isinstance(rows, dict):
        rows["BROKEN"] = 5
    else:
        rows.insert(1, 5)
    markets, broken = pairs(name, body)
    assert markets == whole
    assert broken == 1


@pytest.mark.parametrize("name", BY_NAME)
def test_a_step_of_endless_digits_costs_nothing(name):
    """ccxt writes out as many zeros as `precision` names: 10**12 of them would fill the memory."""
    body = json.loads(payload(f"{name}_pairs"))
    rows = body if name == "gate" else body[BY_NAME[name].rows_under]
    for row in rows.values() if isinstance(rows, dict) else rows:
        for key in row:
            if "recision" in key or "decimals" in key:
                row[key] = 10**12
    markets, broken = pairs(name, body)
    assert [each.base for each in markets]
    assert broken == 0


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b"null", b'{"symbols": 5}', b"[5, 6]"], ids=repr)
def test_what_is_no_list_of_pairs_is_unreadable(name, body):
    with pytest.raises((UnreadableError, RefusedError)):
        pairs(name, body)
