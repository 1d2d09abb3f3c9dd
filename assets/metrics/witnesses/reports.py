"""A company's report against itself and the one of a year before: parts above their total, other scales."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Mask, known, ratio
from assets.metrics.facts import Facts
from assets.metrics.families import STATEMENT
from assets.metrics.witnesses.witness import Doubt

SCALES: Final = (1e3, 1e6)
"""Amounts in thousands or in millions that are filed as if they were dollars, or the other way round."""
SLACK: Final = 8.0
"""How much a line may have grown or shrunk besides (our judgement)."""
LINE_SLACK: Final = 2.0
"""The same of revenue alone, by which a company can really grow a hundredfold (our judgement)."""
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
PARTS: Final = {
    "total_assets_usd": ("cash_usd", "current_assets_usd", "property_usd"),
    "current_assets_usd": ("receivables_usd",),
    "total_liabilities_usd": ("current_liabilities_usd", "debt_usd"),
    "revenue_ttm_usd": ("gross_profit_ttm_usd",),
}
"""What each total holds: no part is more than the whole."""
PART_FACTOR: Final = 1.01
"""Above which a part is no rounding of the whole."""
AMOUNTS: Final = tuple(name for name in STATEMENT if name.endswith("_usd"))


def other_scale(facts: Facts) -> Iterator[Doubt]:
    """Balance sheets a year apart that differ by a thousand or a million on most lines.

    Nobody knows which of the two is wrong, unless revenue says so: that of twelve months is put together
    from several reports. All figures of both are doubtful where it doesn't.
    """
    now, before = (facts.aligned(each) for each in ("fundamentals", "fundamentals_year_ago"))
    for scale in SCALES:
        for sign in (1, -1):
            is_off = _is_off(now, before, scale**sign)
            for name in AMOUNTS if is_off.any() else ():
                said = np.asarray(before[name], dtype=np.float64)
                yield Doubt.of_assets(facts, "fundamentals", name, is_off, said)
                told = np.asarray(now[name], dtype=np.float64)
                yield Doubt.of_assets(facts, "fundamentals_year_ago", name, is_off, told)


def rescaled(facts: Facts) -> Iterator[Doubt]:
    """Figures of a newest report that is of another scale than those before it.

    What it repeats of them says by how much; that all its lines are meant so is likely, no more. What later
    reports repeat of an older one settles it.
    """
    rows = facts.aligned("fundamentals")
    factor = rows["rescaled_by"].to_numpy(dtype=np.float64)
    if (factor > 0).any():
        for name in AMOUNTS:
            filed = np.asarray(rows[name], dtype=np.float64) / factor
            yield Doubt.of_assets(facts, "fundamentals", name, factor > 0, filed)


def above_its_total(facts: Facts) -> Iterator[Doubt]:
    """Parts that are more than their total; the total too, where several parts say so."""
    for frame in ("fundamentals", "fundamentals_year_ago"):
        if getattr(facts, frame).empty:
            continue
        rows = facts.aligned(frame)
        for whole, parts in PARTS.items():
            total = rows[whole].to_numpy(dtype=np.float64)
            above = {part: (rows[part] > np.abs(total) * PART_FACTOR).to_numpy() for part in parts}
            for part, is_above in above.items():
                yield Doubt.of_assets(facts, frame, part, is_above, total)
            largest = rows[[*parts]].max(axis=1).to_numpy(dtype=np.float64)
            is_wrong = sum(each.astype(int) for each in above.values()) > 1
            yield Doubt.of_assets(facts, frame, whole, np.asarray(is_wrong, dtype=np.bool_), largest)


def other_scale_of_revenue(facts: Facts) -> Iterator[Doubt]:
    """Revenue a thousand or a million times that of the year before, or so small a part of it.

    One line is filed in another scale now and then, and nobody knows in which of the two years.
    """
    for frame in ("fundamentals", "fundamentals_year_ago"):
        rows = facts.aligned(frame)
        now, before = (known(rows[name]) for name in ("revenue_ttm_usd", "revenue_prior_ttm_usd"))
        times = np.fmax(ratio(now, before), ratio(before, now))
        near = [(times >= scale / LINE_SLACK) & (times <= scale * LINE_SLACK) for scale in SCALES]
        is_off = np.asarray(np.logical_or.reduce(near), dtype=np.bool_)
        yield Doubt.of_assets(facts, frame, "revenue_ttm_usd", is_off, before)
        yield Doubt.of_assets(facts, frame, "revenue_prior_ttm_usd", is_off, now)


def _is_off(now: pd.DataFrame, before: pd.DataFrame, factor: float) -> Mask:
    """Whether most lines of the balance sheets differ by about this factor."""
    hits, lines = np.zeros(len(now)), np.zeros(len(now))
    for name in BALANCES:
        times = ratio(np.abs(now[name]), np.abs(before[name])) / factor
        lines += times > 0
        hits += (times >= 1 / SLACK) & (times <= SLACK)
    return np.asarray((hits >= FEWEST_LINES) & (hits > lines / 2), dtype=np.bool_)
