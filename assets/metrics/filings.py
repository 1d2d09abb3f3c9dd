"""Filing discipline: reports due, late and missing, late notices, deregistration and going-concern doubt."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import days_until, known, levels
from assets.metrics.facts import Facts

GOING_CONCERN_LEVELS: Final = ("none", "alleviated", "stated")
"""In order, so that a level's number is its place: 0 no doubt, 1 doubt met by plans, 2 doubt stated."""


def measures(facts: Facts) -> pd.DataFrame:
    """Late and missing are not known where nothing was due: who owed no report did not file on time."""
    rows = facts.aligned("filings")
    due = known(rows["filings_due_24m"])
    late, missing = (
        np.where(due == 0, np.nan, known(rows[name])) for name in ("filings_late_24m", "filings_missing_24m")
    )
    return pd.DataFrame(
        {
            "filings_due_24m": due,
            "filings_late_24m": late,
            "filings_missing_24m": missing,
            "grace_met_24m": known(rows["grace_met_24m"]),
            "grace_missed_24m": known(rows["grace_missed_24m"]),
            "deregistered": known(rows["deregistered"]),
            "last_filed_days": known(-days_until(rows["last_filed_on"], facts.now)),
            "going_concern_level": levels(rows["going_concern"], GOING_CONCERN_LEVELS),
        },
        index=facts.asset_ids,
    )
