"""Swaps that happened: what the formulas of pools give against what traders got.

Reads the recorded swaps beside the checkout; skipped by name without them. Their reserves, prices and ticks
are those of the contract before the swap, in its smallest units.
"""

import csv
import gzip
from functools import cache

import numpy as np
import pytest

from assets.metrics.concentrated import Ranges, sell_token0, sell_token1
from assets.metrics.constant_product import amount_out
from tests.end_to_end.installation import REPLAY

ORACLE = REPLAY.parents[1] / "data" / "exit_oracle"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ORACLE.exists(), reason="the recorded swaps are not beside the checkout"),
]

V2_FEE = 0.003
ONE_IN_A_BILLION = 1e-9
BASIS_POINT = 1e-4
PART_IN_A_MILLION = 1e-6
Q96 = 2**96


@cache
def swaps(name):
    with gzip.open(ORACLE / f"{name}.csv.gz", "rt", newline="") as file:
        return list(csv.DictReader(file))


def column(rows, name, *, scale=1):
    """Integers of up to 60 digits, as the nearest floats."""
    return np.array([int(row[name]) / scale for row in rows], dtype=float)


def off_by(found, expected):
    return np.abs(found / expected - 1)


def test_constant_product_to_the_unit_or_a_billionth():
    rows = swaps("v2_swaps")
    assert len(rows) > 10_000
    found = amount_out(*(column(rows, name) for name in ("reserve_in", "reserve_out", "amount_in")), V2_FEE)
    expected = column(rows, "amount_out") + column(rows, "units_below_formula")
    is_near = (np.abs(found - expected) <= 1) | (off_by(found, expected) <= ONE_IN_A_BILLION)
    assert is_near.all()


def rounding(rows):
    """Contracts round to a unit of what comes in and of what goes out, once for each range; we do not."""
    steps = np.array([2 + 2 * int(row.get("ticks_crossed") or 0) for row in rows])
    return steps * (1 / column(rows, "amount_in") + 1 / column(rows, "amount_out"))


def sold(ranges, rows, sqrt_price):
    """What each swap gets by its direction."""
    fee, amount = column(rows, "fee", scale=1e6), column(rows, "amount_in")
    is_token0 = np.array([row["zero_for_one"] in ("1", "True", "true") for row in rows])
    falling, rising = (sell(ranges, sqrt_price, amount, fee) for sell in (sell_token0, sell_token1))
    return (
        np.where(is_token0, falling.amount_out, rising.amount_out),
        np.where(is_token0, falling.sqrt_price, rising.sqrt_price),
    )


def test_concentrated_within_one_range_to_a_basis_point():
    rows = swaps("v3_in_range")
    liquidity, price = column(rows, "liquidity"), column(rows, "sqrt_price_before", scale=Q96)
    pool = np.arange(len(rows), dtype=np.intp)
    wide = Ranges(pool, len(rows), price / 1e3, price * 1e3, liquidity)
    found, _after = sold(wide, rows, price)
    expected = column(rows, "amount_out")
    assert (off_by(found, expected) <= BASIS_POINT + rounding(rows)).all()


FAR = 800_000
"""Ticks beyond those that a row lists: what it lists reaches further than its swap."""


def ticks_of(row):
    """Each listed tick and what it adds, so that the liquidity at the start is what the pool itself told."""
    listed = sorted(tuple(map(int, each.split(":"))) for each in row["ticks"].split())
    below = sum(added for tick, added in listed if tick <= int(row["tick_before"]))
    from_below = int(row["liquidity_before"]) - below
    return [(-FAR, from_below), *listed, (FAR, -from_below - sum(added for _tick, added in listed))]


def test_concentrated_across_ticks_to_a_part_in_a_million():
    """But for swaps that took all there was: what came in is what the pool took, not what was offered."""
    rows = [row for row in swaps("v3_crossing") if int(row["liquidity_after"])]
    listed = [(place, *each) for place, row in enumerate(rows) for each in ticks_of(row)]
    pool, tick, net = (np.array(each, dtype=float) for each in zip(*listed, strict=True))
    ranges = Ranges.of(pool.astype(np.intp), len(rows), tick, net)
    found, after = sold(ranges, rows, column(rows, "sqrt_price_before", scale=Q96))
    expected = column(rows, "amount_out")
    assert len(rows) > 1_400
    assert (off_by(found, expected) <= PART_IN_A_MILLION + rounding(rows)).all()
    at_end = column(rows, "sqrt_price_after", scale=Q96)
    assert (off_by(after, at_end) <= PART_IN_A_MILLION + rounding(rows)).all()
