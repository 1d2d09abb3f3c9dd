"""Limits of the size tiers: market caps between nano, micro, small, mid and large, and whose they are.

Sources disagree on them, so that the operator and each reader may have limits of their own. Plain values:
settings read them, before anything that computes is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.family import gettext_noop as phrase
from assets.metrics.size_tiers import LARGEST, MICRO, TIER_STEPS, TIERS, Steps
from screener.screens.amounts import amount_of, written

LIMITED: Final = tuple(each for each in TIERS if each != LARGEST)
"""The tiers that end at a limit, ascending; what lies above the last one is `LARGEST`."""
NEEDED: Final = LIMITED[LIMITED.index(MICRO) :]
"""Without the smallest: whoever makes no difference below micro has no nano."""
MOST_USD: Final = 1e15
LONGEST_LIMITS: Final = 120


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
