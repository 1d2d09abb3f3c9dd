"""Recast accounts: a report of a year ago that later reports no longer tell as it did."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.facts import Facts
from assets.metrics.families import STATEMENT
from assets.metrics.witnesses.witness import Doubt

FIGURES: Final = tuple(name for name in STATEMENT if name != "period_ends_on")


def other_company(facts: Facts) -> Iterator[Doubt]:
    """Every figure of the accounts of before another company took this one's place: a shell's, as a rule.

    Its first report after the merger may still be of a period before it.
    """
    since = facts.aligned("filings")["became_another_on"]
    for frame in ("fundamentals", "fundamentals_year_ago"):
        rows = facts.aligned(frame)
        is_before = (rows["period_ends_on"] < since).to_numpy(dtype=np.bool_)
        if is_before.any():
            nothing = np.full(len(facts.asset_ids), np.nan)
            for field in FIGURES:
                yield Doubt.of_assets(facts, frame, field, is_before, nothing)


def other_basis(facts: Facts) -> Iterator[Doubt]:
    """Every figure of a year ago that is of another company, or of another extent of the same one.

    After a merger with a shell, the sale of a business or a restatement the newest report tells the year
    before otherwise than it was told then; only what is of one basis can get better or worse.
    """
    now, before = (facts.aligned(each) for each in ("fundamentals", "fundamentals_year_ago"))
    is_older = (before["period_ends_on"] < now["comparable_since"]).to_numpy(dtype=np.bool_)
    if is_older.any():
        nothing = np.full(len(facts.asset_ids), np.nan)
        for field in FIGURES:
            yield Doubt.of_assets(facts, "fundamentals_year_ago", field, is_older, nothing)
