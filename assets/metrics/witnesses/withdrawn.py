"""Withdrawn accounts: figures of reports that the company itself says not to rely on."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.facts import Facts
from assets.metrics.families import STATEMENT
from assets.metrics.witnesses.witness import Doubt

ACCOUNTS: Final = tuple(name for name in STATEMENT if name.endswith("_usd"))
"""What the statements say; shares and float stand on the cover."""


def withdrawn(facts: Facts) -> Iterator[Doubt]:
    """Every figure of the accounts, now and a year ago, from the notice to the amended report.

    The list of filings does not tell which periods an 8-K with item 4.02 names, and twelve months hold parts
    of several: none of them supports an answer (Form 8-K, item 4.02).
    """
    is_withdrawn = facts.aligned("filings")["figures_withdrawn"].to_numpy(dtype=float) == 1
    if is_withdrawn.any():
        nothing = np.full(len(facts.asset_ids), np.nan)
        for frame in ("fundamentals", "fundamentals_year_ago"):
            for field in ACCOUNTS:
                yield Doubt.of_assets(facts, frame, field, is_withdrawn, nothing)
