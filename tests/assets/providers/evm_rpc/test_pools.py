from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.concentrated import Ranges, sell_token0
from assets.metrics.constant_product import amount_out
from assets.metrics.pools import CONCENTRATED, CONSTANT_PRODUCT, STABLE
from assets.providers.evm_rpc.abi import Returned
from assets.providers.evm_rpc.lockers import Lock
from assets.providers.evm_rpc.pools import (
    AROUND_TICKS,
    EVERYTHING,
    X96,
    EvmPool,
    Place,
    bitmap_words,
    common_fields,
    least_liquidity,
    pool_in,
    reserve_fields,
    share_fields,
    tick_of,
    ticks_in,
    virtual_fields,
    whole,
)
from tests.assets.providers.answers import NOW
from tests.assets.providers.evm_rpc.chain import words

TOKEN, POOL, OWNER = "0x" + "aa" * 20, "0x" + "cc" * 20, "0x" + "dd" * 20
WETH = "0x4200000000000000000000000000000000000006"
LOCKER, OTHER_LOCKER = "0x" + "e1" * 20, "0x" + "e2" * 20
DECIMALS = {TOKEN: 18, WETH: 18}


def said(*values):
    return Returned.of(words(*values))


def pair(place=None, *, reserves=(50 * 10**18, 10**24), shares=1_000, gone=0, of_owner=0, locked=0):
    """WETH lies first: its address is the lower one."""
    place = place or Place(POOL, "uniswap_v2", WETH)
    answers = [said(*reserves, 0), said(shares), said(gone), said(0), said(of_owner), said(locked), said(0)]
    if not place.quote:
        told = {"token0()": said(WETH), "token1()": said(TOKEN)}
        told |= {"getReserves()": answers[0], "totalSupply()": answers[1]}
        answers = [*(told.get(each) for each in EVERYTHING), *answers[2:]]
    return pool_in(TOKEN, place, answers, owner=OWNER, lockers=[LOCKER, OTHER_LOCKER])


def price_at(tick):
    return int(1.0001 ** (tick / 2) * X96)


def concentrated(*, tick=6_000, liquidity=10**21, fee=3_000, at=None):
    slot = said(at or price_at(tick + 0.5), tick, 0, 0, 0, 0, 1)
    return pool_in(TOKEN, Place(POOL, "uniswap_v3", WETH, fee), [slot, said(liquidity)], owner="", lockers=[])


# What is asked ----------------------------------------------------------------------


def test_what_a_factory_tells_need_not_be_asked():
    assert Place(POOL, "uniswap_v2", WETH).questions == ("getReserves()", "totalSupply()")
    assert Place(POOL, "uniswap_v3", WETH, 500).questions == ("slot0()", "liquidity()")
    assert Place(POOL).questions == EVERYTHING


def test_only_what_can_be_a_pair_is_asked_for_shares():
    lockers = [LOCKER, OTHER_LOCKER]
    assert len(Place(POOL, "x", WETH).calls(owner=OWNER, lockers=lockers)) == 2 + 5
    assert len(Place(POOL, "x", WETH, 500).calls(owner=OWNER, lockers=lockers)) == 2
    assert len(Place(POOL).calls(owner="", lockers=lockers)) == len(EVERYTHING) + 5


# What it is -------------------------------------------------------------------------


def test_a_pair_keeps_its_two_reserves():
    found = pair()
    assert (found.kind, found.tokens, found.own) == (CONSTANT_PRODUCT, (WETH, TOKEN), 1)
    fields = common_fields(found, "base") | reserve_fields(found, {}, DECIMALS)
    assert (fields["base_reserve"], fields["quote_reserve"]) == (10**6, 50)
    assert (fields["quote_address"], fields["quote_is_listed"], fields["dex"]) == (WETH, True, "uniswap_v2")
    assert reserve_fields(found, {}, {WETH: 18})["base_reserve"] is None, "its decimals are not known"


def test_what_others_named_is_told_by_its_own_words():
    assert pair(Place(POOL)) == EvmPool(
        **{**pair().to_json(), "dex": "", "tokens": (WETH, TOKEN), "reserves": pair().reserves}
    )


def test_a_pool_of_other_tokens_is_none_of_its():
    strangers = [said("0x" + "1" * 40), said(WETH), *([None] * 12)]
    assert pool_in(TOKEN, Place(POOL), strangers, owner="", lockers=[]) is None
    assert pool_in(TOKEN, Place(POOL), [None] * 14, owner="", lockers=[]) is None
    assert pool_in(TOKEN, Place(POOL, "x", TOKEN), [said(1, 1)] * 7, owner="", lockers=[]) is None
    assert pool_in(TOKEN, Place(POOL, "x", WETH), [None] * 7, owner="", lockers=[]) is None


def test_a_stable_pair_says_so():
    answers = {
        "token0()": said(WETH),
        "token1()": said(TOKEN),
        "getReserves()": said(5, 5),
        "stable()": said(1),
    }
    told = [*(answers.get(each) for each in EVERYTHING), said(0), said(0), said(0)]
    assert pool_in(TOKEN, Place(POOL), told, owner="", lockers=[]).kind == STABLE


def test_a_concentrated_pool_keeps_its_price_and_liquidity():
    found = concentrated()
    assert (found.kind, found.tick, found.spacing, found.fee_share) == (CONCENTRATED, 6_000, 60, 0.003)
    assert reserve_fields(found, {TOKEN: 5 * 10**18, WETH: None}, DECIMALS) == {
        "base_reserve": 5,
        "quote_reserve": None,
    }
    assert concentrated(at=price_at(9_000)) is None, "price and tick contradict each other"
    assert concentrated(fee=777).spacing == 0


@pytest.mark.parametrize("made", [pair, concentrated])
def test_a_pool_is_the_same_after_its_way_through_a_request(made):
    assert EvmPool.from_json(made().to_json()) == made()


# Shares -----------------------------------------------------------------------------


def shares(locks=None, **changed):
    is_wallet = changed.pop("is_wallet", True)
    return share_fields(pair(**changed), locks or {}, owner=OWNER, is_wallet=is_wallet, now=NOW)


def test_what_is_burned_is_gone():
    found = shares(gone=1_000)
    assert (found["lp_burned_share"], found["lp_locked_share"], found["lp_free_share"]) == (1.0, 0.0, 0.0)
    assert shares(gone=5_000)["lp_burned_share"] == 1.0


def test_that_nothing_is_locked_is_told_by_nobody():
    assert shares(gone=100) == {"lp_burned_share": 0.1}, "the rest may lie in a locker that isn't known"


def test_a_lock_and_its_end():
    end = NOW + timedelta(days=90)
    found = shares({LOCKER: [Lock(990, end)]}, locked=990)
    assert (found["lp_locked_share"], found["lp_locked_until"]) == (0.99, end)
    assert found["lp_free_share"] == pytest.approx(0.01)
    assert shares({LOCKER: []}, locked=990)["lp_locked_until"] is None, "its end is not told"


def test_a_part_that_is_locked_leaves_the_rest_to_others():
    found = shares({LOCKER: [Lock(500, NOW + timedelta(days=90))]}, locked=500, gone=100)
    assert found == {"lp_burned_share": 0.1}


def test_a_lock_that_has_ended_holds_nothing_back():
    over = {LOCKER: [Lock(990, NOW - timedelta(days=1))]}
    assert shares(over, locked=990) == {"lp_burned_share": 0.0}


@pytest.mark.parametrize("is_wallet", [True, False, None])
def test_an_owner_who_has_most_of_it_can_pull_it(is_wallet):
    found = shares(of_owner=900, is_wallet=is_wallet)
    assert (found["lp_free_holder"], found["lp_largest_free_share"]) == (OWNER, 0.9)
    assert found["lp_free_holder_is_wallet"] is is_wallet
    assert "lp_free_holder" not in shares(of_owner=400)


def test_an_empty_pair_says_nothing_of_its_shares():
    assert shares(reserves=(0, 0), gone=1_000) == shares(shares=0) == {}


# Ticks ------------------------------------------------------------------------------


def test_the_words_and_ticks_around_the_price():
    pool = concentrated(tick=-30)
    assert bitmap_words(pool) == [-1, 0]
    bits = 1 << 255 | 1 << 253 | 1 << 252
    assert ticks_in(pool, -1, bits) == [-180, -60], "the third lies further away"
    assert bitmap_words(concentrated(fee=777)) == []


def test_the_least_liquidity_around_the_price():
    pool = concentrated(tick=6_000, liquidity=100)
    assert least_liquidity(pool, {}) == 100
    assert least_liquidity(pool, {5_940: 60, 5_880: -90, 6_060: -30}) == 40
    assert least_liquidity(pool, {6_060: -100}) == 0
    assert least_liquidity(pool, {6_060: -101}) is None


@given(tick=st.integers(-200_000, 200_000), below=st.integers(1, 150), more=st.integers(0, 10**20))
def test_a_trade_finds_at_least_the_virtual_reserves(tick, below, more):
    """Selling over the ticks gets no less than a constant product of the least liquidity would give."""
    pool = concentrated(tick=tick, liquidity=10**21, fee=100)
    nets = {tick - below: -more}  # Below it there is more.
    least = least_liquidity(pool, nets)
    assert least == 10**21
    root = int(pool.sqrt_price_x96) / X96
    ticks = np.array([tick - 5_000, tick - below, tick + 5_000], dtype=float)
    net = np.array([10**21 + more, -more, -(10**21)], dtype=float)
    ranges = Ranges.of(np.zeros(3, dtype=np.intp), 1, ticks, net)
    put_in = np.array([0.005 * least / root])
    got = sell_token0(ranges, np.array([root]), put_in, np.array([0.0])).amount_out
    assert got[0] >= amount_out(np.array([least / root]), np.array([least * root]), put_in, 0.0)[0] * (
        1 - 1e-9
    )


def test_virtual_reserves_are_those_of_the_price():
    pool = concentrated(tick=0, liquidity=10**21, at=X96)
    assert virtual_fields(pool, 10**21, DECIMALS) == {
        "virtual_base_reserve": 1_000,
        "virtual_quote_reserve": 1_000,
    }
    assert virtual_fields(pool, 10**21, {})["virtual_quote_reserve"] is None


@given(st.integers(-887_000, 887_000))
def test_a_price_lies_in_the_step_of_its_tick(tick):
    assert abs(tick_of(max(price_at(tick + 0.5), 1)) - tick) <= 1
    assert AROUND_TICKS > np.log(1 / 0.98) / np.log(1.0001) > AROUND_TICKS - 1
    assert whole(None, 5) is None
