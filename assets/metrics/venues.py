"""Trading venue: market tier of a share, and warnings about it."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import levels
from assets.metrics.facts import Facts

TIERS: Final = (
    "exchange",
    "otcqx",
    "otcqb",
    "otcid",
    "pink_limited",
    "expert",
    "grey",
    "caveat_emptor",
)
"""The tiers, from the most demanding to a warning.

Source: the tiers of OTC Markets since July 2025, fkbrlegal.com/blog-2.
"""

OTC_VENUES: Final = ("OTC", "OTCQX", "OTCQB", "OTCID", "Pink Limited", "Expert Market", "Grey Market")
"""How providers write that a share is traded over the counter."""

WARNINGS: Final = ("suspended_24m", "enforcement_24m", "paid_promotion")


def measures(facts: Facts) -> pd.DataFrame:
    """One warning settles it; that there is none must be known of all."""
    rows = facts.aligned("venues")
    flags = rows[[*WARNINGS]].to_numpy(dtype=float)
    warned = np.nansum(flags, axis=1)
    return pd.DataFrame(
        {
            "venue_level": levels(rows["tier"], TIERS),
            "venue_warnings_count": np.where((warned > 0) | ~np.isnan(flags).any(axis=1), warned, np.nan),
            "on_threshold_list": rows["threshold_list"].to_numpy(dtype=float),
        },
        index=facts.asset_ids,
    )
