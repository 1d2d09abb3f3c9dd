"""Auditor changes: who left whom, by the text of 8-Ks (item 4.01), and reports withdrawn (item 4.02).

A change is told in up to three filings: the leaving, the coming, and what the old auditor says of it. That a
firm was sold, or left the business, is no change that anybody chose."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, known
from assets.metrics.facts import Facts
from assets.metrics.filing_events import OPEN, of_items

ONE_CHANGE_DAYS: Final = 60.0
"""Between the end of one auditor and the choice of the next (our judgement)."""
AMENDED_WITHIN_DAYS: Final = 180.0
REPLACED_WITHIN_DAYS: Final = 365.0
"""So long a company may look for the next auditor: its yearly report needs one (our judgement)."""
ENGAGED: Final = "auditor_engaged"
RESIGNED: Final = ("auditor_resigned", "auditor_declined_reelection")
DISMISSED: Final = ("auditor_dismissed",)
FIRM_ENDED: Final = frozenset({"firm_sold", "firm_left_business"})


def measures(facts: Facts) -> pd.DataFrame:
    """`auditor_troubles_24m` are restatements and the changes that somebody chose, at least; the most there
    may have been counts those of which nobody has read, or no rule can say, what they were."""
    filings = facts.aligned("filings")
    counted, restated = (known(filings[name]) for name in ("auditor_changes_24m", "restatements_24m"))
    changes = _Changes(of_items(facts, "4.01"))
    # The list counts a late engagement as a change of its own; it may be older than what was read.
    happened = np.minimum(counted, np.maximum(counted - changes.replaced, changes.told))
    chosen_most = np.maximum(happened - changes.firm_ended, 0)
    chosen_least = np.maximum(chosen_most - changes.open, 0)
    return pd.DataFrame(
        {
            "auditor_troubles_24m": chosen_least + restated,
            "auditor_troubles_24m_most": chosen_most + restated,
            "auditor_resignations_24m": np.where(np.isnan(counted), np.nan, changes.resigned),
            "auditor_dismissals_24m": np.where(np.isnan(counted), np.nan, changes.dismissed),
            "reports_withdrawn_24m": restated,
        },
        index=facts.asset_ids,
    )


class _Changes:
    """How many changes of each asset are of each kind; filings of one change are taken together."""

    def __init__(self, events: Groups) -> None:
        order = np.lexsort((-events["days_ago"], events.owner))
        self.rows, self.owner, self.size = events.rows.iloc[order], events.owner[order], events.size
        days_ago = events["days_ago"][order]
        is_amendment = self.rows["form"].str.endswith("/A").to_numpy(np.bool_)
        within = np.where(is_amendment, AMENDED_WITHIN_DAYS, ONE_CHANGE_DAYS)
        begins = np.ones(len(order), dtype=np.bool_)
        begins[1:] = (self.owner[1:] != self.owner[:-1]) | (days_ago[:-1] - days_ago[1:] > within[1:])
        self.starts = np.flatnonzero(begins)
        is_replacement = self._are_replacements(days_ago)
        self.replaced = self._count(is_replacement)
        self.starts = self.starts[~is_replacement]
        self.told = self._count(np.ones(len(self.starts), dtype=np.bool_))
        event = self.rows["event"]
        reasons = self.rows["reasons"].str.split()
        ended = self._any(np.array([bool(FIRM_ENDED & {*each}) for each in reasons], dtype=np.bool_))
        resigned = self._any(event.isin(RESIGNED).to_numpy(np.bool_)) & ~ended
        dismissed = self._any(event.isin(DISMISSED).to_numpy(np.bool_)) & ~ended & ~resigned
        is_open = ~self._any(~event.isin([*OPEN]).to_numpy(np.bool_))
        self.firm_ended, self.resigned = self._count(ended), self._count(resigned)
        self.dismissed, self.open = self._count(dismissed), self._count(is_open)

    def _are_replacements(self, days_ago: Column) -> Mask:
        """Which ones tell only who comes, after one that told only who left: both are one change."""
        event = self.rows["event"]
        engaged, other = (self._any(each.to_numpy(np.bool_)) for each in (event == ENGAGED, event != ENGAGED))
        left = self._any(event.isin([*RESIGNED, *DISMISSED]).to_numpy(np.bool_))
        owner, began = self.owner[self.starts], days_ago[self.starts]
        is_soon = (owner[1:] == owner[:-1]) & (began[:-1] - began[1:] <= REPLACED_WITHIN_DAYS)
        found = np.zeros(len(self.starts), dtype=np.bool_)
        found[1:] = is_soon & left[:-1] & ~engaged[:-1] & ~other[1:]
        return found

    def _any(self, mask: Mask) -> Mask:
        found: Mask = np.logical_or.reduceat(mask, self.starts) if len(mask) else mask
        return found

    def _count(self, of_changes: Mask) -> Column:
        owner = self.owner[self.starts][of_changes] if len(self.starts) else self.owner
        return np.bincount(owner, minlength=self.size).astype(np.float64)
