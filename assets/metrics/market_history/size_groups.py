"""Size groups: micro-caps, small caps, and mid and large caps, by the market cap that an asset had on a day.

A group of today's micro-caps holds those that have just lost nine tenths, and its past returns would be those
of losers picked afterwards (look-ahead bias). So an asset counts in the group of its market cap of that day:
today's, carried back by its price, with the supply taken as it is now.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column
from assets.metrics.size_tiers import LARGEST, MICRO, TIER_STEPS

MICRO_CAPS: Final = "micro"
SMALL_CAPS: Final = "small"
LARGE_CAPS: Final = "large"
SIZES: Final = (MICRO_CAPS, SMALL_CAPS, LARGE_CAPS)
TIERS_OF_SIZE: Final[Mapping[str, tuple[str, ...]]] = {
    MICRO_CAPS: ("nano", MICRO),
    SMALL_CAPS: ("small",),
    LARGE_CAPS: ("mid", LARGEST),
}
"""The limits are those of `TIER_STEPS`; nano and mid are too few to be groups of their own."""
ALL_SIZES: Final = "all"
NO_SIZE: Final = -1

Matrix = npt.NDArray[np.float64]
"""(assets × days); NaN where a value is not known."""
Sizes = npt.NDArray[np.int8]
"""(assets × days): places in `SIZES`, `NO_SIZE` where the market cap is not known."""


def caps_carried_back(
    market_cap_usd: Column, price_usd: Column, log_closes: Matrix, *, has_changed_units: npt.NDArray[np.bool_]
) -> Matrix:
    """USD by asset and day: the cap of now × close of that day / price of now.

    `log_closes` are natural logarithms of USD. The close of a day cannot be held against today's price where
    neither is known, or where the unit has changed in between: there the cap is that of now.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        carried = market_cap_usd[:, np.newaxis] * np.exp(log_closes - np.log(price_usd)[:, np.newaxis])
    is_comparable = ~has_changed_units & (price_usd > 0)
    return np.where(is_comparable[:, np.newaxis], carried, market_cap_usd[:, np.newaxis])


def sizes_of_caps(caps_usd: Matrix, *, kind: str) -> Sizes:
    """The size group of each cap, by the limits of this kind's tiers."""
    limits = dict(TIER_STEPS[kind])
    place = np.searchsorted([limits[MICRO], limits["small"]], caps_usd, side="right")
    return np.where(np.isfinite(caps_usd), place, NO_SIZE).astype(np.int8)


def sizes_before(sizes: Sizes) -> Sizes:
    """The groups as they were formed on the day before: the return of a day does not choose its own group."""
    before = np.full_like(sizes, NO_SIZE)
    before[:, 1:] = sizes[:, :-1]
    return before
