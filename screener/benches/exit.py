"""How fast a sale over all venues of an asset is simulated, beside cutting the size into pieces.

Each asset has pools of every formula and order books with a hundred bids each, all invented; its size is
between nothing and more than they take. A simulation begins at the venues' curves and ends at what is sold in
each of them, at the price that is left, and at the most that can be sold within 5 % slippage. `baseline` is
what one would write first: a thousandth of the size at a time, wherever it brings most; without the most
within a slippage. `off_share` is by how much its proceeds are less, at most. Times are of this process alone.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final

import numpy as np

from assets.metrics.concentrated import Ranges, sqrt_price_at
from assets.metrics.selling.sale import Market, Sale
from assets.metrics.selling.steps import Steps, concentrated, constant_product, even_depth, orders

BIDS: Final = 100
RANGES: Final = 20
BOOKS: Final = 3
PIECES: Final = 1_000
COMPARED: Final = 20
"""So many of the assets are sold in pieces as well: it takes a hundred times as long."""
SLIPPAGE: Final = 0.05


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """One row for each number of assets."""
    for size in sizes:
        chance = np.random.default_rng(17)
        markets = [invented(chance) for _asset in range(size)]
        units = (10 ** chance.uniform(2, 6, size)).tolist()
        asked = list(zip(markets, units, strict=True))
        ours, ours_s = _timed(_simulate, asked)
        pieces, baseline_s = _timed(in_pieces, asked[:COMPARED])
        off = (1 - usd / sale.proceeds_usd for usd, sale in zip(pieces, ours, strict=False))
        yield {
            "assets": size,
            "steps": int(median(steps.venue.size for steps in markets)),
            "simulations_per_s": round(size / ours_s),
            "baseline_per_s": round(len(pieces) / baseline_s, 1),
            "ratio": round((baseline_s / len(pieces)) / (ours_s / size), 1),
            "off_share": round(max(off), 6),
        }


def invented(chance: np.random.Generator) -> Steps:
    """The venues of one asset, whose price is 1."""
    quotes = 10 ** chance.uniform(3, 6, 3)
    edges = sqrt_price_at(np.arange(-60 * RANGES, 1, 60))
    ranges = Ranges(
        np.zeros(RANGES, dtype=np.intp), 1, edges[:-1], edges[1:], 10 ** chance.uniform(4, 7, RANGES)
    )
    return Steps.joined(
        [
            constant_product(1.0, quotes[0], keep_share=0.997),
            constant_product(1.0, quotes[1], keep_share=0.9875, drawable_usd=quotes[1] / 2),
            concentrated(ranges, 1.0, keep_share=0.9995),
            even_depth(1.0, 0.01, quotes[2] / 10, keep_share=0.998),
            *(_book(chance) for _book_of in range(BOOKS)),
        ]
    )


def in_pieces(steps: Steps, units: float) -> float:
    """What a sale brings that is cut into pieces, each sold where the next unit brings most."""
    piece, left, sold = units / PIECES, units, np.zeros(steps.venue.size)
    while left > 0 and (sold < steps.units).any():
        price = np.where(steps.is_order, steps.top_usd, steps.price_after(sold))
        best = int(np.argmax(np.where(sold < steps.units, price, -1)))
        taken = min(piece, left, float(steps.units[best] - sold[best]))
        sold[best], left = sold[best] + taken, left - taken
    return float(steps.worth_usd(sold).sum())


def _book(chance: np.random.Generator) -> Steps:
    below = np.cumsum(chance.exponential(0.001, BIDS))
    return orders(1 - below, 10 ** chance.uniform(0, 4, BIDS), keep_share=0.998)


def _simulate(steps: Steps, units: float) -> Sale:
    market = Market.of(steps)
    market.most_within(SLIPPAGE, market.best_usd)
    return market.sell(units)


def _timed(
    work: Callable[[Steps, float], Any], asked: Sequence[tuple[Steps, float]]
) -> tuple[Sequence[Any], float]:
    begun = time.process_time()
    found = [work(*each) for each in asked]
    return found, time.process_time() - begun
