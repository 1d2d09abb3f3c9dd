import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.pools import BONDING_CURVE, CONSTANT_PRODUCT
from assets.providers.pumpfun import PumpFun
from assets.sourcing.contract import DamagedError, Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import ContractRow, DisclosureRow, ListingRow, MarketRow, PoolRow
from tests.assets.providers.answers import payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = PumpFun()
MINT, CURVE = "AEFQCtjuv83LJX5PVdqGv7BHTSoXqiUYLqsF8PvNxrLa", "BNRKT7yR9qMnX6XiiYG4w3Kk5fKjUnL14Q7KFTrk5N2x"
CREATOR, POOL = "DmETnDGfG36CACF2cFi5tPZewbtXhDy6aNg2q26ZVs6U", "BzKVzqkRYMcqXAFq5dhjHq3conWysJEvRGhXeCT3PPPL"
AURELIUM = (("coingecko", "aurelium"), ("address:solana", MINT))
MOVED = {"complete": True, "pump_swap_pool": POOL, "canonical_pool_liquidity_usd": 72_379.24}


def ask(identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family="market", identifiers=identifiers))
    return request


ASKED = ask()


def coin(**changed):
    """The invented coin with some members changed; None drops one."""
    value = json.loads(payload("pumpfun", "curve")) | changed
    return json.dumps({key: each for key, each in value.items() if each is not None}).encode()


def rows_of(kind, **changed):
    return [row for row in read(PROVIDER, ASKED, coin(**changed)).rows if isinstance(row, kind)]


def row_of(kind, **changed):
    (row,) = rows_of(kind, **changed)
    return row


def test_a_coin_is_asked_by_its_mint():
    assert (ASKED.path, ASKED.context) == (f"/coins/{MINT}", {"address": MINT})
    with pytest.raises(UnsupportedError, match="mint on Solana is not known"):
        PROVIDER.requests(Need(family="market", identifiers=(("address:solana", "../x"),)))


# The curve --------------------------------------------------------------------------


def test_a_curve_has_virtual_and_real_reserves():
    pool = row_of(PoolRow)
    assert (pool.address, pool.dex, pool.pool_type) == (CURVE, "pump-fun", BONDING_CURVE)
    assert (pool.virtual_base_reserve, pool.virtual_quote_reserve) == (536_500_000, 60)
    assert (pool.quote_reserve, pool.quote_is_listed) == (30, True)
    assert pool.quote_price_usd == pytest.approx(200)
    assert float(pool.price_usd) == pytest.approx(60 / 536.5e6 * 200)
    assert pool.opened_at == datetime(2026, 2, 28, 10, tzinfo=UTC)
    assert pool.reserve_usd is None, "most of it would be unsold tokens"


def test_a_coin_on_its_curve():
    market = row_of(MarketRow)
    assert (market.launch_completed, market.launch_pool) == (False, "")
    assert market.launch_sold_share == pytest.approx((1_073 - 536.5) / 793.1)
    assert float(market.price_usd * 10**9) == pytest.approx(float(market.market_cap_usd))


@pytest.mark.parametrize(
    ("changed", "paid", "sold"),
    [
        ({"real_sol_reserves": None}, 30, 0.676),  # an older answer: a standard curve says it itself
        ({"real_sol_reserves": None, "virtual_sol_reserves": 59_000_000_000}, None, None),
        ({"real_sol_reserves": None, "mayhem_state": "active"}, None, None),
        ({"real_sol_reserves": 5, "virtual_sol_reserves": 4_703_558_136}, Decimal("5e-9"), None),
        ({"virtual_token_reserves": None}, 30, None),
    ],
)
def test_what_was_paid_into_a_curve(changed, paid, sold):
    assert row_of(PoolRow, **changed).quote_reserve == paid
    assert row_of(MarketRow, **changed).launch_sold_share == (sold and pytest.approx(sold, abs=1e-3))


def test_of_a_curve_in_another_coin_only_the_kind_is_read():
    pool = row_of(PoolRow, quote_mint="EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")
    assert (pool.pool_type, pool.quote_address, pool.virtual_quote_reserve) == (BONDING_CURVE, "", None)


# After it ---------------------------------------------------------------------------


def test_what_a_finished_curve_keeps_says_nothing_of_today():
    pool = row_of(PoolRow, **MOVED)
    assert (pool.address, pool.pool_type, pool.reserve_usd) == (POOL, CONSTANT_PRODUCT, Decimal("72379.24"))
    assert (pool.virtual_quote_reserve, pool.quote_reserve) == (None, None)
    market = row_of(MarketRow, **MOVED)
    assert (market.launch_completed, market.launch_pool, market.launch_sold_share) == (True, POOL, 1.0)
    assert rows_of(PoolRow, **MOVED | {"pump_swap_pool": ""}) == []
    assert rows_of(PoolRow, complete=None) == []


# The contract -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "tax", "hook"),
    [
        ({}, 0.0, False),
        ({"transfer_fee_bps": 500}, 0.05, False),
        ({"transfer_fee_bps": 20_000}, None, None),
        ({"transfer_fee_bps": None}, None, None),
        ({"transfer_hook_program": CREATOR}, 0.0, True),
    ],
)
def test_what_a_transfer_costs(changed, tax, hook):
    row = row_of(ContractRow, **changed)
    assert {row.buy_tax_share, row.sell_tax_share, row.transfer_tax_share} == {tax}
    assert row.transfer_hook is hook


def test_who_made_it_and_when():
    row = row_of(ContractRow)
    assert (row.creator_address, row.deployed_at) == (CREATOR, datetime(2026, 2, 28, 10, tzinfo=UTC))
    assert row_of(ContractRow, created_timestamp=1_900_000_000_000).deployed_at is None, "later than today"


def test_channels_are_addresses_that_can_be_opened():
    found = row_of(DisclosureRow, telegram="not an address")
    assert found.channels == {"homepage": "https://aurelium.example", "x": "https://x.com/aurelium"}


# What goes wrong --------------------------------------------------------------------


def test_a_mint_that_is_no_coin_of_it_is_an_answer():
    assert PROVIDER.accepts(ASKED, 404)
    parsed = read(PROVIDER, ASKED, b'{"statusCode": 404, "message": "Not Found"}', status_code=404)
    assert (parsed.rows, parsed.remarks) == ((), (f"Pump.fun does not know {MINT}.",))
    assert read(PROVIDER, ASKED, b"", status_code=404).rows == ()


def test_a_coin_of_which_only_the_name_is_known():
    bare = json.dumps({"mint": MINT}).encode()
    assert [type(row) for row in read(PROVIDER, ASKED, bare).rows] == [ListingRow]


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        (b'{"error": "Forbidden"}', RefusedError, "Pump.fun refused: Forbidden"),
        (coin(mint=CREATOR), UnreadableError, f"other than the coin {MINT}"),
        (b"[]", UnreadableError, "other than the coin"),
        (b"<html>", DamagedError, "not JSON"),
    ],
)
def test_what_is_no_answer_is_refused(body, kind, says):
    with pytest.raises(kind, match=says):
        read(PROVIDER, ASKED, body)


@pytest.mark.parametrize("changed", [{}, MOVED])
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(changed, data):
    mutated(data, PROVIDER, ASKED, coin(**changed))


# Recorded ---------------------------------------------------------------------------


def recorded_coins(name):
    value = json.loads(recorded(f"pumpfun/{name}.json"))
    listed = [value] if "mint" in value else [*value.values()]
    return [(ask((("address:solana", each["mint"]),)), json.dumps(each).encode()) for each in listed]


def test_recorded_coins_on_their_curve():
    curves = [
        each
        for each in recorded_coins("coins_for_you") + recorded_coins("coins_search")
        if b'"complete": false' in each[1]
    ]
    assert curves
    for asked, body in curves:
        told = json.loads(body)
        (pool,) = (row for row in read(PROVIDER, asked, body).rows if isinstance(row, PoolRow))
        assert pool.quote_reserve == pool.virtual_quote_reserve - 30, "standard coins"
        price = told["virtual_sol_reserves"] / told["virtual_token_reserves"] / 1_000
        assert float(pool.price_usd / pool.quote_price_usd) == pytest.approx(price)


def test_a_recorded_coin_that_has_moved():
    ((asked, body),) = recorded_coins("coins_gary")
    told = json.loads(body)
    rows = {type(row): row for row in read(PROVIDER, asked, body).rows}
    assert rows[MarketRow].launch_pool == rows[PoolRow].address == told["pump_swap_pool"]
    assert rows[PoolRow].reserve_usd == Decimal(str(told["canonical_pool_liquidity_usd"]))
    assert rows[ContractRow].buy_tax_share == 0


@pytest.mark.shared
@pytest.mark.parametrize("name", ["coins_gary", "coins_for_you", "coins_list", "coins_currently_live"])
@given(data=st.data())
def test_whatever_changes_in_a_recorded_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, *data.draw(st.sampled_from(recorded_coins(name))))
