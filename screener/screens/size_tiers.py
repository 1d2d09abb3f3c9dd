"""Size tiers: the limits of market cap between nano, micro, small, mid and large, and whose they are.

Sources disagree on them, so that the operator and each reader may have limits of their own. A scorecard keeps
the tier by the limits of its checklist, which no criterion rests on; what is shown, filtered and compared
follows the limits in use, from the figures that the card keeps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.market import LARGEST, MICRO, TIER_OF_CODE, TIER_STEPS, TIERS, Steps, tier_codes
from screener.checklist.types import phrase
from screener.screens.amounts import amount_of, written
from screener.screens.columns import TIER
from screener.screens.table import Coded, Codes, Mask, Numbers, Table

LIMITED: Final = tuple(each for each in TIERS if each != LARGEST)
"""The tiers that end at a limit, ascending; what lies above the last one is `LARGEST`."""
NEEDED: Final = LIMITED[LIMITED.index(MICRO) :]
"""Without the smallest: whoever makes no difference below micro has no nano."""
MOST_USD: Final = 1e15
LONGEST_LIMITS: Final = 120

OF_FIGURES: Final = ("market_cap_usd", "fully_diluted_usd", "public_float_usd")
"""What a tier follows from, the best first, as a card names it."""
OF_COLUMNS: Final = ("market_cap", "fdv", "public_float_usd")
"""The same as a table names it."""


class Whose(StrEnum):
    """Who has set the limits."""

    CHECKLIST = "checklist"
    OPERATOR = "operator"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLimits:
    """Those of one kind: each tier with the market cap in USD below which it lies; equal where they are.

    `profile` is the name of the profile that has set them.
    """

    steps: Steps
    whose: Whose = field(default=Whose.CHECKLIST, compare=False)
    profile: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLimits:
    """The limits of tokens and of shares."""

    token: KindLimits
    equity: KindLimits

    @property
    def by_kind(self) -> dict[str, KindLimits]:
        return {TOKEN: self.token, EQUITY: self.equity}

    @property
    def steps(self) -> dict[str, Steps]:
        return {kind: each.steps for kind, each in self.by_kind.items()}

    def with_own(self, own: Mapping[str, Steps], *, whose: Whose, profile: str = "") -> "TierLimits":
        """These, with somebody's own of the kinds of which they have set others."""
        made = {
            kind: KindLimits(steps=own[kind], whose=whose, profile=profile)
            if own.get(kind, each.steps) != each.steps
            else each
            for kind, each in self.by_kind.items()
        }
        return TierLimits(token=made[TOKEN], equity=made[EQUITY])


OF_CHECKLIST: Final = TierLimits(
    token=KindLimits(steps=TIER_STEPS[TOKEN]), equity=KindLimits(steps=TIER_STEPS[EQUITY])
)
"""Those by which cards keep a tier."""


# Reading ------------------------------------------------------------------------------


class TierLimitsError(ValueError):
    """These are no limits; `tier` is the one that is wrong, "" where they are wrong together."""

    def __init__(self, text: str, tier: str = "") -> None:
        super().__init__(f"{tier}: {text}" if tier else text)
        self.text = text
        self.tier = tier


NO_TIERS: Final = phrase("Write each tier with its limit, like micro:100m,small:2b,mid:10b.")
NO_AMOUNT: Final = phrase("Write an amount in US dollars above 0, like 50m or 2b.")
MISSING: Final = phrase("This tier needs a limit.")
NOT_RISING: Final = phrase("Each limit must be above the one before it.")


def read_limits(text: str) -> Steps:
    """`nano:50m,micro:300m,small:2b,mid:10b` as limits; `TierLimitsError` for anything else."""
    typed: dict[str, str] = {}
    for part in text[:LONGEST_LIMITS].split(","):
        name, sign, amount = (each.strip() for each in part.partition(":"))
        if not sign or name.casefold() not in LIMITED or name.casefold() in typed:
            raise TierLimitsError(NO_TIERS)
        typed[name.casefold()] = amount
    if len(text) > LONGEST_LIMITS:
        raise TierLimitsError(NO_TIERS)
    return steps_of({name: _amount(amount, name) for name, amount in typed.items()})


def _amount(text: str, tier: str) -> float:
    try:
        return amount_of(text, "usd")
    except ValueError:
        raise TierLimitsError(NO_AMOUNT, tier) from None


def steps_of(limits: Mapping[str, Any]) -> Steps:
    """Limits by tier in their order; `TierLimitsError` where one is missing, no amount, or out of order."""
    below = 0.0
    steps = []
    for tier in LIMITED:
        limit = limits.get(tier)
        if limit is None:
            if tier in NEEDED:
                raise TierLimitsError(MISSING, tier)
            continue
        is_number = isinstance(limit, int | float) and not isinstance(limit, bool)
        if not is_number or not 0 < limit <= MOST_USD:
            raise TierLimitsError(NO_AMOUNT, tier)
        if limit <= below:
            raise TierLimitsError(NOT_RISING, tier)
        below = float(limit)
        steps.append((tier, below))
    if unknown := sorted(set(limits) - set(LIMITED)):
        raise TierLimitsError(NO_TIERS, str(unknown[0])[:LONGEST_LIMITS])
    return tuple(steps)


def limits_as_typed(steps: Steps) -> str:
    """The words that `read_limits` reads back as exactly these."""
    return ",".join(f"{name}:{written(limit, 'usd')}" for name, limit in steps)


# Applying -----------------------------------------------------------------------------


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
    changed = replace(table, categories={**table.categories, TIER: made})
    if "name_ranks" in table.__dict__:
        changed.__dict__["name_ranks"] = table.name_ranks
    return changed


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
