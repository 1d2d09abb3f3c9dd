import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.families import TRADES
from assets.providers.geckoterminal import GeckoTerminal
from assets.sourcing.contract import Need, RefusedError, Request, UnreadableError, UnsupportedError
from assets.sourcing.rows import (
    CandleRow,
    ContractRow,
    DisclosureRow,
    HolderRow,
    ListingRow,
    MarketRow,
    PoolRow,
    SupplyRow,
)
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = GeckoTerminal(networks=("solana",))
GREG = "GregXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX1"
HILD = "HirdXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX2"
ONE = (("address:solana", GREG),)
SEVERAL = (*ONE, ("address:base", "0xbb"))
WRAPPED_SOL = "So11111111111111111111111111111111111111112"


def ask(family, identifiers=None, *, limit=None):
    return PROVIDER.requests(Need(family=family, identifiers=identifiers, limit=limit))[0]


def read_own(name, request):
    return read(PROVIDER, request, payload("geckoterminal", name))


PAGE = ask("pools")
TOKENS = read_own("page", PAGE).follow[0]
POOLS_OF_GREG = ask("candles", ONE)
CANDLES = read_own("page", POOLS_OF_GREG).follow[0]
ASKED = {
    "page": PAGE,
    "tokens": TOKENS,
    "token": ask("market", ONE),
    "candles": CANDLES,
    "info": ask("holders", ONE),
}


# What is asked ----------------------------------------------------------------------


def test_a_universe_is_the_newest_and_the_most_traded_pools_of_each_network():
    requests = GeckoTerminal().requests(Need(family="pools"))
    assert [request.path for request in requests] == [
        f"/networks/{network}/{which}"
        for which in ("new_pools", "pools")
        for network in ("solana", "eth", "base", "bsc")
    ]
    assert {request.params["page"] for request in requests} == {"1"}


@pytest.mark.parametrize(("limit", "shares"), [(1, ["1"]), (3, ["2", "1"]), (50, ["25", "25"])])
def test_a_limit_is_shared_out(limit, shares):
    requests = PROVIDER.requests(Need(family="pools", limit=limit))
    assert [request.context["left"] for request in requests] == shares


@pytest.mark.parametrize(
    ("family", "path"),
    [
        ("pools", f"/networks/solana/tokens/{GREG}/pools"),
        ("candles", f"/networks/solana/tokens/{GREG}/pools"),
        ("market", f"/networks/solana/tokens/{GREG}"),
        ("holders", f"/networks/solana/tokens/{GREG}/info"),
    ],
)
def test_one_token_is_asked_by_its_address(family, path):
    assert ask(family, ONE).path == path


def test_pools_are_asked_on_every_chain_and_the_rest_at_home():
    names = (("coingecko", "x"), ("address:ethereum", "0xaa"), ("address:moon", "m"), ("address:bsc", "0xbb"))
    assert [request.path for request in PROVIDER.requests(Need(family="pools", identifiers=names))] == [
        "/networks/eth/tokens/0xaa/pools",
        "/networks/bsc/tokens/0xbb/pools",
    ]
    (market,) = PROVIDER.requests(Need(family="market", identifiers=names))
    assert (market.path, market.context["chains"]) == ("/networks/eth/tokens/0xaa", "several")


def test_a_contract_on_a_chain_that_can_not_be_asked_counts_too():
    assert ask("market", (*ONE, ("coingecko", "greg"))).context["chains"] == "one"
    assert ask("market", (*ONE, ("address:moon", "m"))).context["chains"] == "several"


def test_a_network_that_an_operator_added_can_be_asked():
    provider = GeckoTerminal(networks=("moon",))
    (request,) = provider.requests(Need(family="market", identifiers=(("address:moon", "m"),)))
    assert request.path == "/networks/moon/tokens/m"


def test_an_address_stays_within_its_part_of_the_path():
    assert (
        ask("market", (("address:sui", "0x2::a/../b"),)).path
        == "/networks/sui-network/tokens/0x2%3A%3Aa%2F..%2Fb"
    )


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="unlocks"), "has no unlocks; it has: pools, market"),
        (Need(family="candles"), "token by token"),
        (Need(family="market", identifiers=(("coingecko", "x"),)), "contract on a chain is not known"),
        (Need(family="market", identifiers=(("address:moon", "x"),)), "contract on a chain is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


def page(number):
    return Request(family="pools", path=PAGE.path, params={"page": str(number)}, context=PAGE.context)


@pytest.mark.parametrize(
    ("request_", "status_code", "is_answer"),
    [
        (page(1), 200, True),
        (page(1), 404, False),
        (page(11), 401, True),
        (page(11), 404, True),
        (page(11), 429, False),
        (page(11), 500, False),
        (ASKED["token"], 404, True),
        (ASKED["token"], 401, False),
        (TOKENS, 404, False),
    ],
)
def test_unknown_tokens_and_pages_after_the_last_are_answers(request_, status_code, is_answer):
    assert PROVIDER.accepts(request_, status_code) is is_answer


# Pages of pools ---------------------------------------------------------------------


@pytest.fixture
def pools():
    return read_own("page", PAGE)


def test_a_pool_is_its_base_tokens(pools):
    pool = pools.rows[0]
    assert isinstance(pool, PoolRow)
    assert pool.asset.identifiers == ONE
    assert (pool.asset.symbol, pool.asset.name, pool.asset.chain) == ("GREG", "GREG", "solana")
    assert (pool.address, pool.dex, pool.pair) == ("PoolGreg1", "Examplswap", "GREG / SOL 0.25%")
    assert pool.price_usd == Decimal("0.000056667328421827736870753261")  # Thirty places are kept.
    assert (pool.reserve_usd, pool.volume_24h_usd) == (Decimal("15240.25"), Decimal("7662.1937296048"))
    assert (pool.buys_24h, pool.sells_24h, pool.fee_share) == (20, 3, 0.0025)
    assert (pool.buyers_24h, pool.sellers_24h) == (15, 2)
    assert pool.opened_at == datetime(2026, 2, 28, 1, 42, 11, tzinfo=UTC)
    assert (pool.as_of, pool.lp_locked_share) == (NOW, None)


def test_nulls_are_not_told(pools):
    pool = pools.rows[1]
    assert (pool.buys_24h, pool.sells_24h, pool.volume_24h_usd, pool.opened_at) == (None, None, None, None)
    assert (pool.fee_share, pool.lp_locked_share) == (0.01, 0.995)
    assert pools.rows[2].buys_24h is None


def test_a_token_is_also_known_by_its_coingecko_id(pools):
    assert pools.rows[2].asset.identifiers == (("address:solana", HILD), ("coingecko", "hild-token"))


def test_a_broken_field_of_a_pool_is_not_known_and_the_rest_stands(pools):
    assert Counter(type(row) for row in pools.rows) == {PoolRow: 5}
    assert pools.rejected == 1
    of_pool = {row.address: row for row in pools.rows}
    assert of_pool["PoolDebt"].reserve_usd is None
    assert of_pool["PoolNaN"].price_usd is None
    assert "PoolDebt: reserve_in_usd is negative." in pools.remarks
    assert "PoolNaN: base_token_price_usd is not a finite number." in pools.remarks
    assert "The base token of a pool is no address." in pools.remarks


def test_the_tokens_of_a_page_and_the_next_page_follow(pools):
    tokens, following = pools.follow
    assert tokens.path == f"/networks/solana/tokens/multi/{GREG},{HILD}"
    assert (following.path, following.params["page"]) == (PAGE.path, "2")


def test_an_empty_page_is_the_last():
    assert read_own("empty", PAGE).follow == ()


@pytest.mark.parametrize("status_code", [401, 404])
def test_a_page_that_there_is_not_is_the_end(status_code):
    parsed = read(PROVIDER, page(11), payload("geckoterminal", "error"), status_code=status_code)
    assert (parsed.rows, parsed.follow) == ((), ())


def test_a_limit_ends_the_walk_and_cuts_the_page():
    parsed = read_own("page", ask("pools", limit=2))
    assert len(parsed.rows) == 1
    assert [request.context["body"] for request in parsed.follow] == ["tokens"]


def test_a_token_of_which_nothing_came_along_is_called_as_in_the_pair():
    body = json.loads(payload("geckoterminal", "page")) | {"included": []}
    asset = read(PROVIDER, PAGE, json.dumps(body).encode()).rows[0].asset
    assert (asset.symbol, asset.name) == ("GREG", "")


def test_evm_addresses_are_lower_cased():
    base = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"
    body = json.dumps(
        {
            "data": [
                {
                    "attributes": {"address": "0xAAAAaaaaAAAAaaaaAAAAaaaaAAAAaaaaAAAA0001", "name": "A / B"},
                    "relationships": {"base_token": {"data": {"id": f"eth_{base}"}}},
                }
            ]
        }
    ).encode()
    (row,) = read(PROVIDER, GeckoTerminal(networks=("eth",)).requests(Need(family="pools"))[0], body).rows
    assert row.asset.identifiers == (("address:ethereum", base.lower()),)
    assert row.address == "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"


# Tokens -----------------------------------------------------------------------------


def rows_about(parsed, symbol):
    return {type(row): row for row in parsed.rows if row.asset.symbol == symbol}


@pytest.fixture
def tokens():
    return read_own("tokens", TOKENS)


def test_fdv_is_never_taken_for_a_cap(tokens):
    rows = rows_about(tokens, "GREG")
    market, supply = rows[MarketRow], rows[SupplyRow]
    assert (market.price_usd, market.market_cap_usd) == (Decimal("0.0000566673"), None)
    assert (market.fully_diluted_usd, market.volume_24h_usd) == (
        Decimal("56667.3"),
        Decimal("7662.1937296048"),
    )
    assert (supply.circulating, supply.total) == (None, 1_000_000_000)


def test_supplies_follow_from_caps_and_price(tokens):
    supply = rows_about(tokens, "HILD")[SupplyRow]
    assert (supply.circulating, supply.total) == (250, 1000)


def test_the_total_of_one_chain_is_not_the_total(tokens):
    rows = rows_about(tokens, "WRAP")
    assert (rows[SupplyRow].circulating, rows[SupplyRow].total) == (1000, None)
    assert rows[MarketRow].fully_diluted_usd is None
    assert "WRAP lives on several chains; no total is taken." in tokens.remarks


def test_a_token_without_a_price_is_listed(tokens):
    assert list(rows_about(tokens, "CURV")) == [ListingRow]


def test_a_token_with_a_broken_price_has_its_other_facts(tokens):
    assert tokens.rejected == 0
    market, supply = [row for row in tokens.rows if "Bad" in row.asset.identifiers[0][1]]
    assert (market.price_usd, market.fully_diluted_usd) == (None, Decimal("56667.3"))
    assert supply.total == 1_000_000_000


def test_more_units_than_any_number_holds_are_not_known_and_all_else_is():
    """A contract may say that it has as many as a word of its chain can hold."""
    body = json.loads(payload("geckoterminal", "tokens"))
    body["data"][0]["attributes"] |= {"normalized_total_supply": f"{2**256 - 1}", "fdv_usd": None}
    parsed = read(PROVIDER, TOKENS, json.dumps(body | {"data": body["data"][:2]}).encode())
    rows = rows_about(parsed, "GREG")
    assert rows[MarketRow].price_usd == Decimal("0.0000566673")
    assert SupplyRow not in rows
    assert rows_about(parsed, "HILD")[SupplyRow].total == 1000
    assert parsed.rejected == 0
    assert "normalized_total_supply is absurdly large" in parsed.remarks[0]


def test_one_token_tells_its_market():
    market, supply = read_own("token", ASKED["token"]).rows
    assert (market.price_usd, supply.total) == (Decimal("0.0000566673"), 1_000_000_000)


def launch_of(**details):
    body = json.loads(payload("geckoterminal", "token"))
    body["data"]["attributes"]["launchpad_details"] = details or None
    found = read(PROVIDER, ASKED["token"], json.dumps(body).encode())
    row = found.rows[0]
    return row.launch_sold_share, row.launch_completed, row.launch_completed_at, row.launch_pool


POOL_AFTER = "PooLXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX1"


@pytest.mark.parametrize(
    ("details", "known"),
    [
        ({}, (None, None, None, "")),
        ({"graduation_percentage": -0.08, "completed": False}, (0.0, False, None, "")),
        ({"graduation_percentage": "37.5", "completed": False}, (0.375, False, None, "")),
        ({"graduation_percentage": 100.4, "completed": None}, (1.0, None, None, "")),
        (
            {
                "graduation_percentage": 100,
                "completed": True,
                "completed_at": "2026-02-28T13:28:26.000Z",
                "migrated_destination_pool_address": POOL_AFTER,
            },
            (1.0, True, datetime(2026, 2, 28, 13, 28, 26, tzinfo=UTC), POOL_AFTER),
        ),
        ({"graduation_percentage": "x", "completed": True}, (None, True, None, "")),
        ({"completed": True, "completed_at": "2126-02-28T13:28:26Z"}, (None, True, None, "")),
    ],
)
def test_where_the_sale_of_a_launchpad_stands(details, known):
    assert launch_of(**details) == known


def test_of_an_asset_on_several_chains_one_contract_tells_no_total():
    (market,) = read_own("token", ask("market", SEVERAL)).rows
    assert (market.price_usd, market.fully_diluted_usd) == (Decimal("0.0000566673"), None)


@pytest.mark.parametrize("family", ["pools", "market", "candles", "holders"])
def test_a_token_that_is_not_known_is_remarked(family):
    body = payload("geckoterminal", "error")
    parsed = read(PROVIDER, ask(family, ONE), body, status_code=404)
    assert (parsed.rows, parsed.follow) == ((), ())
    assert parsed.remarks == (f"GeckoTerminal does not know {GREG}.",)


# Pools and candles of one token -------------------------------------------------------


def test_a_pool_is_priced_on_the_tokens_side():
    rows = read_own("page", ask("pools", (("address:solana", WRAPPED_SOL),))).rows
    assert {row.price_usd for row in rows if row.address != "PoolLost"} == {Decimal("212.765083062")}
    assert {row.asset.identifiers for row in rows} == {(("address:solana", WRAPPED_SOL),)}


def pools_listed(count):
    """What is listed by an answer of so many pools of Greg."""
    item = json.loads(payload("geckoterminal", "page"))["data"][0]
    data = [
        item | {"attributes": item["attributes"] | {"address": f"Pool{number}"}} for number in range(count)
    ]
    return read(PROVIDER, ask("pools", ONE), json.dumps({"data": data}).encode()).listed


@pytest.mark.parametrize("count", [0, 2, 19])
def test_a_page_that_is_not_full_lists_all_pools_of_a_token_on_its_chain(count):
    (listed,) = pools_listed(count)
    assert (listed.asset.identifiers, listed.family, listed.within) == (ONE, "pools", {"chain": "solana"})
    assert listed.places == {(f"Pool{number}",) for number in range(count)}


def test_a_full_page_may_leave_pools_out():
    assert pools_listed(20) == ()


def test_candles_are_those_of_the_deepest_pool():
    parsed = read_own("page", POOLS_OF_GREG)
    (candles,) = parsed.follow
    assert parsed.rows == ()
    assert candles.path == "/networks/solana/pools/PoolGreg1/ohlcv/day"
    assert candles.params == {"limit": "180", "currency": "usd", "token": "base"}
    quote = read_own("page", ask("candles", (("address:solana", WRAPPED_SOL),))).follow[0]
    assert quote.params["token"] == "quote"


def test_without_a_pool_there_are_no_candles():
    parsed = read_own("empty", POOLS_OF_GREG)
    assert parsed.follow == ()
    assert parsed.remarks == (f"GeckoTerminal has no pool of {GREG}, so nothing is traded there.",)


def test_candles_are_read_and_senseless_ones_left_out():
    parsed = read_own("candles", CANDLES)
    newest, older = parsed.rows
    assert isinstance(newest, CandleRow)
    assert newest.asset.identifiers == ONE
    assert (newest.market, newest.interval) == ("PoolGreg1", "day")
    assert newest.as_of == datetime(2026, 3, 1, tzinfo=UTC)
    assert (newest.open_usd, newest.high_usd, newest.low_usd, newest.close_usd) == (
        Decimal("1.1"),
        Decimal("1.3"),
        Decimal("1.0"),
        Decimal("1.2"),
    )
    assert (newest.volume_usd, older.volume_usd) == (Decimal("5581.25"), None)
    assert older.close_usd == Decimal("1.1")
    assert parsed.rejected == 6
    assert "A candle has a high below its low." in parsed.remarks


# Holders and links --------------------------------------------------------------------


def test_holders_are_read_as_shares():
    holders, _contract, links = read_own("info", ASKED["info"]).rows
    assert isinstance(holders, HolderRow)
    assert (holders.holder_count, holders.top_ten_share) == (4791, 0.737977)
    assert holders.as_of == datetime(2026, 3, 1, 9, 41, 13, tzinfo=UTC)
    assert isinstance(links, DisclosureRow)
    assert links.as_of == datetime(2026, 2, 28, 2, 28, 1, tzinfo=UTC)
    assert links.channels == {
        "homepage": "https://greg.example",
        "telegram": "https://t.me/gregcoin",
        "x": "https://x.com/greg",
    }


def info(**changes):
    body = json.loads(payload("geckoterminal", "info"))
    body["data"]["attributes"].update(changes)
    return json.dumps(body).encode()


def contract_in(body, request=ASKED["info"]):
    found = read(PROVIDER, request, body)
    return next((row for row in found.rows if isinstance(row, ContractRow)), None), found.remarks


@pytest.mark.parametrize(
    ("flags", "known"),
    [
        ({"is_honeypot": "unknown", "mint_authority": "no", "freeze_authority": None}, (None, "none", "")),
        (
            {"is_honeypot": "no", "mint_authority": "yes", "freeze_authority": "yes"},
            (False, "wallet", "wallet"),
        ),
        ({"is_honeypot": True, "mint_authority": False, "freeze_authority": ""}, (True, "none", "")),
        ({"is_honeypot": "YES", "mint_authority": None, "freeze_authority": None}, (True, "", "")),
    ],
)
def test_the_flags_of_a_contract_are_read_and_what_is_not_told_is_not_known(flags, known):
    row, _remarks = contract_in(info(**flags))
    assert (row.honeypot, row.mint_authority, row.freeze_authority) == known


def test_a_flag_that_is_no_flag_is_not_known_and_the_others_are():
    row, remarks = contract_in(info(is_honeypot="perhaps", mint_authority="no"))
    assert (row.honeypot, row.mint_authority) == (None, "none")
    assert "is_honeypot" in remarks[0]


def test_the_developer_is_read_and_nothing_told_is_no_row():
    row, _remarks = contract_in(info(developer_address="Dev1", developer_holding_percentage="5.05"))
    assert (row.creator_address, row.creator_share) == ("Dev1", pytest.approx(0.0505))
    row, _remarks = contract_in(info(mint_authority=None, is_honeypot="unknown"))
    assert row is None


def test_of_an_asset_on_several_chains_one_does_not_speak_for_all_holders():
    parsed = read(PROVIDER, ask("holders", SEVERAL), info())
    assert [type(row) for row in parsed.rows] == [DisclosureRow]
    assert "holders of one do not speak for all" in parsed.remarks[0]


def test_links_of_a_listed_coin_are_left_to_coingecko():
    parsed = read(PROVIDER, ASKED["info"], info(coingecko_coin_id="greg", holders=None, mint_authority=None))
    assert [type(row) for row in parsed.rows] == [ListingRow]
    assert parsed.rows[0].asset.identifiers == (*ONE, ("coingecko", "greg"))


def test_more_than_all_held_is_not_known_and_the_count_is():
    holders = {"count": 900, "distribution_percentage": {"top_10": "120"}}
    parsed = read(PROVIDER, ASKED["info"], info(holders=holders))
    (row,) = (row for row in parsed.rows if isinstance(row, HolderRow))
    assert (row.holder_count, row.top_ten_share, parsed.rejected) == (900, None, 0)
    assert "holders.distribution_percentage.top_10 is more than the whole" in parsed.remarks[0]


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_an_error_in_a_200_is_a_refusal(name):
    with pytest.raises(RefusedError, match=r"^GeckoTerminal refused: Pages beyond 10 need a paid plan\.$"):
        read_own("error", ASKED[name])
    with pytest.raises(RefusedError, match="slow down"):
        read(PROVIDER, ASKED[name], b'{"status": {"error_code": 429, "error_message": "slow down"}}')


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(
    "body",
    [payload("geckoterminal", "malformed"), b"", b"5", b"null", b"[]", b'{"data": 5}', b'{"data": null}'],
    ids=repr,
)
def test_a_body_of_another_shape_is_unreadable(name, body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED[name], body)


@pytest.mark.parametrize("name", [*ASKED, "pools"])
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    request = ASKED.get(name, POOLS_OF_GREG)
    mutated(data, PROVIDER, request, payload("geckoterminal", "page" if name == "pools" else name))


# Recorded bodies ----------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("solana", "spec_new_pools_by_network"),
        ("eth", "get_top_pools_by_network"),
        ("eth", "get_new_pools_by_network"),
    ],
)
def test_a_recorded_page_of_pools(network, name):
    request = GeckoTerminal(networks=(network,)).requests(Need(family="pools"))[0]
    parsed = read(PROVIDER, request, recorded(f"geckoterminal/json/{name}.json"))
    assert Counter(type(row) for row in parsed.rows) == {PoolRow: 20}
    assert parsed.rejected == 0
    assert all(row.asset.symbol for row in parsed.rows)


@pytest.mark.shared
def test_recorded_candles_come_newest_first_and_all_land():
    parsed = read(PROVIDER, CANDLES, recorded("geckoterminal/json/spec_OHLCV_validation_test.json"))
    moments = [row.as_of for row in parsed.rows]
    assert len(moments) > 30
    assert parsed.rejected == 0
    assert moments == sorted(moments, reverse=True)


@pytest.mark.shared
def test_the_recorded_information_about_tokens():
    body = json.loads(recorded("geckoterminal/json/spec_info_recently_updated.json"))["data"]
    for item in body:
        read(PROVIDER, ASKED["info"], json.dumps({"data": item}).encode())
    assert len(body) == 100


# Trades -------------------------------------------------------------------------------

GREG = "GregXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX1"
TRADES_ASKED = Request(
    family=TRADES,
    path="/networks/solana/pools/PoolGreg1/trades",
    context={"body": "trades", "network": "solana", "address": GREG, "pool": "PoolGreg1"},
)


def trade(number=1, **changes):
    attributes = {
        "tx_from_address": "Whoever",
        "from_token_amount": "2.5",
        "to_token_amount": "1000",
        "price_from_in_usd": "200",
        "price_to_in_usd": "0.5",
        "block_timestamp": "2026-02-28T16:15:08Z",
        "volume_in_usd": "500.000000000000000000000000000000000001",
        "from_token_address": "So11111111111111111111111111111111111111112",
        "to_token_address": GREG,
    } | changes
    return {"id": f"solana_{number}", "type": "trade", "attributes": attributes}


def trades(*items):
    return read(GeckoTerminal(), TRADES_ASKED, json.dumps({"data": list(items)}).encode())


def test_trades_are_told_from_the_side_of_the_token():
    sold = trade(2, from_token_address=GREG, to_token_address="So11111111111111111111111111111111111111112")
    bought, selling = trades(trade(), sold).rows
    assert (bought.side, bought.amount, bought.price_usd, bought.volume_usd) == (
        "buy",
        1000,
        Decimal("0.5"),
        500,
    )
    assert (selling.side, selling.amount, selling.price_usd) == ("sell", Decimal("2.5"), 200)
    assert bought.as_of == datetime(2026, 2, 28, 16, 15, 8, tzinfo=UTC)


def test_trades_of_other_tokens_and_broken_ones_are_left_out():
    parsed = trades(
        trade(to_token_address="Other"),
        trade(2, block_timestamp=None),
        trade(3),
        trade(3),
        trade(4, volume_in_usd="-1"),
    )
    assert [(row.reference, row.volume_usd is None) for row in parsed.rows] == [
        ("solana_3", False),
        ("solana_4", True),
    ]
    assert parsed.rejected == 2
    assert trades(None, 5, trade()).rejected == 2


def test_the_trades_of_the_deepest_pool_are_asked_for():
    need = Need(family=TRADES, identifiers=(("address:solana", GREG),))
    (asked,) = GeckoTerminal().requests(need)
    parsed = read(GeckoTerminal(), asked, payload("geckoterminal", "page"))
    assert [each.path for each in parsed.follow] == ["/networks/solana/pools/PoolGreg1/trades"]


@given(data=st.data())
def test_whatever_changes_in_a_list_of_trades_no_row_is_unsound(data):
    mutated(data, GeckoTerminal(), TRADES_ASKED, json.dumps({"data": [trade(), trade(2)]}).encode())


# What a pool is paired with, and its type ---------------------------------------------------


def one_pool(*, dex="raydium", quote=WRAPPED_SOL, coin=None, base=GREG):
    """A body of one pool, with what comes along about its counterpart."""
    item = json.loads(payload("geckoterminal", "page"))["data"][0]
    for name, ident in (("base_token", base), ("quote_token", quote)):
        item["relationships"][name] = {"data": {"id": f"solana_{ident}", "type": "token"}}
    item["relationships"]["dex"] = {"data": {"id": dex, "type": "dex"}}
    about = {"address": quote, "name": "Counterpart", "symbol": "CTP", "coingecko_coin_id": coin}
    along = [{"id": f"solana_{quote}", "type": "token", "attributes": about}]
    return json.dumps({"data": [item], "included": along}).encode()


@pytest.mark.parametrize(
    ("dex", "expected"),
    [
        ("raydium", "constant_product"),
        ("raydium-clmm", "concentrated"),
        ("meteora-dbc", "bonding_curve"),
        ("exampleswap", ""),
    ],
)
def test_the_type_of_a_pool_is_that_of_its_exchange(dex, expected):
    (pool,) = pool_rows(one_pool(dex=dex))
    assert pool.pool_type == expected


@pytest.mark.parametrize(
    ("counterpart", "expected"),
    [
        ({}, True),
        ({"quote": HILD}, False),
        ({"quote": HILD, "coin": "hildcoin"}, True),
        ({"quote": GREG, "coin": "gregcoin"}, False),
    ],
)
def test_a_counterpart_has_a_market_where_somebody_lists_it(counterpart, expected):
    (pool,) = pool_rows(one_pool(**counterpart))
    assert pool.quote_is_listed is expected
    assert pool.quote_address == counterpart.get("quote", WRAPPED_SOL)
    assert pool.quote_price_usd == Decimal("212.765083062")


def pool_rows(body, request=PAGE):
    return [row for row in read(PROVIDER, request, body).rows if isinstance(row, PoolRow)]


def test_seen_from_the_other_side_the_counterpart_is_the_base():
    (pool,) = pool_rows(one_pool(base=HILD, quote=GREG), ask("pools", ONE))
    assert (pool.quote_address, pool.quote_is_listed) == (HILD, False)
    assert pool.price_usd == Decimal("212.765083062")
