"""Swaps sold again: the contract's own integers for pools that are easy to work out."""

import csv
import gzip

import pytest

from screener.validation.swaps import (
    constant_product_swap,
    errors_of,
    sold_again,
    swap_across_ticks,
    swap_in_a_range,
    swaps_in,
)

Q96 = 2**96


def of_v2(amount_in, *, reserve_in=10**18, reserve_out=2 * 10**18, below=0):
    put_in = amount_in * 997
    possible = put_in * reserve_out // (reserve_in * 1000 + put_in)
    row = {
        "reserve_in": reserve_in,
        "reserve_out": reserve_out,
        "amount_in": amount_in,
        "amount_out": possible - below,
        "units_below_formula": below,
    }
    return {name: str(value) for name, value in row.items()}


def of_v3(*, liquidity=10**20, amount_in=10**18, zero_for_one=1, fee=3000, **more):
    """At a price of 1, within a range: in either direction out = L·in / (L + in)."""
    put_in = amount_in * (10**6 - fee) // 10**6
    row = {
        "fee": fee,
        "zero_for_one": zero_for_one,
        "liquidity": liquidity,
        "sqrt_price_before": Q96,
        "amount_in": amount_in,
        "amount_out": liquidity * put_in // (liquidity + put_in),
        "kind": "exact",
        **more,
    }
    return {name: str(value) for name, value in row.items()}


@pytest.mark.parametrize("amount_in", [1_000, 10**15, 10**20])
def test_a_constant_product_gives_what_the_formula_does(amount_in):
    found = constant_product_swap(of_v2(amount_in))
    assert found.off() == pytest.approx(0, abs=found.rounding() + 1e-12)


def test_what_a_trader_left_in_the_pool_was_possible():
    assert constant_product_swap(of_v2(10**12, below=777)).off() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("zero_for_one", [0, 1])
@pytest.mark.parametrize("amount_in", [35, 10**18, 10**20])
def test_a_range_gives_what_the_formula_does(zero_for_one, amount_in):
    found = swap_in_a_range(of_v3(zero_for_one=zero_for_one, amount_in=amount_in))
    assert found.off() == pytest.approx(0, abs=found.rounding() + 1e-12)


def test_liquidity_that_leaves_at_a_tick_is_missing_beyond_it():
    row = of_v3(
        amount_in=5 * 10**18, liquidity_before=10**20, tick_before=0, ticks_crossed=1, ticks=f"-600:{10**20}"
    )
    beyond = {**row, "ticks": f"-600:{9 * 10**19}", "amount_out": row["amount_out"]}
    assert swap_across_ticks(beyond).off() < -0.001
    within = {**row, "amount_in": str(10**18), "amount_out": of_v3()["amount_out"]}
    assert swap_across_ticks(within).off() == pytest.approx(0, abs=1e-9)


def test_errors_count_what_is_off_and_what_is_too_good(tmp_path):
    poor = of_v2(10**12)
    rows = [poor, {**poor, "amount_out": str(int(poor["amount_out"]) * 999 // 1000)}]
    with gzip.open(tmp_path / "v2_swaps.csv.gz", "wt", newline="") as file:
        writer = csv.DictWriter(file, poor)
        writer.writeheader()
        writer.writerows(rows)
    errors = errors_of(sold_again(tmp_path, "v2_swaps"))
    assert (errors["swaps"], errors["exact"], errors["better_than_possible"]) == (2, 2, 1)
    assert len([*swaps_in(tmp_path, "v2_swaps")]) == 2
    assert errors["within_1_bp_share"] == errors["within_rounding_share"] == 0.5
    assert errors["worst_bps"] == pytest.approx(10, rel=0.01)
