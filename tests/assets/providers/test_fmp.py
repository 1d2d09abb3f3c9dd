import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers import PROVIDERS, providers_of
from assets.providers.fmp import Fmp
from assets.sourcing.contract import (
    Need,
    RawObservation,
    RefusedError,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import CandleRow, CapitalReadingRow, CapitalRow, ListingRow, MarketRow
from tests.assets.providers.answers import NOW, payload, read
from tests.assets.providers.mutations import mutated

KEY = "SECRETKEY"
PROVIDER = Fmp(key=KEY)
AURELIAN = (("isin", "US0000000000"), ("cik", "1999001"))
FAMILIES = ("market", "candles", "capital")


def ask(family="market", identifiers=AURELIAN):
    (request,) = PROVIDER.requests(Need(family=family, identifiers=identifiers))
    return request


def answer(*items):
    return json.dumps(items).encode()


def item(name, **changes):
    (item,) = json.loads(payload("fmp", name))
    return item | changes


def followed(request, *listings):
    (following,) = read(PROVIDER, request, answer(*listings or [item("profile")])).follow
    return following


LAST_BARS, BARS, SPLIT_LIST = (followed(ask(family)) for family in FAMILIES)
(QUOTE,) = read(PROVIDER, LAST_BARS, payload("fmp", "bars")).follow
REQUESTS = {"profile": ask(), "bars": BARS, "quote": QUOTE, "splits": SPLIT_LIST}
EMPTY = {
    "profile": "profile of CIK 1999001",
    "bars": "daily bars of AURI",
    "quote": "quote of AURI",
    "splits": "splits of AURI",
}


# What is asked ----------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("cik", ["320193", "0000320193"])
def test_a_company_is_asked_by_its_number_with_ten_digits(family, cik):
    request = ask(family, (("cik", cik),))
    assert (request.family, request.path) == (family, "/profile-cik")
    assert (request.params, request.context) == ({"cik": "0000320193"}, {"cik": "320193"})


def test_the_quote_is_asked_after_the_bars_of_the_last_four_days():
    assert (LAST_BARS.family, LAST_BARS.path) == ("market", "/historical-price-eod/full")
    assert LAST_BARS.params == {"symbol": "AURI", "from": "2026-02-25", "to": "2026-02-28"}
    assert (QUOTE.family, QUOTE.path, QUOTE.params) == ("market", "/quote", {"symbol": "AURI"})


def test_bars_are_asked_for_400_days_before_today():
    assert (BARS.family, BARS.path) == ("candles", "/historical-price-eod/full")
    assert BARS.params == {"symbol": "AURI", "from": "2025-01-25", "to": "2026-02-28"}


@pytest.mark.parametrize("name", REQUESTS)
def test_the_key_is_in_the_header_only(name):
    request = REQUESTS[name]
    assert PROVIDER.headers() == {"apikey": KEY}
    assert (PROVIDER.secret_params(), PROVIDER.secret_path()) == ({}, "")
    assert KEY not in json.dumps(request.to_json())
    assert request.context["cik"] == "1999001"


def test_without_a_key_the_variable_to_set_is_named():
    assert Fmp().headers() == {}
    with pytest.raises(UnsupportedError, match="set ASSAY_FMP_KEY"):
        Fmp().requests(Need(family="market", identifiers=AURELIAN))


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIAN), "has no holders; it has: market, candles, capital"),
        (Need(family="market"), "company by company"),
        (Need(family="market", identifiers=(("coingecko", "x"),)), "its CIK is not known"),
        (Need(family="market", identifiers=(("cik", "AURI"),)), "its CIK is not a CIK"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


def test_it_tells_no_number_of_shares_beside_the_sec():
    """Its number is newer and has no history: what circulated a year ago would be known no more."""
    assert Fmp in PROVIDERS
    assert "fmp" not in providers_of("supply")


# Who it is --------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_the_profile_describes_the_company(family):
    (row,) = read(PROVIDER, ask(family), payload("fmp", "profile")).rows
    assert isinstance(row, ListingRow)
    asset = row.asset
    assert (asset.kind, asset.identifiers) == ("equity", (("cik", "1999001"),))
    assert (asset.symbol, asset.name) == ("AURI", "Aurelian Instruments Inc.")
    assert (asset.venue, asset.sector) == ("NASDAQ Capital Market", "")
    assert asset.links["homepage"] == "https://www.aurelian.example"
    assert "edgar" in asset.links


def test_without_the_long_name_of_the_exchange_the_short_one_is_taken():
    (row,) = read(PROVIDER, ask(), answer(item("profile", exchangeFullName=None, website="x"))).rows
    assert row.asset.venue == "NASDAQ"
    assert "homepage" not in row.asset.links


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"currency": "EUR"}, "AURI is quoted in EUR; only US dollars are read."),
        ({"currency": None}, "AURI is quoted in a currency that is not given; only US dollars are read."),
        ({"isActivelyTrading": False}, "AURI is no longer traded; it is left out."),
        ({"isEtf": True}, "AURI is a fund; it is left out."),
        ({"isFund": True}, "AURI is a fund; it is left out."),
        ({"cik": "0001999002"}, "AURI is of CIK 1999002, not of CIK 1999001."),
        ({"cik": None}, "AURI: cik is not a CIK."),
        ({"symbol": "AURI&x=1"}, "AURI&x=1: symbol is no symbol."),
    ],
    ids=str,
)
def test_a_listing_that_is_not_the_companys_share_in_usd_is_left_out(changes, says):
    parsed = read(PROVIDER, ask(), answer(item("profile", **changes)))
    assert (parsed.rows, parsed.follow, parsed.remarks) == ((), (), (says,))


def listed(symbol, **changes):
    return item("profile", symbol=symbol, **changes)


@pytest.mark.parametrize(
    ("listings", "chosen"),
    [
        ([listed("AURI-A"), listed("AURI-B")], "AURI-A"),
        ([listed("AURIW"), listed("AURI"), listed("AURIU")], "AURI"),
        ([listed("AUR", isAdr=True), listed("AURIF")], "AURIF"),
        ([listed("AUR.DE", currency="EUR"), listed("AURIF")], "AURIF"),
        ([listed("AUR", isActivelyTrading=False), listed("AURIF", isActivelyTrading=None)], "AURIF"),
    ],
    ids=["classes", "warrant", "receipt", "abroad", "formerly"],
)
def test_of_several_listings_one_is_asked_for_and_the_others_are_named(listings, chosen):
    parsed = read(PROVIDER, ask(), answer(*listings))
    assert [request.context["symbol"] for request in parsed.follow] == [chosen]
    assert [row.asset.symbol for row in parsed.rows] == [chosen]
    others = {each["symbol"] for each in listings} - {chosen}
    assert {remark.split()[0] for remark in parsed.remarks} == others


def test_a_listing_that_is_told_twice_is_read_once():
    parsed = read(PROVIDER, ask(), answer(item("profile"), item("profile")))
    assert (len(parsed.rows), len(parsed.follow), parsed.rejected) == (1, 1, 1)


# Depositary receipts ------------------------------------------------------------------


def test_of_a_receipt_alone_only_its_trading_is_told():
    receipt = item("profile", isAdr=True)
    (quote,) = read(PROVIDER, followed(ask(), receipt), payload("fmp", "bars")).follow
    (row,) = read(PROVIDER, quote, payload("fmp", "quote")).rows
    assert (row.price_usd, row.market_cap_usd) == (None, None)
    assert (row.volume_24h_usd, row.price_change_24h_share) == (Decimal("124200.00"), 0.05)
    assert len(read(PROVIDER, followed(ask("candles"), receipt), payload("fmp", "bars")).rows) == 3


# Market -------------------------------------------------------------------------------


def market(quote, request=QUOTE):
    (row,) = read(PROVIDER, request, answer(quote)).rows
    assert isinstance(row, MarketRow)
    return row


def test_the_quote_and_the_turnover_of_the_last_session():
    row = market(item("quote"))
    assert row.asset.identifiers == (("cik", "1999001"),)
    assert (row.price_usd, row.market_cap_usd) == (Decimal("2.1"), 42_000_000)
    assert row.price_change_24h_share == 0.05
    assert row.as_of == datetime(2026, 2, 27, 21, 0, 1, tzinfo=UTC)
    assert row.volume_24h_usd == Decimal("60000") * Decimal("2.07")  # (2.16 + 1.95 + 2.1) / 3
    assert row.fully_diluted_usd is None


def test_the_volume_of_the_quote_is_not_taken():
    """It is that of a session which may not be over."""
    (quote,) = read(PROVIDER, LAST_BARS, b"[]").follow
    assert market(item("quote"), quote).volume_24h_usd is None


def test_a_session_in_which_nobody_traded_is_a_volume_of_zero():
    *_newer, quiet = json.loads(payload("fmp", "bars"))
    (quote,) = read(PROVIDER, LAST_BARS, answer(quiet)).follow
    assert market(item("quote"), quote).volume_24h_usd == 0


def test_the_few_bars_before_a_quote_are_not_stored():
    """Older ones may be of the time before a split."""
    assert read(PROVIDER, LAST_BARS, payload("fmp", "bars")).rows == ()


def test_a_stale_quote_is_as_old_as_it_is():
    then = datetime(2025, 11, 3, 21, tzinfo=UTC)
    assert market(item("quote", timestamp=int(then.timestamp()))).as_of == then


def test_a_quote_ahead_of_our_clock_is_of_now():
    assert market(item("quote", timestamp=int((NOW + timedelta(minutes=3)).timestamp()))).as_of == NOW


@pytest.mark.parametrize("timestamp", [None, ""])
def test_a_price_of_nobody_knows_when_is_no_price(timestamp):
    parsed = read(PROVIDER, QUOTE, answer(item("quote", timestamp=timestamp)))
    assert (parsed.rows, parsed.rejected) == ((), 0)
    assert parsed.remarks == ("AURI has a price, but not of when; it is left out.",)


@pytest.mark.parametrize("price", [0, -1, None, "NaN", "1e40", "free"])
def test_what_is_no_price_is_not_known_and_the_cap_is(price):
    parsed = read(PROVIDER, QUOTE, answer(item("quote", price=price)))
    (row,) = parsed.rows
    assert (row.price_usd, row.market_cap_usd, len(parsed.remarks)) == (None, 42_000_000, 1)
    assert read(PROVIDER, QUOTE, answer(item("quote", price=price, marketCap=None))).rows == ()


def test_numbers_may_be_texts_and_what_is_missing_is_not_known():
    row = market({"symbol": "AURI", "price": "2.1e-3", "timestamp": "1772226001"})
    assert row.price_usd == Decimal("0.0021")
    assert (row.market_cap_usd, row.price_change_24h_share) == (None, None)


def test_a_quote_of_another_symbol_is_not_believed():
    parsed = read(PROVIDER, QUOTE, answer(item("quote", symbol="OTHER")))
    assert (parsed.rows, parsed.rejected) == ((), 1)
    assert parsed.remarks == ("OTHER is answered where AURI was asked for.",)


# Candles ------------------------------------------------------------------------------


def bar(date="2026-02-27", **changes):
    first, *_older = json.loads(payload("fmp", "bars"))
    return first | {"date": date} | changes


@pytest.mark.parametrize("turn", [1, -1], ids=["newest first", "oldest first"])
def test_bars_in_any_order(turn):
    rows = read(PROVIDER, BARS, answer(*json.loads(payload("fmp", "bars"))[::turn])).rows
    assert all(isinstance(row, CandleRow) for row in rows)
    newest = max(rows, key=lambda row: row.as_of)
    assert (newest.as_of, newest.interval, newest.market) == (datetime(2026, 2, 27, tzinfo=UTC), "day", "")
    prices = (newest.open_usd, newest.high_usd, newest.low_usd, newest.close_usd)
    assert prices == tuple(map(Decimal, ("2.02", "2.16", "1.95", "2.1")))
    assert newest.asset.identifiers == (("cik", "1999001"),)
    volumes = [row.volume_usd for row in sorted(rows, key=lambda row: row.as_of)]
    assert volumes == [0, pytest.approx(Decimal(41_000) * Decimal("5.93") / 3), 124_200]


def test_the_last_session_is_the_newest_bar_wherever_it_stands():
    upside_down = json.loads(payload("fmp", "bars"))[::-1]
    (quote,) = read(PROVIDER, LAST_BARS, answer(*upside_down)).follow
    assert quote.params == QUOTE.params
    assert quote.context == QUOTE.context


def at(moment, *bars):
    raw = RawObservation(provider="fmp", request=BARS, status_code=200, body=answer(*bars), fetched_at=moment)
    return PROVIDER.parse(raw)


@pytest.mark.parametrize(
    ("moment", "days"),
    [(datetime(2026, 2, 27, 23, 59, tzinfo=UTC), 26), (datetime(2026, 2, 28, tzinfo=UTC), 27)],
)
def test_the_bar_of_a_day_that_is_not_over_is_left_out(moment, days):
    parsed = at(moment, bar("2026-02-27"), bar("2026-02-26"))
    assert max(row.as_of.day for row in parsed.rows) == days
    assert (parsed.remarks, parsed.rejected) == ((), 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"open": 0},
        {"close": -1},
        {"low": None},
        {"close": 2.17},
        {"open": 1.94},
        {"high": 1.9, "low": 2.2},
        {"close": "Infinity"},
        {"date": "yesterday"},
        {"date": None},
        {"symbol": "OTHER"},
    ],
    ids=str,
)
def test_a_broken_bar_is_left_out_and_the_others_land(changes):
    parsed = read(PROVIDER, BARS, answer(bar("2026-02-26"), bar(**changes)))
    assert [row.as_of.day for row in parsed.rows] == [26]
    assert parsed.rejected == 1
    assert parsed.remarks


@pytest.mark.parametrize("volume", [-1, "9e29", "many", []], ids=str)
def test_a_volume_that_makes_no_sense_leaves_the_prices(volume):
    parsed = read(PROVIDER, BARS, answer(bar("2026-02-26"), bar(volume=volume)))
    assert [(row.close_usd, row.volume_usd is None) for row in parsed.rows] == [
        (Decimal("2.1"), False),
        (Decimal("2.1"), True),
    ]
    assert (parsed.rejected, len(parsed.remarks)) == (0, 1)


def test_a_day_that_is_told_twice_is_read_once():
    parsed = read(PROVIDER, BARS, answer(bar(), bar(close=2)))
    assert [row.close_usd for row in parsed.rows] == [Decimal("2.1")]
    assert parsed.remarks == ("AURI 2026-02-27 occurs twice; the first one is kept.",)


def test_a_volume_that_is_not_told_is_not_known():
    (row,) = read(PROVIDER, BARS, answer(bar(volume=None))).rows
    assert row.volume_usd is None


def test_the_average_price_that_is_told_is_not_trusted():
    """In old bars it lies above their high, in those of penny stocks it is rounded to nothing."""
    (row,) = read(PROVIDER, BARS, answer(bar(vwap=0.01))).rows
    assert row.volume_usd == 124_200


# No, and nothing ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["profile", "quote", "bars"])
def test_an_empty_list_is_told_as_such(name):
    parsed = read(PROVIDER, REQUESTS[name], b"[]")
    assert parsed.rows == ()
    assert parsed.remarks == (f"Financial Modeling Prep has no {EMPTY[name]}.",)


@pytest.mark.parametrize("name", REQUESTS)
def test_what_the_plan_does_not_include_is_an_answer_about_the_company(name):
    assert PROVIDER.accepts(REQUESTS[name], 402)
    body = b"Premium Query Parameter: 'Special Endpoint : This value set for 'symbol' is not available"
    parsed = read(PROVIDER, REQUESTS[name], body, status_code=402)
    assert (parsed.rows, parsed.follow, parsed.rejected) == ((), (), 0)
    assert parsed.remarks == (
        f"The plan of ASSAY_FMP_KEY does not include the {EMPTY[name]}; "
        f"Financial Modeling Prep has larger ones.",
    )


@pytest.mark.parametrize("status_code", [401, 403, 404, 429, 500])
def test_any_other_status_is_an_error(status_code):
    assert not PROVIDER.accepts(QUOTE, status_code)


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("key", ["Error Message", "error", "message"])
def test_an_error_inside_a_200_is_a_refusal(name, key):
    body = json.dumps({key: f"Invalid API KEY {KEY}. Feel free to create one."}).encode()
    with pytest.raises(RefusedError) as caught:
        read(PROVIDER, REQUESTS[name], body)
    assert str(caught.value) == (
        "Financial Modeling Prep refused: Invalid API KEY …. Feel free to create one."
    )


@pytest.mark.parametrize("name", REQUESTS)
def test_a_limit_inside_a_200_passes(name):
    body = json.dumps({"Error Message": "Limit Reach . Please upgrade your plan"}).encode()
    with pytest.raises(TransientError, match=r"wants us to wait: Limit Reach \. Please upgrade your plan\.$"):
        read(PROVIDER, REQUESTS[name], body)


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b"null", b"{}", b'{"error": 5}'], ids=repr)
def test_a_body_of_another_shape_is_unreadable(name, body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, REQUESTS[name], body)


@pytest.mark.parametrize("name", REQUESTS)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, REQUESTS[name], payload("fmp", name))


# Splits -----------------------------------------------------------------------------


def splits(*items, request=SPLIT_LIST):
    parsed = read(PROVIDER, request, answer(*items))
    events = [row for row in parsed.rows if isinstance(row, CapitalRow)]
    readings = [row for row in parsed.rows if isinstance(row, CapitalReadingRow)]
    return [(each.event, each.ratio, each.happened_on.isoformat()) for each in events], readings, parsed


def test_splits_are_asked_for_the_symbol_that_the_profile_names():
    assert (SPLIT_LIST.family, SPLIT_LIST.path) == ("capital", "/splits")
    assert SPLIT_LIST.params == {"symbol": "AURI"}


def test_new_shares_for_an_old_one():
    events, (reading,), _parsed = splits(*json.loads(payload("fmp", "splits")))
    assert events == [("reverse_split", 0.05, "2025-06-12"), ("split", 1.5, "2019-03-04")]
    assert (reading.subject, reading.read_since, reading.read_until) == ("splits", None, NOW.date())


def test_an_empty_list_says_that_there_was_none():
    events, readings, parsed = splits()
    assert (events, len(readings), parsed.remarks) == ([], 1, ())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"denominator": None}, [("unit_change", None, "2025-06-12")]),
        ({"numerator": 0}, [("unit_change", None, "2025-06-12")]),
        ({"numerator": 20}, []),
        ({"date": "2027-01-04"}, []),
        ({"symbol": "OTHER"}, []),
        ({"date": "soon"}, []),
    ],
)
def test_a_line_that_does_not_say_how_many_is_a_split_of_unknown_ratio(changes, expected):
    line = {"symbol": "AURI", "date": "2025-06-12", "numerator": 1, "denominator": 20} | changes
    assert splits(line)[0] == expected


def test_splits_of_a_receipt_are_no_splits_of_a_share():
    receipt = followed(ask("capital"), item("profile", isAdr=True))
    assert splits(*json.loads(payload("fmp", "splits")), request=receipt)[:2] == ([], [])
