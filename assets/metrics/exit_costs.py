"""Exit cost by size: a round trip's cost at a few sizes, and at any other by interpolation between them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column
from assets.metrics.facts import Facts
from assets.metrics.round_trips import HOPELESS_SHARE, venues_of

EXIT_SIZES_USD: Final = (*(lead * 10.0**power for power in range(2, 7) for lead in (1, 2.5, 5)), 1e7)
"""$100 to $10 M: the sizes that people name, so that most are read and not interpolated."""
DIGITS: Final = 5
"""Significant digits of a kept cost: a tenth of a basis point of 1 %."""

Costs = Sequence[npt.NDArray[np.floating]]
"""A column for each of `EXIT_SIZES_USD`, NaN where the cost is not known."""


def exit_costs(facts: Facts) -> npt.NDArray[np.float64]:
    """Share that a round trip loses, assets × sizes, by the venues and rules of the measure of one size."""
    venues = venues_of(facts)
    return _rounded(np.column_stack([venues.cost(size).share for size in EXIT_SIZES_USD]))


def cost_at(size_usd: Column | float, costs: Costs) -> Column:
    """The cost of a round trip of this size, or of a size of its own for each asset.

    Money put in over money got back, 1 / (1 − cost), is a polynomial of second degree of the size in a pool
    of x·y = k, and nearly one in a book of even depth: a parabola through the three nearest sizes is exact
    there. It is kept between its neighbours, and where one of these is not known nothing is. Below the
    smallest size it goes on as a line; above the largest the cost is known once it is hopeless there.
    """
    sizes = np.asarray(size_usd, dtype=np.float64)
    if sizes.ndim == 0:
        return _at(float(sizes), costs) if np.isfinite(sizes) else np.full(len(costs[0]), np.nan)
    result = np.full(len(sizes), np.nan)
    above = np.searchsorted(EXIT_SIZES_USD, sizes)
    for place in np.unique(above[np.isfinite(sizes)]).tolist():
        rows = np.flatnonzero((above == place) & np.isfinite(sizes))
        result[rows] = _within(sizes[rows], place, [each[rows] for each in costs])
    return result


def _at(size_usd: float, costs: Costs) -> Column:
    if size_usd in EXIT_SIZES_USD:
        return np.array(costs[EXIT_SIZES_USD.index(size_usd)], dtype=np.float64)
    above = int(np.searchsorted(EXIT_SIZES_USD, size_usd))
    return _within(size_usd, above, costs)


def _within(size_usd: Column | float, above: int, costs: Costs) -> Column:
    """For sizes between the one before `above` and that one; either may be beyond the ends."""
    last = len(EXIT_SIZES_USD) - 1
    if above > last:
        at_last = np.asarray(costs[last], dtype=np.float64)
        return np.where(at_last >= HOPELESS_SHARE, at_last, np.nan)
    is_smallest = above == 0
    first, second = (0, 1) if is_smallest else (above - 1, above)
    places = (first, second, second + 1 if second < last else first - 1)
    x0, x1, x2 = (EXIT_SIZES_USD[each] for each in places)
    c0, c1, c2 = (np.asarray(costs[each], dtype=np.float64) for each in places)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        y0, y1, y2 = (1 / (1 - each) for each in (c0, c1, c2))
        slope = (y1 - y0) / (x1 - x0)
        line = y0 + slope * (size_usd - x0)
        bend = ((y2 - y1) / (x2 - x1) - slope) / (x2 - x0)
        parabola = line + bend * (size_usd - x0) * (size_usd - x1)
        back = line if is_smallest else np.where(np.isfinite(parabola), parabola, line)
        # Where all is lost at a neighbour there is no such ratio: the cost itself goes on as a line.
        plain = c0 + (c1 - c0) / (x1 - x0) * (size_usd - x0)
        cost = np.where(np.isfinite(back), 1 - 1 / back, plain)
    low, high = (np.zeros_like(c0), c0) if is_smallest else (np.minimum(c0, c1), np.maximum(c0, c1))
    return np.where(np.isnan(c0) | np.isnan(c1), np.nan, np.clip(cost, low, high))


def _rounded(costs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """To `DIGITS` significant digits, as decimal fractions are written."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = DIGITS - 1 - np.floor(np.log10(costs))
        factor = 10.0 ** np.where(np.isfinite(places), places, 0)
        return np.round(costs * factor) / factor
