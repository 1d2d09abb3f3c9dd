"""Disclosure: team, audits, channels, roadmap and code activity."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Groups, days_until, known, levels, ratio
from assets.metrics.facts import Facts

TEAM_LEVELS: Final = ("none", "pseudonymous", "named")
"""In order, so that a level's number is its place: 0 nobody is known … 2 named people."""


def measures(facts: Facts) -> pd.DataFrame:
    """Audits count where somebody lists them: an empty list is 0 audits, no list is not known."""
    rows = facts.aligned("disclosure")
    audits = Groups.of(facts.audits, facts.asset_ids)
    age = known(-days_until(audits.rows["audited_on"], facts.now))
    listed = (rows["audits_known"] == 1).to_numpy() | (audits.count() > 0)
    return pd.DataFrame(
        {
            "channels_count": known(rows["channels"]),
            "channels_linked": known(rows["channels_linked"], high=1),
            "team_level": levels(rows["team"], TEAM_LEVELS),
            "site_age_days": known(-days_until(rows["site_since"], facts.now)),
            "audit_count": np.where(listed, audits.count(), np.nan),
            "audit_age_days": audits.least(age),
            "audit_matches": audits.of_largest(-age, known(audits["matches_deployed"], high=1)),
            "roadmap_delivered_share": known(
                ratio(known(rows["roadmap_delivered"]), known(rows["roadmap_planned"])), high=1
            ),
            "commits_90d": known(rows["commits_90d"]),
            "commits_4w": known(rows["commits_4w"]),
            "paid_promotions": known(rows["paid_promotions"]),
            "promotion_age_days": known(-days_until(rows["promotion_paid_at"], facts.now)),
        },
        index=facts.asset_ids,
    )
