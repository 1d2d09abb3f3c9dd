import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.concentrated import (
    Ranges,
    amounts,
    sell_token0,
    sell_token1,
    sqrt_price_at,
    tick_at,
)

TICKS = st.integers(-200_000, 200_000)
LIQUIDITY = st.floats(1, 1e24)
POSITIONS = st.lists(
    st.tuples(st.integers(-60, 59), st.integers(1, 60), st.floats(1e3, 1e9)), min_size=1, max_size=6
).map(lambda ranges: [(60 * low, 60 * (low + wide), liquidity) for low, wide, liquidity in ranges])
"""Positions as (lower tick, upper tick, liquidity), on ticks 60 apart."""
FEES = st.sampled_from([0.0, 0.0005, 0.003, 0.01])


def ranges_of(*pools):
    """The ranges of pools, each one a list of positions."""
    rows = []
    for pool, positions in enumerate(pools):
        net = {}
        for lower, upper, liquidity in positions:
            net[lower] = net.get(lower, 0) + liquidity
            net[upper] = net.get(upper, 0) - liquidity
        rows += [(pool, tick, net[tick]) for tick in sorted(net)]
    pool, tick, liquidity_net = np.array(rows, dtype=float).reshape(-1, 3).T
    return Ranges.of(pool.astype(np.intp), len(pools), tick, liquidity_net)


def column(*values):
    return np.array(values, dtype=float)


def held(positions, sqrt_price):
    """What all positions hold at this price, as (token0, token1)."""
    found = [
        amounts(liquidity, sqrt_price, sqrt_price_at(lower), sqrt_price_at(upper))
        for lower, upper, liquidity in positions
    ]
    return sum(float(x) for x, _y in found), sum(float(y) for _x, y in found)


def stepping(positions, sqrt_price, amount_in, *, sells_token0):
    """Tick by tick, as the contract goes, to 50 digits: (amount out, √P), or None where the pool runs dry."""
    with localcontext(prec=50):
        roots = {tick: Decimal(float(sqrt_price_at(tick))) for each in positions for tick in each[:2]}
        bounds = [(roots[lower], roots[upper], Decimal(each)) for lower, upper, each in positions]
        edges = set(roots.values())
        out, left, root = Decimal(0), Decimal(amount_in), Decimal(sqrt_price)
        while left > 0:
            further = [edge for edge in edges if (edge < root if sells_token0 else edge > root)]
            if not further:
                return None
            edge = max(further) if sells_token0 else min(further)
            middle = (root + edge) / 2
            liquidity = sum(each for lower, upper, each in bounds if lower < middle < upper)
            needed = liquidity * (1 / edge - 1 / root if sells_token0 else edge - root)
            if left >= needed:
                goal = edge
            else:
                goal = 1 / (1 / root + left / liquidity) if sells_token0 else root + left / liquidity
            out += liquidity * (root - goal if sells_token0 else 1 / root - 1 / goal)
            left, root = left - min(needed, left), goal
        return float(out), float(root)


def test_price_of_a_tick():
    """p(i) = 1.0001^i, equation 6.1."""
    assert sqrt_price_at([0, 1, -1, 85_176]) ** 2 == pytest.approx(
        [1, 1.0001, 1 / 1.0001, 1.0001**85_176], rel=1e-9
    )
    assert tick_at(math.sqrt(5_000)) == 85_176


@given(tick=st.integers(-887_272, 887_272))
def test_a_tick_is_found_again_by_its_price(tick):
    assert tick_at(sqrt_price_at(tick)) == tick
    assert tick_at(sqrt_price_at(tick + 0.5)) == tick


@given(liquidity=LIQUIDITY, lower=TICKS, wide=st.integers(1, 50_000), at=st.floats(0, 1))
def test_the_invariant_of_the_whitepaper(liquidity, lower, wide, at):
    """(x + L/√P_u)(y + L√P_l) = L², equation 2.2, wherever the price is in the range."""
    low, high = sqrt_price_at([lower, lower + wide])
    x, y = amounts(liquidity, low + at * (high - low), low, high)
    assert (x + liquidity / high) * (y + liquidity * low) == pytest.approx(liquidity**2, rel=1e-9)


@pytest.mark.parametrize(("price", "holds0", "holds1"), [(0.5, True, False), (3, False, True)])
def test_out_of_its_range_a_position_holds_one_token(price, holds0, holds1):
    x, y = amounts(1_000, math.sqrt(price), 1.0, math.sqrt(2))
    assert (x > 0, y > 0) == (holds0, holds1)
    at_the_edge = amounts(1_000, 1.0 if holds0 else math.sqrt(2), 1.0, math.sqrt(2))
    assert (x, y) == at_the_edge


def test_a_range_without_end_is_a_constant_product():
    """With P from 0 to ∞: x = L/√P and y = L√P, so that xy = L²."""
    x, y = amounts(1_000.0, 3.0, 1e-30, 1e30)
    assert (x, y) == pytest.approx((1_000 / 3, 3_000))


ETHER = [(84_222, 86_129, 1517.882343751509868544)]
"""The pool of the worked example at uniswapv3book.com/milestone_1: 1 ETH = 5,000 USDC."""


def test_the_worked_example_of_buying_ether():
    """uniswapv3book.com/milestone_1/first-swap.html: 42 USDC give 0.00839671 ETH at 5,003.9139."""
    swap = sell_token1(ranges_of(ETHER), column(math.sqrt(5_000)), column(42), column(0))
    assert swap.amount_out == pytest.approx([0.008396714242162444], rel=1e-9)
    assert swap.sqrt_price**2 == pytest.approx([5003.913912782393], rel=1e-9)


def test_the_worked_example_of_selling_ether():
    """uniswapv3book.com/milestone_2/output-amount-calculation.html: 0.01337 ETH give 66.808 USDC."""
    swap = sell_token0(ranges_of(ETHER), column(math.sqrt(5_000)), column(0.01337), column(0))
    assert swap.amount_out == pytest.approx([66.80838889019013], rel=1e-9)
    assert swap.sqrt_price**2 == pytest.approx([4993.777388290041], rel=1e-9)


@pytest.mark.parametrize("sells_token0", [True, False])
@given(positions=POSITIONS, at=st.floats(-3_000, 3_000), amount=st.floats(1, 1e8), fee=FEES)
def test_equals_stepping_from_tick_to_tick(sells_token0, positions, at, amount, fee):
    root = float(sqrt_price_at(at))
    sell = sell_token0 if sells_token0 else sell_token1
    swap = sell(ranges_of(positions), column(root), column(amount), column(fee))
    stepped = stepping(positions, root, amount * (1 - fee), sells_token0=sells_token0)
    if stepped is None:
        assert np.isnan(swap.amount_out).all()
        assert np.isnan(swap.sqrt_price).all()
    else:
        assert swap.amount_out == pytest.approx([stepped[0]], rel=1e-9)
        assert swap.sqrt_price == pytest.approx([stepped[1]], rel=1e-9)


@given(positions=POSITIONS, at=st.floats(-3_000, 3_000), amount=st.floats(1, 1e7))
def test_what_goes_in_and_out_is_what_the_pool_holds_more_and_less(positions, at, amount):
    root = float(sqrt_price_at(at))
    swap = sell_token0(ranges_of(positions), column(root), column(amount), column(0))
    if not np.isnan(swap.amount_out[0]):
        before, after = held(positions, root), held(positions, swap.sqrt_price[0])
        scale = max(*before, *after)
        assert after[0] - before[0] == pytest.approx(amount, abs=1e-9 * scale)
        assert before[1] - after[1] == pytest.approx(swap.amount_out[0], abs=1e-9 * scale)


@given(positions=POSITIONS, at=st.floats(-3_000, 3_000), amount=st.floats(1, 1e6), fee=FEES)
def test_there_and_back_again_wins_nothing(positions, at, amount, fee):
    ranges, root = ranges_of(positions), column(sqrt_price_at(at))
    there = sell_token0(ranges, root, column(amount), column(fee))
    back = sell_token1(ranges, there.sqrt_price, there.amount_out, column(fee))
    if not np.isnan(back.amount_out[0]):
        assert back.amount_out[0] <= amount * (1 - fee) * (1 + 1e-6)
        assert fee > 0 or back.amount_out == pytest.approx([amount], rel=1e-6)


@given(positions=POSITIONS, at=st.floats(-3_000, 3_000), amount=st.floats(1, 1e6), part=st.floats(0.05, 0.95))
def test_two_swaps_give_what_one_gives(positions, at, amount, part):
    ranges, root, fee = ranges_of(positions), column(sqrt_price_at(at)), column(0.003)
    one = sell_token0(ranges, root, column(amount), fee)
    first = sell_token0(ranges, root, column(part * amount), fee)
    second = sell_token0(ranges, first.sqrt_price, column((1 - part) * amount), fee)
    if not np.isnan(one.amount_out[0]):
        assert first.amount_out + second.amount_out == pytest.approx(one.amount_out, rel=1e-6)
        assert second.sqrt_price == pytest.approx(one.sqrt_price, rel=1e-9)


def test_a_batch_of_pools_of_all_sizes():
    """One holds 10²⁰ times as much as another, one is empty, one runs dry; each is as if alone."""
    tiny, huge = [(-600, 600, 1.0), (0, 60, 2.0)], [(-1_200, 1_200, 1e20)]
    pools = [huge, tiny, [(0, 60, 0.0)], huge, tiny]
    roots, sizes, fees = np.ones(5), column(1e15, 1e-3, 1, 1e15, 1e6), np.full(5, 0.003)
    together = sell_token0(ranges_of(*pools), roots, sizes, fees)
    for at, pool in enumerate(pools):
        alone = sell_token0(ranges_of(pool), roots[:1], sizes[at : at + 1], fees[:1])
        assert together.amount_out[at] == pytest.approx(alone.amount_out[0], rel=1e-12, nan_ok=True)
    assert np.isnan(together.amount_out).tolist() == [False, False, True, False, True]


def test_a_swap_passes_where_nobody_offers_anything():
    apart = [(-600, -300, 1e6), (0, 60, 1e6)]
    swap = sell_token0(ranges_of(apart), column(1), column(5_000), column(0))
    assert float(sqrt_price_at(-600)) < swap.sqrt_price[0] < float(sqrt_price_at(-300))
    assert swap.amount_out == pytest.approx([stepping(apart, 1.0, 5_000, sells_token0=True)[0]])


@pytest.mark.parametrize("amount", [0, -1, np.nan])
@pytest.mark.parametrize("sell", [sell_token0, sell_token1])
def test_an_amount_that_is_none_gets_nothing(sell, amount):
    swap = sell(ranges_of([(-60, 60, 1e6)]), column(1), column(amount), column(0))
    assert np.isnan(swap.amount_out).all()


@pytest.mark.parametrize("sell", [sell_token0, sell_token1])
def test_a_price_or_fee_that_is_not_known_spoils_no_other_pool(sell):
    swap = sell(ranges_of(*[[(-60, 60, 1e6)]] * 3), column(1, np.nan, 1), np.ones(3), column(0, 0, np.nan))
    assert np.isnan(swap.amount_out).tolist() == [False, True, True]


def test_no_pools():
    ranges = Ranges.of(np.array([], dtype=np.intp), 0, column(), column())
    assert sell_token0(ranges, column(), column(), column()).amount_out.size == 0
    assert sell_token1(ranges, column(), column(), column()).amount_out.size == 0
