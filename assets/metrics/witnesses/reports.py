"""A company's report against the one of a year before: another scale on several lines at once."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask, ratio
from assets.metrics.facts import Facts
from assets.metrics.families import STATEMENT
from assets.metrics.witnesses.witness import Doubt

SCALES: Final = (1e3, 1e6)
"""Amounts in thousands or in millions that are filed as if they were dollars, or the other way round."""
SLACK: Final = 8.0
"""How much a line may have grown or shrunk besides (our judgement)."""
FEWEST_LINES: Final = 3
"""One line may become a thousandth; several at once do not."""
BALANCES: Final = (
    "cash_usd",
    "receivables_usd",
    "current_assets_usd",
    "property_usd",
    "total_assets_usd",
    "current_liabilities_usd",
    "debt_usd",
    "total_liabilities_usd",
    "equity_usd",
)
AMOUNTS: Final = tuple(name for name in STATEMENT if name.endswith("_usd"))


def other_scale(facts: Facts) -> Iterator[Doubt]:
    """Balance sheets a year apart that differ by a thousand or a million on most lines.

    Nobody knows which of the two is wrong, unless revenue says so: that of twelve months is put together
    from several reports. All figures of both are doubtful where it doesn't.
    """
    now, before = (
        each.reindex(facts.asset_ids) for each in (facts.fundamentals, facts.fundamentals_year_ago)
    )
    for scale in SCALES:
        for sign in (1, -1):
            is_off = _is_off(now, before, scale**sign)
            for name in AMOUNTS:
                said = np.asarray(before[name], dtype=np.float64)
                yield Doubt.of_assets(facts, "fundamentals", name, is_off, said)
                told = np.asarray(now[name], dtype=np.float64)
                yield Doubt.of_assets(facts, "fundamentals_year_ago", name, is_off, told)


def _is_off(now: pd.DataFrame, before: pd.DataFrame, factor: float) -> Mask:
    """Whether most lines of the balance sheets differ by about this factor."""
    hits, lines = np.zeros(len(now)), np.zeros(len(now))
    for name in BALANCES:
        times = ratio(np.abs(now[name]), np.abs(before[name])) / factor
        lines += times > 0
        hits += (times >= 1 / SLACK) & (times <= SLACK)
    return np.asarray((hits >= FEWEST_LINES) & (hits > lines / 2), dtype=np.bool_)
