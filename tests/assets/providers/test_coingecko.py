import json
import math
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.chains import address_on
from assets.metrics.families import BOOKS, SUPPLY
from assets.providers.coingecko import A_PAGE, CoinGecko
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.listings import NamesListed, PlacesListed
from assets.sourcing.rows import (
    BookRow,
    CapitalReadingRow,
    CapitalRow,
    ContractRow,
    DisclosureRow,
    ListingRow,
    MarketRow,
    SupplyRow,
    UsageRow,
)
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = CoinGecko()
AURELIUM = (("coingecko", "aurelium"),)
UPDATED = datetime(2026, 3, 1, 10, tzinfo=UTC)


def ask(family, *, limit=None, identifiers=None):
    return PROVIDER.requests(Need(family=family, identifiers=identifiers, limit=limit))[0]


def ask_one(family):
    return ask(family, identifiers=AURELIUM)


ASKED = {
    "listing": ask("listing"),
    "market": ask("market"),
    "disclosure": ask_one("disclosure"),
    "books": ask_one("books"),
}


def rows_of(parsed, kind):
    return [row for row in parsed.rows if type(row) is kind]


# What is asked ----------------------------------------------------------------------


def test_the_market_is_asked_page_by_page_in_order_of_cap():
    request = ask("market")
    assert request.path == "/coins/markets"
    assert request.params == {
        "vs_currency": "usd",
        "order": "market_cap_desc",
        "page": "1",
        "per_page": "250",
    }


def test_known_coins_are_asked_by_id_in_batches():
    names = tuple(("coingecko", f"coin-{number}") for number in range(150))
    requests = PROVIDER.requests(Need(family="market", identifiers=(("address:base", "0x1"), *names)))
    assert [request.params["ids"].count(",") + 1 for request in requests] == [100, 50]


@pytest.mark.parametrize(
    ("family", "path"), [("disclosure", "/coins/aurelium"), ("books", "/coins/aurelium/tickers")]
)
def test_one_coin_is_asked_by_its_id(family, path):
    assert ask_one(family).path == path


def test_an_id_stays_within_its_part_of_the_path():
    request = ask("disclosure", identifiers=(("coingecko", "../ping?x=1"),))
    assert request.path == "/coins/..%2Fping%3Fx%3D1"


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="unlocks"), "has no unlocks; it has: listing, market"),
        (Need(family="books"), "coin by coin"),
        (Need(family="disclosure"), "coin by coin"),
        (Need(family="listing", identifiers=AURELIUM), "gives listing of all assets at once"),
        (Need(family="market", identifiers=(("address:base", "0x1"),)), "CoinGecko id is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


def test_the_key_is_sent_as_a_header_only():
    assert CoinGecko(key="k").headers() == {"x-cg-demo-api-key": "k"}
    assert CoinGecko().headers() == {}


@pytest.mark.parametrize(
    ("family", "status_code", "is_answer"),
    [
        ("market", 200, True),
        ("market", 404, False),
        ("books", 404, True),
        ("disclosure", 404, True),
        ("books", 500, False),
    ],
)
def test_a_coin_that_is_not_known_is_an_answer(family, status_code, is_answer):
    assert PROVIDER.accepts(ASKED[family], status_code) is is_answer


# Market -----------------------------------------------------------------------------


@pytest.fixture
def market():
    return read(PROVIDER, ASKED["market"], payload("coingecko", "market"))


def test_a_coin_gives_market_and_supply(market):
    first, supply = market.rows[:2]
    assert isinstance(first, MarketRow)
    assert first.asset.identifiers == AURELIUM
    assert (first.asset.symbol, first.asset.name, first.as_of) == ("AUR", "Aurelium", UPDATED)
    assert (first.price_usd, first.market_cap_usd) == (Decimal("0.5"), 25_000_000)
    assert (first.fully_diluted_usd, first.volume_24h_usd) == (50_000_000, Decimal("310250.75"))
    assert first.price_change_24h_share == -0.025
    assert isinstance(supply, SupplyRow)
    assert (supply.circulating, supply.total, supply.maximum) == (50_000_000, 100_000_000, 100_000_000)
    assert supply.uncapped is False


def test_null_and_zero_cap_and_supply_are_not_told(market):
    row, supply = market.rows[2:4]
    assert row.price_usd == Decimal("1.206E-9")
    assert (row.market_cap_usd, row.fully_diluted_usd, row.volume_24h_usd) == (None, None, None)
    assert row.price_change_24h_share is None
    assert (supply.circulating, supply.total, supply.maximum, supply.uncapped) == (None, None, None, None)
    assert row.as_of == NOW


def test_more_in_circulation_than_in_total_is_kept_and_remarked(market):
    supply = market.rows[5]
    assert (supply.circulating, supply.total, supply.uncapped) == (607_000_000, 325_000_000, True)
    assert "Osmium: more is circulating than there is in total." in market.remarks


def test_an_id_that_occurs_twice_is_kept_once_and_remarked(market):
    twins = [
        row for row in rows_of(market, MarketRow) if row.asset.identifiers == (("coingecko", "twincoin"),)
    ]
    assert [row.asset.name for row in twins] == ["Twincoin"]
    assert "twincoin occurs twice; the first one is kept." in market.remarks


def test_a_broken_field_is_not_known_and_the_rest_of_the_page_lands(market):
    assert Counter(type(row) for row in market.rows) == {MarketRow: 5, SupplyRow: 5}
    assert market.rejected == 3  # The twin, and two without a name.
    (broken,) = (row for row in rows_of(market, MarketRow) if row.asset.identifiers[0][1] == "broken")
    assert broken.price_usd is None
    assert "broken: current_price is negative." in market.remarks


def test_a_short_page_is_the_last(market):
    assert market.follow == ()


def page_of(count):
    return json.dumps([{"id": f"coin-{number}"} for number in range(count)]).encode()


def test_a_full_page_is_followed_by_the_next():
    parsed = read(PROVIDER, ASKED["market"], page_of(A_PAGE))
    (following,) = parsed.follow
    assert following.params["page"] == "2"
    assert read(PROVIDER, following, b"[]").follow == ()


def test_a_limit_ends_the_walk_and_cuts_the_page():
    first = read(PROVIDER, ask("market", limit=300), page_of(A_PAGE))
    second = read(PROVIDER, first.follow[0], page_of(A_PAGE))
    assert len(rows_of(first, MarketRow)) == 250
    assert len(rows_of(second, MarketRow)) == 50
    assert second.follow == ()


def test_a_moment_ahead_of_ours_is_ours():
    body = json.dumps([{"id": "x", "current_price": 1, "last_updated": "2026-03-02T00:00:00Z"}]).encode()
    assert read(PROVIDER, ASKED["market"], body).rows[0].as_of == NOW


# Listing ----------------------------------------------------------------------------


@pytest.fixture
def listing():
    return read(PROVIDER, ASKED["listing"], payload("coingecko", "listing"))


def test_a_coin_is_known_by_its_id_and_its_contracts(listing):
    first, own, sun = listing.rows[:3]
    assert first.asset.identifiers == (
        ("coingecko", "aurelium"),
        ("address:ethereum", "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"),
        ("address:bsc", "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0002"),
    )
    assert first.asset.chain == "ethereum"
    assert own.asset.identifiers == (("coingecko", "ownchain"),)
    assert sun.asset.identifiers[1] == ("address:solana", "SunStoneXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX1")


def test_a_contract_that_two_coins_claim_identifies_neither(listing):
    one, two = listing.rows[3:5]
    assert one.asset.identifiers == (("coingecko", "copy-one"),)
    assert two.asset.identifiers == (("coingecko", "copy-two"), ("address:the-mine", "Mine1"))
    assert sum("shares a contract address" in remark for remark in listing.remarks) == 2


def test_a_coin_without_an_id_is_left_out(listing):
    assert len(listing.rows) == 6
    assert listing.rejected == 1


def test_a_listing_can_be_limited():
    assert len(read(PROVIDER, ask("listing", limit=2), payload("coingecko", "listing")).rows) == 2


def coins(*items, limit=None):
    return read(PROVIDER, ask("listing", limit=limit), json.dumps(items).encode())


def test_a_whole_listing_names_all_coins_there_are():
    names = NamesListed(namespace="coingecko", values=frozenset({"ember", "flint"}))
    assert coins({"id": "ember"}, {"id": "flint"}).listed == (names,)
    assert coins({"id": "ember"}, {"id": "flint"}, limit=1).listed == ()
    assert coins({"id": "ember"}, {"symbol": "anon"}).listed == ()  # Who was left out may be any of them.


@pytest.mark.parametrize(
    ("platforms", "complete"),
    [
        ({"base": f"0x{'e1' * 20}"}, ("address:",)),
        ({"base": f"0x{'e1' * 20}", "solana": "no address"}, ()),
        ({"": ""}, ("address:",)),
    ],
)
def test_a_listing_tells_all_contracts_of_a_coin_that_it_has(platforms, complete):
    (row,) = coins({"id": "ember", "platforms": platforms}).rows
    assert row.asset.complete == complete


def test_a_contract_of_sui_and_of_ton_is_the_one_that_others_name():
    platforms = {"sui": "0x0e5::ember::EMBER", "the-open-network": f"0:{'5e' * 32}"}
    (row,) = coins({"id": "ember", "platforms": platforms}).rows
    theirs = address_on("sui", "0xe5::ember::EMBER"), address_on("ton", f"0:{'5E' * 32}")
    assert row.asset.identifiers == (("coingecko", "ember"), *theirs)


# One coin ---------------------------------------------------------------------------


@pytest.fixture
def disclosure():
    return read(PROVIDER, ASKED["disclosure"], payload("coingecko", "disclosure"))


def test_a_coin_tells_everything_at_once(disclosure):
    assert [type(row) for row in disclosure.rows] == [MarketRow, SupplyRow, UsageRow, DisclosureRow]
    asset = disclosure.rows[0].asset
    assert [namespace for namespace, _ in asset.identifiers] == [
        "coingecko",
        "address:ethereum",
        "address:bsc",
    ]
    assert (asset.chain, asset.sector) == ("ethereum", "Decentralized Finance (DeFi)")
    assert asset.tags == ("Ethereum Ecosystem", "Decentralized Finance (DeFi)", "Example Ventures Portfolio")


def test_notices_are_shown_with_the_answer_without_their_markup(disclosure):
    assert not [each for each in disclosure.remarks if "notes" in str(each)]
    body = json.loads(payload("coingecko", "disclosure")) | {
        "public_notice": 'Aurelium moved to a new contract. <a href="https://aurelium.example">More</a>.',
        "additional_notices": ["The supply is disputed.", None, " "],
    }
    remarks = read(PROVIDER, ASKED["disclosure"], json.dumps(body).encode()).remarks
    assert [str(each) for each in remarks if "notes" in str(each)] == [
        "CoinGecko notes: Aurelium moved to a new contract. More.",
        "CoinGecko notes: The supply is disputed.",
    ]


@pytest.mark.parametrize(
    ("body", "native"),
    [
        ({"asset_platform_id": None, "platforms": {"": ""}}, True),
        ({"asset_platform_id": None, "platforms": {}, "preview_listing": False}, True),
        ({"asset_platform_id": None, "platforms": {"": ""}, "preview_listing": True}, False),
        ({"asset_platform_id": None, "platforms": {"waves": ""}}, False),  # a contract that is not told
        ({"asset_platform_id": None, "platforms": {"ethereum": "0x" + "a" * 40}}, False),
        ({"asset_platform_id": None, "platforms": None}, False),
        ({"asset_platform_id": "ethereum", "platforms": {"": ""}}, False),
        ({"platforms": {"": ""}}, False),
        ({}, False),
    ],
)
def test_who_is_on_no_platform_is_the_coin_of_a_chain_of_its_own(body, native):
    parsed = read(PROVIDER, ASKED["disclosure"], json.dumps({"id": "aurelium"} | body).encode())
    assert [row.native_coin for row in rows_of(parsed, ContractRow)] == [True] * native


def test_a_known_native_coin_is_one_whatever_copies_of_it_there_are():
    wrapped = {"asset_platform_id": "ethereum", "platforms": {"ethereum": "0x" + "a" * 40}}
    request = ask("disclosure", identifiers=(("coingecko", "tezos"),))
    parsed = read(PROVIDER, request, json.dumps({"id": "tezos"} | wrapped).encode())
    assert [row.native_coin for row in rows_of(parsed, ContractRow)] == [True]
    (row,) = rows_of(read(PROVIDER, ask("market"), b'[{"id": "tezos"}, {"id": "aurelium"}]'), ContractRow)
    assert (row.asset.identifiers, row.native_coin) == ((("coingecko", "tezos"),), True)


@pytest.mark.parametrize(("preview", "said"), [(True, 1), (False, 0), (None, 0)])
def test_a_coin_that_is_shown_for_preview_is_said_to_be(preview, said):
    body = json.loads(payload("coingecko", "disclosure")) | {"preview_listing": preview}
    remarks = read(PROVIDER, ASKED["disclosure"], json.dumps(body).encode()).remarks
    assert sum("preview" in str(each) for each in remarks) == said


def test_who_holds_a_coin_is_no_sector_of_it():
    categories = ["FTX Holdings", "Made in USA", "Solana Ecosystem", "Infrastructure"]
    body = json.loads(payload("coingecko", "disclosure")) | {"categories": categories}
    assert read(PROVIDER, ASKED["disclosure"], json.dumps(body).encode()).rows[0].asset.sector == (
        "Infrastructure"
    )


def test_money_is_taken_in_usd(disclosure):
    market, _supply, usage, _links = disclosure.rows
    assert (market.price_usd, market.as_of) == (Decimal("0.5"), UPDATED)
    assert usage.tvl_usd == 1_250_000


def test_only_real_links_are_channels(disclosure):
    assert disclosure.rows[-1].channels == {
        "homepage": "https://aurelium.example/",
        "whitepaper": "https://aurelium.example/paper.pdf",
        "github": "https://github.com/aurelium/core",
        "x": "https://x.com/aurelium",
        "discord": "https://discord.com/invite/aurelium",
    }


def test_commits_of_four_weeks_are_not_taken_for_ninety_days(disclosure):
    assert (disclosure.rows[-1].commits_90d, disclosure.rows[-1].commits_4w) == (None, 28)
    for told in ({"commit_count_4_weeks": 0}, {"commit_count_4_weeks": "x"}, None, 5):
        body = json.loads(payload("coingecko", "disclosure")) | {"developer_data": told}
        row = read(PROVIDER, ASKED["disclosure"], json.dumps(body).encode()).rows[-1]
        assert row.commits_4w is None  # who has no repository there has 0
    assert disclosure.rows[-1].audits is None


def test_a_coin_of_which_only_the_name_is_told_is_listed():
    body = json.dumps({"id": "aurelium", "links": None, "market_data": None, "platforms": None}).encode()
    assert [type(row) for row in read(PROVIDER, ASKED["disclosure"], body).rows] == [ListingRow]


def test_another_coin_than_the_one_asked_for_is_refused():
    with pytest.raises(UnreadableError, match="other than aurelium"):
        read(PROVIDER, ASKED["disclosure"], b'{"id": "brimstone"}')


def test_a_coin_that_is_not_known_is_remarked():
    parsed = read(PROVIDER, ASKED["disclosure"], b'{"error": "coin not found"}', status_code=404)
    assert (parsed.rows, parsed.remarks) == ((), ("CoinGecko does not know aurelium.",))


# Books ------------------------------------------------------------------------------


@pytest.fixture
def books():
    return read(PROVIDER, ASKED["books"], payload("coingecko", "books"))


def test_a_ticker_is_a_book(books):
    book = books.rows[0]
    assert isinstance(book, BookRow)
    assert (book.venue, book.pair, book.spread_share) == ("Examplex", "AUR/USDT", pytest.approx(0.0335))
    assert (book.depth_up_usd, book.depth_down_usd, book.volume_24h_usd) == (Decimal("54.5"), 0, 309_938)
    assert (book.stale, book.anomalous) == (False, False)
    assert book.last_traded_at == datetime(2026, 3, 1, 9, 58, 30, tzinfo=UTC)
    assert (book.bid_usd, book.ask_usd) == (None, None)


@pytest.mark.parametrize(("coin", "last"), [("aurelium", Decimal("0.5")), ("another", None), (None, None)])
def test_the_last_price_of_a_ticker_is_that_of_its_base(coin, last):
    ticker = {"base": "AUR", "target": "USDT", "market": {"name": "Examplex", "identifier": "examplex"}}
    ticker |= {"converted_last": {"usd": 0.5}, "coin_id": coin}
    request = CoinGecko().requests(Need(family="books", identifiers=(("coingecko", "aurelium"),)))[0]
    (book,) = read(CoinGecko(), request, json.dumps({"tickers": [ticker]}).encode()).rows
    assert book.last_usd == last


def book_of(coin="aurelium", **ticker):
    told = {
        "base": "AUR",
        "target": "USDT",
        "market": {"name": "Examplex", "identifier": "examplex"},
    } | ticker
    request = CoinGecko().requests(Need(family="books", identifiers=(("coingecko", coin),)))[0]
    (book,) = read(CoinGecko(), request, json.dumps({"tickers": [told]}).encode()).rows
    return book


@pytest.mark.parametrize(("coin", "sides"), [("aurelium", (300, 90_000)), ("quill", (90_000, 300))])
def test_who_sells_the_target_of_a_pair_buys_its_base(coin, sides):
    ids = {"coin_id": "aurelium", "target_coin_id": "quill"}
    book = book_of(coin, cost_to_move_up_usd=300, cost_to_move_down_usd=90_000, **ids)
    assert (book.depth_up_usd, book.depth_down_usd) == sides


@pytest.mark.parametrize(
    ("name", "identifier", "spread"),
    [
        ("Uniswap V2 (Ethereum)", "uniswap_v2", None),
        ("Orca", "orca", None),
        ("Somewhere Swap (Sui)", "somewhere", None),
        ("AscendEX (BitMax)", "bitmax", 0.006),
        ("Examplex", "examplex", 0.006),
    ],
)
def test_what_is_worked_out_of_a_pool_is_no_spread_of_a_book(name, identifier, spread):
    book = book_of(market={"name": name, "identifier": identifier}, bid_ask_spread_percentage=0.6)
    assert book.spread_share == (None if spread is None else pytest.approx(spread))


def test_the_busiest_books_come_along_with_a_coin(books):
    coin = json.loads(payload("coingecko", "disclosure"))
    tickers = json.loads(payload("coingecko", "books"))["tickers"]
    parsed = read(PROVIDER, ASKED["disclosure"], json.dumps(coin | {"tickers": tickers}).encode())
    assert rows_of(parsed, BookRow) == [
        replace(row, asset=replace(row.asset, complete=())) for row in rows_of(books, BookRow)
    ]
    assert not parsed.listed  # the hundred busiest ones say nothing of the others
    assert not parsed.follow


def test_stale_and_anomalous_books_are_kept_with_their_flags(books):
    book = books.rows[1]
    assert (book.stale, book.anomalous, book.spread_share, book.depth_down_usd) == (True, True, None, None)
    assert book.last_traded_at == datetime(2026, 3, 1, 9, 58, 30, tzinfo=UTC)
    assert book.as_of == NOW


def test_books_without_a_venue_are_left_out_and_other_broken_fields_are_not_known(books):
    assert len(books.rows) == 3
    assert books.rejected == 2
    assert books.rows[2].spread_share is None
    assert "AUR/USDT occurs twice; the first one is kept." in books.remarks


def test_full_pages_of_tickers_are_followed_three_times_at_most():
    tickers = [{"base": "AUR", "target": str(number), "market": {"name": "X"}} for number in range(100)]
    body, request, pages = json.dumps({"tickers": tickers}).encode(), ASKED["books"], 1
    while (parsed := read(PROVIDER, request, body)).follow:
        (request,), pages = parsed.follow, pages + 1
    assert pages == 3


def tickers_of(*venues):
    told = [{"base": "AUR", "target": "USDT", "market": {"name": venue}} for venue in venues]
    return read(PROVIDER, ASKED["books"], json.dumps({"tickers": told}).encode())


def test_a_page_that_is_not_full_lists_all_books_and_codes_of_a_coin():
    parsed = tickers_of("Northdesk", "Southdesk")
    asset = parsed.rows[0].asset
    places = frozenset({("Northdesk", "AUR/USDT"), ("Southdesk", "AUR/USDT")})
    assert parsed.listed == (PlacesListed(asset=asset, family=BOOKS, places=places),)
    assert asset.complete == ("currency:",)
    none = tickers_of()
    assert [each.places for each in none.listed] == [frozenset()], "it is traded nowhere any more"


def test_a_full_page_and_one_with_a_broken_ticker_list_neither():
    full = tickers_of(*(f"Desk {number}" for number in range(100)))
    broken = tickers_of("Northdesk", None)
    for parsed in (full, broken):
        assert (parsed.listed, parsed.rows[0].asset.complete) == ((), ())


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("family", ASKED)
def test_an_error_in_a_200_is_a_refusal(family):
    with pytest.raises(RefusedError, match=r"^CoinGecko refused: Your plan does not cover this\.$"):
        read(PROVIDER, ASKED[family], payload("coingecko", "error"))
    with pytest.raises(RefusedError, match="coin not found"):
        read(PROVIDER, ASKED[family], b'{"error": "coin not found"}')


@pytest.mark.parametrize("family", ASKED)
@pytest.mark.parametrize(
    "body",
    [payload("coingecko", "malformed"), b"", b"<html>", b"5", b'"x"', b"null", b'{"tickers": 5}'],
    ids=repr,
)
def test_a_body_of_another_shape_is_unreadable(family, body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED[family], body)


@pytest.mark.parametrize("family", ["listing", "market"])
def test_an_empty_list_is_an_answer(family):
    parsed = read(PROVIDER, ASKED[family], payload("coingecko", "empty"))
    assert (parsed.rows, parsed.follow, parsed.rejected) == ((), (), 0)


@pytest.mark.parametrize("family", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(family, data):
    mutated(data, PROVIDER, ASKED[family], payload("coingecko", family))


# Recorded bodies ----------------------------------------------------------------------


@pytest.mark.shared
def test_the_recorded_market():
    parsed = read(PROVIDER, ASKED["market"], recorded("coingecko/dashbrd/coins_markets.json"))
    assert (len(rows_of(parsed, MarketRow)), parsed.rejected) == (250, 0)
    supplies = {row.asset.identifiers[0][1]: row for row in rows_of(parsed, SupplyRow)}
    assert supplies["osmosis"].circulating > supplies["osmosis"].total
    assert sum(row.maximum is None for row in supplies.values()) == 102


@pytest.mark.shared
def test_the_recorded_listing():
    parsed = read(PROVIDER, ASKED["listing"], recorded("coingecko/dashbrd/coins_list.json.gz"))
    assert (len(parsed.rows), parsed.rejected) == (11_458, 0)
    identifiers = Counter(each for row in parsed.rows for each in row.asset.identifiers)
    assert max(identifiers.values()) == 1


@pytest.mark.shared
def test_the_recorded_coin_and_its_tickers():
    body = json.loads(recorded("coingecko/dashbrd/coins_matic.json"))
    coin = read(
        PROVIDER, ask("disclosure", identifiers=(("coingecko", "matic-network"),)), json.dumps(body).encode()
    )
    told = [row for row in coin.rows if type(row) is not BookRow]
    assert [type(row) for row in told] == [MarketRow, SupplyRow, UsageRow, DisclosureRow]
    assert len(coin.rows) == len(told) + 100
    assert {"homepage", "github", "x"} <= told[-1].channels.keys()
    tickers = read(
        PROVIDER,
        ask("books", identifiers=(("coingecko", "matic-network"),)),
        json.dumps({"name": "Polygon", "tickers": body["tickers"]}).encode(),
    )
    assert len(tickers.rows) == 100


@pytest.mark.shared
def test_the_recorded_ticker_with_depth():
    body = json.dumps(json.loads(recorded("coingecko/jkorf/GetTickers.json"))["body"]).encode()
    (book,) = read(PROVIDER, ask("books", identifiers=(("coingecko", "bitcoin"),)), body).rows
    assert book.depth_up_usd > book.depth_down_usd > 16_000_000


# The history of supply ----------------------------------------------------------------


def history(*points, **changes):
    """A year's chart: (days ago, price, cap) each."""
    moments = [int((NOW - timedelta(days=days)).timestamp() * 1000) for days, *_told in points]
    return {
        "prices": [[moment, price] for moment, (_d, price, _c) in zip(moments, points, strict=True)],
        "market_caps": [[moment, cap] for moment, (_d, _p, cap) in zip(moments, points, strict=True)],
        "total_volumes": [],
    } | changes


def supplies(body):
    request = CoinGecko().requests(Need(family=SUPPLY, identifiers=(("coingecko", "greg"),)))[0]
    return read(CoinGecko(), request, json.dumps(body).encode())


def test_supply_history_is_cap_over_price_once_a_month():
    parsed = supplies(history((59, 2, 100), (58, 2, 104), (20, 4, 240), (0, 4, 400)))
    monthly = [(row.as_of.month, row.circulating) for row in rows_of(parsed, SupplyRow)]
    assert monthly == [(1, 50), (2, 60), (3, 100)]


def test_points_without_a_price_or_a_cap_are_not_told():
    parsed = supplies(history((59, 0, 100), (58, 2, 0), (57, None, 1), (20, 4, 240)))
    assert [row.circulating for row in rows_of(parsed, SupplyRow)] == [60]
    assert parsed.rejected == 0


def test_broken_points_are_left_out():
    parsed = supplies(history((20, 4, 240), (10, -987654321, 1)) | {})
    assert (len(rows_of(parsed, SupplyRow)), parsed.rejected) == (1, 1)
    assert supplies({"prices": [], "market_caps": []}).remarks == ("CoinGecko has no history of greg.",)
    with pytest.raises(UnreadableError, match="history of greg"):
        supplies({"prices": {}})


def test_the_recorded_history_gives_a_supply_for_each_month():
    body = recorded("coingecko/dashbrd/market_chart.json")
    request = CoinGecko().requests(Need(family=SUPPLY, identifiers=(("coingecko", "matic-network"),)))[0]
    parsed = read(CoinGecko(), request, body)
    (row,) = rows_of(parsed, SupplyRow)
    assert 8.5e9 < row.circulating < 9.2e9, "MATIC in March 2023"
    assert rows_of(parsed, CapitalRow) == []


def daily(*steps):
    """A history of 300 days at a steady worth; from `days_ago` on there are so many times as many units."""
    points, units = [], 50.0
    for days_ago in range(300, -1, -1):
        units *= math.prod(times for day, times in steps if day == days_ago)
        points.append((days_ago, 100 / units, 100))
    return history(*points)


@pytest.mark.parametrize(
    ("times", "event", "ratio"),
    [(1000, "redenomination", 1000), (0.001, "redenomination", 0.001), (1.8, "unit_change", None)],
)
def test_a_supply_and_a_price_that_jump_against_each_other_are_new_units(times, event, ratio):
    parsed = supplies(daily((100, times)))
    (change,) = rows_of(parsed, CapitalRow)
    day = (NOW - timedelta(days=100)).date()
    assert (change.event, change.ratio, change.evidence) == (event, pytest.approx(ratio), "market")
    assert (change.earliest_on, change.happened_on) in ((None, day), (day, day))


def test_a_history_was_read_for_changes_of_units():
    parsed = supplies(daily())
    assert rows_of(parsed, CapitalRow) == []
    (reading,) = rows_of(parsed, CapitalReadingRow)
    assert (reading.subject, reading.read_since) == ("splits", (NOW - timedelta(days=300)).date())
    assert reading.read_until == NOW.date()


def test_a_supply_that_grows_by_the_same_part_day_by_day_is_of_changing_units():
    parsed = supplies(daily(*((days_ago, 1.002) for days_ago in range(300))))
    (change,) = rows_of(parsed, CapitalRow)
    assert (change.event, change.ratio, change.evidence) == ("unit_change", None, "market")
    assert (change.earliest_on, change.happened_on) == (
        (NOW - timedelta(days=299)).date(),
        (NOW - timedelta(days=14)).date(),
    )
