"""Schedules 13D and 13G: which of those that a company's list of filings names nobody has read.

Who holds more than 5 % says so in a Schedule. One that is listed and not read names a holder whom no sum of
the reports that were read has in it: that sum says nothing of what all hold together.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.capital import TWO_YEARS_DAYS
from assets.metrics.columns import Column, Groups
from assets.metrics.facts import Facts
from assets.metrics.filing_events import item_events
from assets.metrics.reports import is_of_schedule

SCHEDULE: Final = "schedule"
"""The subject under which a list of filings, or a reader, tells of one."""
OF_ANOTHER: Final = "of_another_company"
"""It is about another company: whoever files one has it in his own list as well."""
FILING: Final = ("asset_id", "accession")
SCHEDULE_FORMS: Final = ("SC 13D", "SC 13G", "SCHEDULE 13D", "SCHEDULE 13G")


def unread_schedules(facts: Facts) -> Column:
    """By asset the number of Schedules of two years that are listed and not read.

    An older one says little: its holder has reported since, or holds what he held.
    """
    events = item_events(facts)
    is_schedule = events["form"].str.removesuffix("/A").isin(SCHEDULE_FORMS).to_numpy(np.bool_)
    is_recent = ((events["days_ago"] >= 0) & (events["days_ago"] <= TWO_YEARS_DAYS)).to_numpy(np.bool_)
    known = events[is_schedule & is_recent]
    read = facts.ownership[is_of_schedule(facts.ownership)]
    of_others = known[(known["event"] == OF_ANOTHER).to_numpy(np.bool_)]
    settled = {*_filings(read), *_filings(of_others)}
    unread = known.drop_duplicates([*FILING])
    is_unread = np.array([each not in settled for each in _filings(unread)], dtype=np.bool_)
    return Groups.of(unread[is_unread], facts.asset_ids).count()


def _filings(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    return zip(*(rows[name].tolist() for name in FILING), strict=True)
