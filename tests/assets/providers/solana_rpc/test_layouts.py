import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.checksums import base58_bytes
from assets.metrics.pools import CONCENTRATED, CONSTANT_PRODUCT
from assets.providers.solana_rpc.addresses import PUMP_FUN, PUMP_SWAP, WRAPPED_SOL
from assets.providers.solana_rpc.layouts import CURVE, PROGRAMS, Layout, bytes_of, curve_in, pool_in
from tests.assets.providers.answers import recorded
from tests.assets.providers.solana_rpc.accounts import curve, key, number, pump_swap_pool, raw

RAYDIUM, CPMM, CLMM, ORCA, DLMM = (each for each in PROGRAMS if each != PUMP_SWAP)


def bytes_in(account):
    return bytes_of(account)


def at(length, marker, **placed):
    """Bytes with fields at their places, as _400="…"."""
    data = bytearray(length)
    data[: len(marker)] = marker
    for place, value in placed.items():
        field = base58_bytes(value) if isinstance(value, str) else value
        data[int(place[1:]) : int(place[1:]) + len(field)] = field
    return bytes(data)


@pytest.mark.parametrize(
    "data", [None, "AAAA", ["AAAA"], ["AAAA", "base58"], ["*", "base64"], [5, "base64"], {"parsed": {}}]
)
def test_an_account_without_bytes_has_none(data):
    assert bytes_of({"data": data}) == b""


def test_numbers_are_little_endian_and_keys_are_base58():
    layout = Layout(number(258, 2) + base58_bytes(key("a")))
    assert (layout.number(0, 2), layout.key(2)) == (258, key("a"))


# Curves -----------------------------------------------------------------------------


def test_a_curve_tells_both_reserves_its_end_and_its_creator():
    found = curve_in(PUMP_FUN, bytes_in(curve(virtual=(1_000, 32.19), real=(720, 2.19), mayhem=True)))
    assert (found.virtual_tokens, found.virtual_quote) == (10**15, 32_190_000_000)
    assert (found.real_tokens, found.real_quote) == (720 * 10**12, 2_190_000_000)
    assert (found.supply, found.complete, found.mayhem) == (10**15, False, True)
    assert (found.creator, found.quote_mint) == (key("creator"), WRAPPED_SOL)


def test_the_first_layout_ends_before_the_creator():
    whole = bytes_in(curve(complete=True))
    found = curve_in(PUMP_FUN, whole[:49])
    assert (found.complete, found.creator, found.mayhem, found.quote_mint) == (True, "", False, WRAPPED_SOL)
    assert curve_in(PUMP_FUN, whole[:48]) is None


def test_a_curve_may_be_paid_in_something_else_than_sol():
    assert curve_in(PUMP_FUN, bytes_in(curve(quote=key("dollar")))).quote_mint == key("dollar")


@pytest.mark.parametrize(
    ("owner", "marker"), [(key("other program"), CURVE), (PUMP_FUN, bytes.fromhex("a7e8e8b1c86c727f"))]
)
def test_what_is_no_curve_is_none(owner, marker):
    assert curve_in(owner, marker + bytes(143)) is None


# Pools ------------------------------------------------------------------------------


def test_a_pool_of_pumpswap():
    found = pool_in(PUMP_SWAP, bytes_in(pump_swap_pool(key("token"), lp_supply=4_000)))
    assert (found.dex, found.pool_type) == ("pumpswap", CONSTANT_PRODUCT)
    assert found.mints == (key("token"), WRAPPED_SOL)
    assert found.vaults == (key("pool base"), key("pool quote"))
    assert (found.lp_mint, found.lp_supply, found.owed) == (key("pool shares"), 4_000, (0, 0))


def test_pools_of_raydium_owe_what_waits_to_be_fetched():
    first = at(
        752, b"", _192=number(5), _200=number(6), _336=key("v0"), _368=key("v1"), _400=key("m0"),
        _432=key("m1"), _464=key("lp"), _720=number(77),
    )  # fmt: skip
    found = pool_in(RAYDIUM, first)
    assert (found.mints, found.vaults) == ((key("m0"), key("m1")), (key("v0"), key("v1")))
    assert (found.owed, found.lp_mint, found.lp_supply) == ((5, 6), key("lp"), 77)
    second = at(
        637, PROGRAMS[CPMM][0], _72=key("v0"), _104=key("v1"), _136=key("lp"), _168=key("m0"), _200=key("m1"),
        _333=number(88), _341=number(1), _349=number(2), _357=number(10), _365=number(20),
    )  # fmt: skip
    found = pool_in(CPMM, second)
    assert (found.mints, found.vaults) == ((key("m0"), key("m1")), (key("v0"), key("v1")))
    assert (found.owed, found.lp_mint, found.lp_supply) == ((11, 22), key("lp"), 88)


def test_positions_take_the_place_of_shares_in_concentrated_pools():
    clmm = at(
        1544, PROGRAMS[CLMM][0], _73=key("m0"), _105=key("m1"), _137=key("v0"), _169=key("v1"),
        _237=number(9, 16), _253=number(2**64, 16),
    )  # fmt: skip
    dlmm = at(904, PROGRAMS[DLMM][0], _88=key("m0"), _120=key("m1"), _152=key("v0"), _184=key("v1"))
    for owner, data in ((CLMM, clmm), (DLMM, dlmm)):
        found = pool_in(owner, data)
        assert (found.pool_type, found.lp_mint, found.lp_supply) == (CONCENTRATED, "", None)
        assert (found.mints, found.vaults) == ((key("m0"), key("m1")), (key("v0"), key("v1")))
    assert (pool_in(CLMM, clmm).liquidity, pool_in(CLMM, clmm).sqrt_price_x64) == (9, 2**64)


@pytest.mark.parametrize("owner", PROGRAMS)
@given(data=st.binary(max_size=900))
def test_any_bytes_are_read_or_are_no_pool(owner, data):
    marker, length, _read = PROGRAMS[owner]
    found = pool_in(owner, marker + data)
    assert (found is None) == (len(marker + data) < length)
    assert pool_in(key("other program"), marker + data) is None


# Recorded ---------------------------------------------------------------------------


def test_recorded_curves():
    def of(name):
        body = json.loads(recorded(f"solana_rpc/{name}.json"))
        account = body.get("account") or body.get("result", body).get("value", body)
        return curve_in(account["owner"], bytes_of(account))

    young, old = (
        of("without_address/pump_curve_2026_slot435946373"),
        of("without_address/pump_curve_old_49_bytes"),
    )
    for each in (young, old):
        # Standard coins: 30 virtual SOL, 279.9 M virtual tokens, and their product stays.
        assert each.virtual_quote - each.real_quote == 30 * 10**9
        assert each.virtual_tokens - each.real_tokens == 279_900_000 * 10**6
        assert each.virtual_quote * each.virtual_tokens == pytest.approx(30e9 * 1.073e15, rel=1e-8)
    mayhem = of("accounts/7CzFoYN7zComivQGCCe71FrKp2rZvKxnvQavHm6z6on3")
    assert (mayhem.mayhem, mayhem.real_quote, mayhem.virtual_quote) == (True, 5, 4_703_558_136)


def test_recorded_pools():
    dump = json.loads(recorded("solana_rpc/accounts/EgxU92G34jw6QDG9RuTX9StFg1PmHuDqkRKAE5kVEiZ4.json"))
    found = pool_in(dump["account"]["owner"], bytes_of(dump["account"]))
    assert found.vaults == (
        "GedZgiHw8dJpR6Fyt1PNgSwYznEyh18qgZvobuxYxMQ3",
        "4KDudC7XagDiZZbd9Xzabcy5yZMC8bvz7c8q7Bb9vXTa",
    ), "those dumped beside it"
    decoded = json.loads(recorded("solana_rpc/without_address/orca-whirlpool_whirlpool_account.json"))
    found = pool_in(decoded["owner"], base64.b64decode(decoded["data"]))
    told = decoded["data_decoded"]
    names = ("tokenMintA", "tokenMintB", "tokenVaultA", "tokenVaultB")
    assert (*found.mints, *found.vaults) == tuple(told[each]["data"] for each in names)
    told_numbers = [int(told[each]["data"]) for each in ("liquidity", "sqrtPrice")]
    assert [found.liquidity, found.sqrt_price_x64] == told_numbers
    pair = json.loads(recorded("solana_rpc/accounts/FJbEo74c2W4QLBBVUfUvi8VBWXtMdJVPuFpq2f6UV1iB.json"))
    found = pool_in(pair["account"]["owner"], bytes_of(pair["account"]))
    assert found.mints == ("FQuMNJ6UcrkA3xMLsmmLL8sk47RkZYod57mX3a8w1brg", WRAPPED_SOL)
    clmm = json.loads(recorded("solana_rpc/without_address/raydium-clmm_pool_state_account.json"))
    found = pool_in(clmm["owner"], base64.b64decode(clmm["data"]))
    assert WRAPPED_SOL in found.mints
    assert raw(clmm["owner"], base64.b64decode(clmm["data"]))["owner"] == CLMM
