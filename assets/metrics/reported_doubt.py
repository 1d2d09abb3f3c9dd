"""Going-concern doubt: what the newest reports say of it, as long as no later report is left unread.

A report's word holds until the next one: silence of a report that nobody has read, or that no rule decides,
is neither doubt nor the absence of doubt. Doubt that is stated stays through quarterly reports that nobody
has read, since only somebody who has read one can say that it is gone.
"""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, days_until, is_among, levels
from assets.metrics.facts import Facts
from assets.metrics.filing_events import item_events

GOING_CONCERN: Final = "going_concern"
"""The subject of what a document says of it."""
GOING_CONCERN_LEVELS: Final = ("none", "alleviated", "stated")
"""In order, so that a level's number is its place: 0 no doubt, 1 doubt met by plans, 2 doubt stated."""
STATED: Final = GOING_CONCERN_LEVELS.index("stated")
DECIDED: Final = frozenset({"yes", "mitigated", "no"})

ANNUAL_ABROAD: Final = ("20-F", "40-F")
ANNUAL: Final = ("10-K", "10-KT", *ANNUAL_ABROAD)
REPORTS: Final = (*ANNUAL, "10-Q", "10-QT")

SPEAKS_FOR_DAYS: Final = 200
"""So long a report speaks for who reports each quarter: a quarter, its deadline, and a late notice."""
SPEAKS_FOR_A_YEAR_DAYS: Final = 500
"""So long one speaks for who reports once a year."""
A_DAY: Final = 1.0


def doubt_levels(facts: Facts) -> Column:
    """By asset the place in `GOING_CONCERN_LEVELS`; NaN where a later report is open, or none speaks."""
    rows = facts.aligned("filings")
    level = levels(rows["going_concern"], GOING_CONCERN_LEVELS)
    age_days = -days_until(rows["going_concern_at"], facts.now)
    reports = _reports(facts)
    form, is_open = reports.rows["form"], ~reports.rows["is_decided"].to_numpy(np.bool_)
    quarterly = reports.where(~is_open & ~is_among(form, ANNUAL_ABROAD))
    annual_open, any_open = reports.where(is_open & is_among(form, ANNUAL)), reports.where(is_open)
    is_of_quarter = np.abs(quarterly.least(quarterly["days_ago"]) - age_days) < A_DAY
    holds_days = np.where(is_of_quarter, SPEAKS_FOR_DAYS, SPEAKS_FOR_A_YEAR_DAYS)
    is_over = (age_days > holds_days) | (annual_open.least(annual_open["days_ago"]) < age_days)
    is_over |= (any_open.least(any_open["days_ago"]) < age_days) & (level != STATED)
    return np.where(is_over, np.nan, level)


def _reports(facts: Facts) -> Groups:
    """Each report that is known, once: how many days ago it was filed and whether its doubt is decided."""
    events = item_events(facts)
    mine = events[is_among(events["form"], REPORTS)]
    decides = mine["subject"].eq(GOING_CONCERN) & is_among(mine["event"], DECIDED)
    known = mine.assign(is_decided=decides).sort_values("is_decided", kind="stable")
    each: pd.DataFrame = known.drop_duplicates(["asset_id", "accession"], keep="last")
    return Groups.of(each[["asset_id", "form", "days_ago", "is_decided"]], facts.asset_ids)
