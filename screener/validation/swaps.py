"""Swaps that happened, sold again by the exit simulator: how far off it is, and whether ever too good.

A table of swaps has the state of a pool before each one, what went in and what came out, all in the smallest
units of the contract; `kind` tells how exactly the contract's own formula gives that (docs/validation.md).
"""

import csv
import gzip
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from assets.metrics.concentrated import Ranges
from assets.metrics.selling.sale import Market
from assets.metrics.selling.steps import Steps, concentrated, constant_product

Row = Mapping[str, str]

FEE_OF_V2: Final = 0.003
"""Of every pool of SushiSwap. Source: docs.sushi.com."""
Q96: Final = 2**96
MILLION: Final = 1e6
FAR: Final = 800_000
"""Ticks beyond those that a row lists, which reach further than its swap."""
WIDE: Final = 1e3
"""No tick lies within a swap that crossed none: the price may move by this factor."""
BASIS_POINT: Final = 1e-4
FLOATS: Final = 1e-8
"""Ours are floats, the contract's are integers of up to sixty digits."""
UNSEEN: Final = 1e-6
"""Of a unit: so that a whole number that a float falls short of is not rounded down to the one below."""
EXACT: Final = ("exact", "exact_given_prices")
"""Kinds of which the contract's formula gives the outcome, but for a unit: more is not possible there."""


@dataclass(frozen=True, slots=True)
class PastSwap:
    """`possible` is what the contract's formula gives, `units` how many roundings to a unit stand in it."""

    steps: Steps
    amount_in: float
    possible: float
    units: int
    is_exact: bool

    def off(self) -> float:
        """By which share we differ; above 0 it is more than is possible. A pool pays whole units."""
        brought = Market.of(self.steps).sell(self.amount_in).proceeds_usd
        return math.floor(brought + UNSEEN) / self.possible - 1

    def rounding(self) -> float:
        """What rounding to units can make of it, as a share."""
        return self.units * (1 / self.amount_in + 1 / self.possible)


def constant_product_swap(row: Row) -> PastSwap:
    """Of a pool of x·y = k; what the trader left in it is added, as the formula gives it as well."""
    reserve_in, reserve_out = int(row["reserve_in"]), int(row["reserve_out"])
    steps = constant_product(reserve_out / reserve_in, float(reserve_out), keep_share=1 - FEE_OF_V2)
    possible = int(row["amount_out"]) + int(row["units_below_formula"])
    return PastSwap(steps, float(int(row["amount_in"])), float(possible), 1, is_exact=True)


def swap_in_a_range(row: Row) -> PastSwap:
    """Of a concentrated pool, where the liquidity stayed the same all the way."""
    price = int(row["sqrt_price_before"]) / Q96
    lower, upper = (np.array([price * each]) for each in (1 / WIDE, WIDE))
    liquidity = np.array([int(row["liquidity"])], dtype=np.float64)
    ranges = Ranges(np.zeros(1, dtype=np.intp), 1, lower, upper, liquidity)
    return _concentrated(row, ranges, price, crossed=0)


def swap_across_ticks(row: Row) -> PastSwap:
    """Of a concentrated pool, over ticks at which liquidity came and went."""
    listed = sorted(tuple(map(int, each.split(":"))) for each in row["ticks"].split())
    below = sum(added for tick, added in listed if tick <= int(row["tick_before"]))
    start = int(row["liquidity_before"]) - below  # so that it is at the start what the pool itself told
    ticks = [(-FAR, start), *listed, (FAR, -start - sum(added for _tick, added in listed))]
    tick, net = np.array(ticks, dtype=np.float64).T
    ranges = Ranges.of(np.zeros(tick.size, dtype=np.intp), 1, tick, net)
    return _concentrated(row, ranges, int(row["sqrt_price_before"]) / Q96, crossed=int(row["ticks_crossed"]))


def _concentrated(row: Row, ranges: Ranges, sqrt_price: float, *, crossed: int) -> PastSwap:
    sells_token0 = row["zero_for_one"] in ("1", "True", "true")
    steps = concentrated(
        ranges if sells_token0 else ranges.mirrored(),
        sqrt_price if sells_token0 else 1 / sqrt_price,
        keep_share=1 - int(row["fee"]) / MILLION,
    )
    fee, amount_in = int(row["fee"]), int(row["amount_in"])
    put_in = amount_in * (10**6 - fee) // 10**6  # whole units, once the fee is off
    return PastSwap(
        steps,
        put_in / (1 - fee / MILLION),
        float(int(row["amount_out"])),
        2 + 2 * crossed,
        is_exact=row["kind"] in EXACT,
    )


TABLES: Final[Mapping[str, Callable[[Row], PastSwap]]] = {
    "v2_swaps": constant_product_swap,
    "v3_in_range": swap_in_a_range,
    "v3_crossing": swap_across_ticks,
}
"""By the name of its file what a row of a table is."""


def swaps_in(folder: Path, name: str) -> Iterator[PastSwap]:
    """The swaps of one table of this folder."""
    with gzip.open(folder / f"{name}.csv.gz", "rt", newline="", encoding="utf-8") as file:
        yield from map(TABLES[name], csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class SoldAgain:
    """By which share our outcome is off, what rounding to units can make of that, and whether more than the
    outcome was possible: not where it `is_exact`."""

    off: float
    rounding: float
    is_exact: bool


def sold_again(folder: Path, name: str) -> list[SoldAgain]:
    """Every swap of a table of this folder, by the simulator."""
    return [SoldAgain(each.off(), each.rounding(), each.is_exact) for each in swaps_in(folder, name)]


def errors_of(sold: Sequence[SoldAgain]) -> dict[str, Any]:
    """How far off we are on these swaps, in basis points, and how often better than is possible."""
    off = np.abs([each.off for each in sold])
    rounding = np.array([each.rounding for each in sold])
    exact = [each for each in sold if each.is_exact]
    return {
        "swaps": len(sold),
        "within_1_bp_share": float((off <= BASIS_POINT).mean()),
        "within_rounding_share": float((off <= BASIS_POINT + rounding).mean()),
        "median_bps": float(np.median(off)) / BASIS_POINT,
        "p99_bps": float(np.quantile(off, 0.99)) / BASIS_POINT,
        "worst_bps": float(off.max()) / BASIS_POINT,
        "exact": len(exact),
        "better_than_possible": sum(each.off > FLOATS + each.rounding for each in exact),
    }
