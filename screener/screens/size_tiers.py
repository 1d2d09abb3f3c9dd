"""Size tiers in use: the tier of each asset by a reader's limits, from the figures that cards keep.

A scorecard keeps the tier by the limits of its checklist, which no criterion rests on; what is shown,
filtered and compared follows the limits in use.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from assets.metrics.market import tier_codes
from assets.metrics.size_tiers import TIER_OF_CODE
from screener.screens.columns import TIER
from screener.screens.table import Coded, Codes, Mask, Numbers, Table
from screener.screens.tier_limits import OF_CHECKLIST, TierLimits

OF_FIGURES: Final = ("market_cap_usd", "fully_diluted_usd", "public_float_usd")
"""What a tier follows from, the best first, as a card names it."""
OF_COLUMNS: Final = ("market_cap", "fdv", "public_float_usd")
"""The same as a table names it."""


def tier_of(figures: Mapping[str, float], *, kind: str, judged: str, limits: TierLimits) -> str:
    """The tier of one asset by the figures of its card, which keeps the tier `judged`."""
    if limits == OF_CHECKLIST:
        return judged
    known = [np.array([figures.get(name, np.nan)]) for name in OF_FIGURES]
    of_kind = {each: np.array([each == kind]) for each in limits.steps}
    return TIER_OF_CODE[_codes(of_kind, np.array([judged == ""]), known, limits)[0]]


def under_tiers(table: Table, limits: TierLimits) -> Table:
    """The same assets, each in its tier by these limits; `table` has them by the checklist's."""
    if limits == OF_CHECKLIST:
        return table
    kinds = table.categories["kind"]
    of_kind = {
        each: kinds.codes == (kinds.labels.index(each) if each in kinds.labels else -1)
        for each in limits.steps
    }
    known = [table.numbers[key] for key in OF_COLUMNS]
    made = _coded(_codes(of_kind, table.categories[TIER].missing, known, limits))
    return table.with_values(categories={**table.categories, TIER: made})


def _codes(
    of_kind: Mapping[str, Mask], is_unknown: Mask, known: Sequence[Numbers], limits: TierLimits
) -> Codes:
    """A public float counts where the card let it count: of one whose price and number of shares contradict
    each other nobody knows the size, and the card has no tier."""
    cap, diluted, public_float = known
    public_float = np.where(is_unknown, np.nan, public_float)
    return tier_codes(of_kind, cap, diluted, public_float, steps=limits.steps)


def _coded(codes: Codes) -> Coded:
    """With the labels that occur alone, in the order of the alphabet, as every column of texts has them."""
    used = [TIER_OF_CODE[code] for code in np.flatnonzero(np.bincount(codes, minlength=len(TIER_OF_CODE)))]
    labels = tuple(sorted(used))
    places = [labels.index(each) if each in labels else 0 for each in TIER_OF_CODE]
    return Coded(np.array(places, dtype=np.int32)[codes], labels)
