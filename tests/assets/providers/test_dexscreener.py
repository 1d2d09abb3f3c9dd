import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.dexscreener import DexScreener
from assets.sourcing.contract import Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import DisclosureRow, MarketRow, PoolRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = DexScreener()
AURELIUM = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0001"
ON_ETHEREUM = (("address:ethereum", AURELIUM),)
ON_SOLANA = (("coingecko", "aurelium"), ("address:solana", "TokenAur1"))


def ask_all(family, identifiers, *, limit=None):
    return PROVIDER.requests(Need(family=family, identifiers=identifiers, limit=limit))


def ask(family, identifiers):
    (request,) = ask_all(family, identifiers)
    return request


ASKED = {"pools": ask("pools", ON_ETHEREUM), "market": ask("market", ON_SOLANA)}


def changed(name, **values):
    """The first pair of a body of ours alone, with other values; `...` takes a key away."""
    body = json.loads(payload("dexscreener", name))
    pair = (body if isinstance(body, list) else body["pairs"])[0] | values
    return json.dumps([{key: value for key, value in pair.items() if value is not ...}], default=str).encode()


# What is asked ----------------------------------------------------------------------


def test_pools_are_asked_contract_by_contract():
    identifiers = (
        ("coingecko", "aurelium"),
        *ON_ETHEREUM,
        ("address:gnosis", "0x2"),
        ("address:moon", "0x3"),
    )
    assert [request.path for request in ask_all("pools", identifiers)] == [
        f"/token-pairs/v1/ethereum/{AURELIUM}",
        "/token-pairs/v1/gnosischain/0x2",
    ]


def test_contracts_of_one_chain_share_a_call_of_thirty():
    tokens = tuple(("address:solana", f"Token{number}") for number in range(45))
    requests = ask_all("market", tokens)
    assert [request.path.count(",") + 1 for request in requests] == [30, 15]
    assert requests[1].path.startswith("/tokens/v1/solana/Token30,Token31,")
    assert all("alone" in request.context for request in requests)


def test_the_market_of_a_token_on_several_chains_is_asked_at_its_home():
    request = ask("market", (*ON_ETHEREUM, ("address:solana", "TokenAur1")))
    assert request.path == f"/tokens/v1/ethereum/{AURELIUM}"
    assert "alone" not in request.context


def test_a_copy_on_a_chain_that_is_not_served_is_a_copy_too():
    assert "alone" not in ask("market", (*ON_ETHEREUM, ("address:moon", "0x1"))).context


def test_an_address_stays_within_its_part_of_the_path():
    assert ask("pools", (("address:solana", "../x?y=1"),)).path == "/token-pairs/v1/solana/..%2Fx%3Fy%3D1"


def test_a_limit_cuts_what_is_asked():
    tokens = tuple(("address:solana", f"Token{number}") for number in range(5))
    assert len(ask_all("pools", tokens, limit=2)) == 2


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="unlocks"), "has no unlocks; it has: market, pools"),
        (Need(family="market"), "token by token"),
        (Need(family="pools"), "token by token"),
        (Need(family="pools", identifiers=(("coingecko", "bitcoin"),)), "contract on a chain is not known"),
        (Need(family="market", identifiers=(("address:moon", "0x1"),)), "contract on a chain is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


# Pools ------------------------------------------------------------------------------


@pytest.fixture
def pools():
    return read(PROVIDER, ASKED["pools"], payload("dexscreener", "pools"))


def test_a_pair_is_a_pool(pools):
    pool = pools.rows[0]
    assert isinstance(pool, PoolRow)
    assert pool.asset.identifiers == ON_ETHEREUM
    assert (pool.asset.symbol, pool.asset.name, pool.asset.chain) == ("AUR", "Aurelium", "ethereum")
    assert pool.address == "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb0001"
    assert (pool.dex, pool.pair, pool.price_usd) == ("uniswap", "AUR/WETH", Decimal("0.5"))
    assert (pool.reserve_usd, pool.base_reserve, pool.quote_reserve) == (80_000, 80_000, 20)
    assert (pool.volume_24h_usd, pool.buys_24h, pool.sells_24h) == (Decimal("12500.5"), 30, 12)
    assert (pool.opened_at, pool.as_of) == (datetime(2026, 1, 1, tzinfo=UTC), NOW)


def test_a_pool_is_seen_from_the_token_that_is_asked_about(pools):
    pool = pools.rows[1]
    assert pool.asset.identifiers == ON_ETHEREUM
    assert pool.price_usd == Decimal("0.505")  # 2.02 USD for a token that costs 4 of ours.
    assert (pool.base_reserve, pool.quote_reserve) == (900_000, 225_000)
    assert (pool.buys_24h, pool.sells_24h) == (2, 7)
    assert pool.pair == "BRM/AUR"


@pytest.mark.parametrize("native", [..., None, "0", ""])
def test_as_the_quote_a_token_has_no_price_without_the_rate_between_both(native):
    base, quote = {"address": "0xd1", "symbol": "BRM"}, {"address": AURELIUM, "symbol": "AUR"}
    body = changed("pools", baseToken=base, quoteToken=quote, priceNative=native)
    (pool,) = read(PROVIDER, ASKED["pools"], body).rows
    assert pool.price_usd is None
    assert pool.volume_24h_usd == Decimal("12500.5")


def test_two_prices_that_can_not_both_be_right_give_none():
    base, quote = {"address": "0xd1"}, {"address": AURELIUM}
    body = changed("pools", baseToken=base, quoteToken=quote, priceUsd="1e29", priceNative="1e-30")
    assert read(PROVIDER, ASKED["pools"], body).rows[0].price_usd is None


def test_on_a_bonding_curve_the_reserve_is_not_known(pools):
    pool = pools.rows[2]
    assert (pool.reserve_usd, pool.base_reserve, pool.quote_reserve) == (None, None, None)
    assert pool.price_usd == Decimal("0.9")


def test_what_is_not_told_of_a_pair_is_not_known(pools):
    pool = pools.rows[2]
    assert (pool.volume_24h_usd, pool.buys_24h, pool.sells_24h, pool.opened_at) == (None,) * 4


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"chainId": "base"}, "not of the token that was asked about"),
        ({"baseToken": {"address": "0x9"}}, "not of the token that was asked about"),
        ({"pairAddress": ""}, "pairAddress is empty"),
        ({"quoteToken": ...}, "quoteToken is missing"),
    ],
)
def test_a_pair_that_makes_no_sense_is_left_out(values, says):
    parsed = read(PROVIDER, ASKED["pools"], changed("pools", **values))
    assert (parsed.rows, parsed.rejected) == ((), 1)
    assert says in parsed.remarks[0]


@pytest.mark.parametrize(
    ("values", "unknown", "says"),
    [
        ({"liquidity": {"usd": -1, "base": 5, "quote": 2}}, "reserve_usd", "liquidity.usd is negative"),
        ({"priceUsd": "1e400"}, "price_usd", "priceUsd is absurdly large"),
        ({"priceUsd": float("nan")}, "price_usd", "priceUsd is not a finite number"),
        ({"volume": {"h24": "much"}}, "volume_24h_usd", "volume is not a number"),
        ({"txns": {"h24": {"buys": -3, "sells": 2}}}, "buys_24h", "txns.buys is negative"),
        ({"pairCreatedAt": 10**16}, "opened_at", "pairCreatedAt is not a moment of our time"),
    ],
)
def test_a_field_that_makes_no_sense_is_not_known_and_the_others_are(values, unknown, says):
    sound = {"liquidity": {"usd": 9, "base": 5, "quote": 2}, "txns": {"h24": {"buys": 3, "sells": 2}}}
    (before,) = read(PROVIDER, ASKED["pools"], changed("pools", **sound)).rows
    parsed = read(PROVIDER, ASKED["pools"], changed("pools", **sound | values))
    # The price of the counterpart follows from that of the token.
    also = {"quote_price_usd": None} if unknown == "price_usd" else {}
    assert (parsed.rows, parsed.rejected) == ((replace(before, **{unknown: None}, **also),), 0)
    assert says in parsed.remarks[0]


def test_a_pair_that_comes_twice_is_kept_once():
    pairs = json.loads(payload("dexscreener", "pools"))
    parsed = read(PROVIDER, ASKED["pools"], json.dumps([pairs[0], pairs[0]]).encode())
    assert (len(parsed.rows), parsed.rejected) == (1, 1)


# Market -----------------------------------------------------------------------------


@pytest.fixture
def market():
    return read(PROVIDER, ASKED["market"], payload("dexscreener", "market"))


def test_the_market_is_that_of_the_deepest_pair_of_which_the_token_is_the_base(market):
    (row,) = market.rows
    assert isinstance(row, MarketRow)
    assert row.asset.identifiers == (("address:solana", "TokenAur1"),)
    assert (row.price_usd, row.price_change_24h_share) == (Decimal("0.5"), pytest.approx(-0.025))
    assert (row.fully_diluted_usd, row.market_cap_usd, row.as_of) == (5_000_000, 3_000_000, NOW)


def test_the_volume_is_that_of_all_its_pairs(market):
    assert market.rows[0].volume_24h_usd == 1050


def test_volumes_that_are_not_told_add_up_to_nothing_known():
    assert read(PROVIDER, ASKED["market"], changed("market", volume=None)).rows[0].volume_24h_usd is None


def test_volumes_whose_sum_can_not_be_stored_are_not_told():
    pairs = json.loads(payload("dexscreener", "market"))["pairs"]
    for pair in pairs:
        pair["volume"] = {"h24": 9e29}
    assert read(PROVIDER, ASKED["market"], json.dumps(pairs).encode()).rows[0].volume_24h_usd is None


def test_a_cap_that_equals_the_fdv_is_only_an_fdv():
    row = read(PROVIDER, ASKED["market"], changed("market", fdv=7690.73, marketCap=7690.73)).rows[0]
    assert (row.market_cap_usd, row.fully_diluted_usd) == (None, Decimal("7690.73"))


@pytest.mark.parametrize("cap", [..., None, 0])
def test_a_cap_that_is_not_told_is_not_known(cap):
    assert read(PROVIDER, ASKED["market"], changed("market", marketCap=cap)).rows[0].market_cap_usd is None


def test_of_a_token_on_several_chains_one_contract_tells_neither_fdv_nor_cap():
    request = ask("market", (("address:solana", "TokenAur1"), *ON_ETHEREUM))
    row = read(PROVIDER, request, payload("dexscreener", "market")).rows[0]
    assert (row.fully_diluted_usd, row.market_cap_usd, row.price_usd) == (None, None, Decimal("0.5"))


def test_several_tokens_are_told_in_one_answer():
    request = ask("market", (("address:solana", "TokenBrm1"), ("address:solana", "TokenAur1")))
    brimstone, aurelium = read(PROVIDER, request, payload("dexscreener", "market")).rows
    assert (brimstone.price_usd, brimstone.volume_24h_usd) == (2, 50)
    assert brimstone.price_change_24h_share == pytest.approx(7.35)
    assert (aurelium.price_usd, aurelium.volume_24h_usd) == (Decimal("0.5"), 1050)


def test_without_liquidity_the_most_traded_pair_speaks():
    pairs = json.loads(payload("dexscreener", "market"))["pairs"][:2]
    for pair in pairs:
        del pair["liquidity"]
    assert read(PROVIDER, ASKED["market"], json.dumps(pairs).encode()).rows[0].price_usd == Decimal("0.5")


def test_a_token_that_is_only_ever_the_quote_has_no_market_here():
    pairs = json.loads(payload("dexscreener", "market"))["pairs"][2:]
    parsed = read(PROVIDER, ASKED["market"], json.dumps(pairs).encode())
    assert parsed.rows == ()
    assert parsed.remarks == ("TokenAur1 is the quote of all its pairs, so that no pair shows its market.",)


# Bodies that are none ---------------------------------------------------------------


@pytest.mark.parametrize("family", ASKED)
@pytest.mark.parametrize("body", [b"[]", b'{"schemaVersion": "1.0.0", "pairs": null}', b'{"pairs": []}'])
def test_no_pairs_are_an_answer(family, body):
    parsed = read(PROVIDER, ASKED[family], body)
    assert (parsed.rows, parsed.follow, parsed.rejected) == ((), (), 0)


@pytest.mark.parametrize("family", ASKED)
def test_an_error_in_a_200_is_a_refusal(family):
    with pytest.raises(RefusedError, match=r"^DexScreener refused: Too many requests\.$"):
        read(PROVIDER, ASKED[family], payload("dexscreener", "error"))


@pytest.mark.parametrize("family", ASKED)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b'"x"', b"null", b"{}", b'{"pairs": 5}'])
def test_a_body_of_another_shape_is_unreadable(family, body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED[family], body)


@pytest.mark.parametrize("family", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(family, data):
    mutated(data, PROVIDER, ASKED[family], payload("dexscreener", family))


# Recorded bodies ----------------------------------------------------------------------

KYS = "DppWLLeBgn49Poy15Jqq8vewEEtSrMBQNzKKzYgZpump"


def recorded_rows(family, token):
    body = recorded("dexscreener/pairs_solana_micro.json")
    return read(PROVIDER, ask(family, (("address:solana", token),)), body).rows


@pytest.mark.shared
def test_the_recorded_pair_of_minutes_of_age():
    (pool,) = recorded_rows("pools", "3Y1SCEJABneLzJ1KL7f6jp5NyP7wxjtqmAy5qKAVpump")
    assert (pool.dex, pool.pair, pool.price_usd) == ("pumpswap", "STONK/SOL", Decimal("0.0003798"))
    assert (pool.reserve_usd, pool.base_reserve) == (Decimal("52239.46"), 71_377_991)
    assert (pool.buys_24h, pool.sells_24h) == (3578, 2657)


@pytest.mark.shared
def test_the_recorded_pair_on_a_bonding_curve():
    (pool,) = recorded_rows("pools", KYS)
    assert (pool.dex, pool.reserve_usd, pool.volume_24h_usd) == ("pumpfun", None, Decimal("47830.07"))
    (row,) = recorded_rows("market", KYS)
    assert (row.price_usd, row.fully_diluted_usd) == (Decimal("0.000007690"), Decimal("7690.73"))
    assert (row.market_cap_usd, row.price_change_24h_share) == (None, pytest.approx(0.6926))


@pytest.mark.shared
def test_the_recorded_quote_is_priced_by_both_rates_alike():
    sol = recorded_rows("pools", "So11111111111111111111111111111111111111112")
    assert len(sol) == 3
    assert all(Decimal("109") < pool.price_usd < Decimal("110.5") for pool in sol)


# What a pool is paired with, and its type ---------------------------------------------------

WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"


def pool_of(**values):
    (row,) = read(PROVIDER, ASKED["pools"], changed("pools", **values)).rows
    return row


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"dexId": "uniswap", "labels": ["v2"]}, "constant_product"),
        ({"dexId": "uniswap", "labels": ["v3"]}, "concentrated"),
        ({"dexId": "uniswap", "labels": ...}, ""),
        ({"dexId": "uniswap", "labels": None}, ""),
        ({"dexId": "uniswap", "labels": [None, 3, "v2"]}, "constant_product"),
        ({"dexId": "fourmeme", "labels": ...}, "bonding_curve"),
    ],
)
def test_the_labels_of_a_pair_tell_its_type(words, expected):
    assert pool_of(**words).pool_type == expected


@pytest.mark.parametrize(("address", "expected"), [(WETH, True), ("0x" + "9" * 40, False)])
def test_a_counterpart_has_a_market_where_it_is_known_money(address, expected):
    row = pool_of(quoteToken={"address": address, "symbol": "Q"}, priceUsd="2", priceNative="0.001")
    assert (row.quote_is_listed, row.quote_address) == (expected, address.lower())
    assert row.quote_price_usd == 2_000


def test_a_pair_with_a_fake_counterpart_speaks_for_a_token_only_alone():
    pairs = json.loads(payload("dexscreener", "market"))
    pairs = pairs["pairs"] if isinstance(pairs, dict) else pairs
    (honest,) = [
        each for each in pairs if each["baseToken"]["address"] in ASKED["market"].context["addresses"]
    ][:1]
    sol = {"address": "So11111111111111111111111111111111111111112", "symbol": "SOL"}
    mine = {"address": "HirdXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX2", "symbol": "FAKE"}
    honest = honest | {"quoteToken": sol, "priceUsd": "1", "liquidity": {"usd": 5_000}}
    fake = honest | {
        "pairAddress": "another",
        "quoteToken": mine,
        "priceUsd": "900",
        "liquidity": {"usd": 10**12},
    }
    for body, price in (([honest, fake], 1), ([fake], 900)):
        (row,) = read(PROVIDER, ASKED["market"], json.dumps(body).encode()).rows
        assert row.price_usd == price


def test_a_counterpart_that_is_known_speaks_before_one_that_nobody_knows():
    sui, mine = "0x2::sui::SUI", "0xabc::mine::MINE"
    honest = {
        "chainId": "sui",
        "dexId": "cetus",
        "pairAddress": "0x1",
        "baseToken": {"address": mine},
        "quoteToken": {"address": sui},
        "priceUsd": "1",
        "liquidity": {"usd": 5_000},
    }
    other = {"pairAddress": "0x2", "quoteToken": {"address": "0xbad::usdc::USDC"}, "priceUsd": "900"}
    body = json.dumps([honest | other | {"liquidity": {"usd": 10**9}}, honest]).encode()
    (row,) = read(PROVIDER, ask("market", (("address:sui", mine),)), body).rows
    assert row.price_usd == 1
    pools = read(PROVIDER, ask("pools", (("address:sui", mine),)), body).rows
    assert [each.quote_is_listed for each in pools] == [None, True]


@pytest.mark.parametrize(("count", "is_whole"), [(0, True), (29, True), (30, False)])
def test_fewer_pairs_than_an_answer_holds_are_all_pools_on_the_chain(count, is_whole):
    (pair,) = json.loads(changed("pools"))
    pairs = [pair | {"pairAddress": f"0x{number:040x}"} for number in range(1, count + 1)]
    parsed = read(PROVIDER, ASKED["pools"], json.dumps(pairs).encode())
    assert len(parsed.rows) == count
    assert [(each.asset.identifiers, each.places, each.within) for each in parsed.listed] == [
        (ON_ETHEREUM, {(row.address,) for row in parsed.rows}, {"chain": "ethereum"})
    ] * is_whole


# What its owners say ----------------------------------------------------------------------


def channels_of(info, name="market"):
    rows = read(PROVIDER, ASKED[name], changed(name, info=info)).rows
    return [row.channels for row in rows if isinstance(row, DisclosureRow)]


def test_the_places_that_the_owners_name_are_read():
    info = {
        "websites": [
            {"label": "Website", "url": "https://aurelium.example"},
            {"url": "https://docs.example"},
        ],
        "socials": [
            {"type": "twitter", "url": "https://x.com/aurelium"},
            {"type": "telegram", "url": "https://t.me/aurelium"},
            {"type": "tiktok", "url": "https://tiktok.example/aurelium"},
        ],
    }
    (channels,) = channels_of(info)
    assert channels == {
        "homepage": "https://aurelium.example",
        "x": "https://x.com/aurelium",
        "telegram": "https://t.me/aurelium",
    }


@pytest.mark.parametrize(
    "info",
    [
        None,
        {},
        {"websites": None, "socials": None},
        {"websites": ["https://a.example"], "socials": "x"},
        {"websites": [{"url": "javascript:alert(1)"}], "socials": [{"type": ["twitter"], "url": {}}]},
        {"socials": [{"type": "twitter", "url": "https://x.com/somebody/status/1"}]},
        {"socials": [{"type": "discord", "url": "https://discord.com/"}]},
    ],
)
def test_who_names_no_place_of_their_own_has_said_nothing(info):
    assert channels_of(info) == []


def test_a_token_asked_about_as_the_quote_has_no_word_in_its_pairs():
    body = json.loads(payload("dexscreener", "market"))
    pair = (body if isinstance(body, list) else body["pairs"])[0]
    swapped = {
        "baseToken": pair["quoteToken"],
        "quoteToken": pair["baseToken"],
        "info": {"websites": [{"url": "https://other.example"}]},
    }
    assert not read(PROVIDER, ASKED["market"], changed("market", **swapped)).rows
