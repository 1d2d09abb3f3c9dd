"""Free float: the part of its shares that outsiders hold, as the company's own covers say.

The cover of an annual report and that of a prospectus under the baby-shelf limit tell the shares that
non-affiliates hold (17 CFR 249.310; General Instruction I.B.6 of Form S-3), and how many are outstanding: two
counts of one document."""

from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, days_until, known, positive, ratio
from assets.metrics.facts import Facts, once
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

FLOAT: Final = "float"
HOLDS_DAYS: Final = 550.0
"""An annual report speaks until the next one, a late one included."""

NEAR_DAYS: Final = 120.0
"""Between a cover and the count of shares that it is held against."""


@once
def free_float_share(facts: Facts) -> Column:
    """What somebody told, else the newest cover's shares of non-affiliates / shares outstanding."""
    stated = known(facts.aligned("fundamentals")["public_float_share"], high=1)
    rows = facts.filing_events
    covers = Groups.of(rows[(rows["subject"] == FLOAT).to_numpy(np.bool_)], facts.asset_ids)
    days_ago = -days_until(covers.rows["filed_on"], facts.now)
    share = known(ratio(covers["shares"], _outstanding(facts, covers)), high=1)
    usable = np.where((days_ago >= 0) & (days_ago <= HOLDS_DAYS), share, np.nan)
    newest = np.where(np.isnan(usable), -np.inf, -days_ago)
    return np.where(np.isnan(stated), covers.of_largest(newest, usable), stated)


def _outstanding(facts: Facts, covers: Groups) -> Column:
    """As the cover says; a cover that tells the float alone is held against the supply, in the units of its
    day."""
    told = positive(covers["shares_outstanding"])
    changes = UnitChanges.of(facts)
    supply = positive(facts.aligned("supply")["circulating"])[covers.owner]
    counted = days_since_epoch(facts.aligned("supply")["circulating_at"])[covers.owner]
    filed = days_since_epoch(covers.rows["filed_on"])
    is_near = np.abs(counted - filed) <= NEAR_DAYS
    of_that_day = supply * changes.factor(counted, filed, owner=covers.owner)
    return np.where(np.isnan(told) & is_near, of_that_day, told)
