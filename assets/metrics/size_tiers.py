"""Size tiers: the names of the sizes of assets, and the market caps between them.

Plain values: settings read them, before anything that computes is loaded.
"""

from collections.abc import Mapping
from typing import Final

from assets.metrics.families import EQUITY, TOKEN

Steps = tuple[tuple[str, float], ...]
"""(tier, the market cap in USD below which it lies), ascending; above the last one is `LARGEST`."""

MICRO: Final = "micro"
LARGEST: Final = "large"
UPPER_STEPS: Final[Steps] = (("small", 2e9), ("mid", 10e9))
TIER_STEPS: Final[Mapping[str, Steps]] = {
    # sec.gov/about/reports-publications/investorpubsmicrocapstock: micro < $250–300 M, nano < $50 M
    EQUITY: (("nano", 50e6), (MICRO, 300e6), *UPPER_STEPS),
    # Our judgement: most tokens are small, so that micro begins lower and there is no nano.
    TOKEN: ((MICRO, 100e6), *UPPER_STEPS),
}
TIERS: Final = ("nano", MICRO, "small", "mid", LARGEST)
TIER_OF_CODE: Final = ("", *TIERS)
"""The first is not known."""
