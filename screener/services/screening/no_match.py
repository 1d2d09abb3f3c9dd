"""Conditions of a screen that nothing matches: how many assets match each alone, and without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from django.utils import timezone

from screener.screens.conditions import Condition, both, parts_of
from screener.screens.evaluate import evaluate
from screener.screens.position import PositionSize
from screener.screens.sandbox import meant
from screener.screens.screen import Screen
from screener.screens.table import Mask
from screener.screens.tier_limits import TierLimits
from screener.services.desk.preferences import default_position
from screener.services.desk.watchlists import Person
from screener.services.screening.prepared import prepared
from screener.services.screening.run_screen import screen_context


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowingCondition:
    """So many assets match it `alone`, and so many match all the `others`: all of those it excludes."""

    part: Condition
    without: Condition
    alone: int
    others: int


def narrowing_conditions(
    screen: Screen, *, user: Person, position: PositionSize | None = None, tiers: TierLimits | None = None
) -> list[NarrowingCondition]:
    """Each condition of a screen that nothing matches, the costliest first, as that reader sees assets."""
    table = prepared(screen.position or position or default_position(), tiers).table
    condition = screen.condition
    context = screen_context(table, condition, user=user, now_s=timezone.now().timestamp())
    shown = evaluate(table, meant(both(), table), context)
    parts = parts_of(condition)
    masks = [evaluate(table, part, context) for part in parts]
    found = [
        NarrowingCondition(
            part=part,
            without=both(*parts[:place], *parts[place + 1 :]),
            alone=_count([shown, masks[place]]),
            others=_count([shown, *masks[:place], *masks[place + 1 :]]),
        )
        for place, part in enumerate(parts)
    ]
    return sorted(found, key=lambda each: (-each.others, each.alone))


def _count(masks: Sequence[Mask]) -> int:
    return int(np.count_nonzero(reduce(np.logical_and, masks)))
