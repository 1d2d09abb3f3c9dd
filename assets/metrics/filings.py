"""Filing discipline: reports due, late and missing, late notices, deregistration and going-concern doubt."""

import numpy as np
import pandas as pd

from assets.metrics.columns import days_until, known
from assets.metrics.facts import Facts
from assets.metrics.reported_doubt import doubt_levels


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
            "going_concern_level": doubt_levels(facts),
        },
        index=facts.asset_ids,
    )
