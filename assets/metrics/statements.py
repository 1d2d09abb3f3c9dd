"""Accounting scores: Altman Z″, Piotroski F and Beneish M from two annual reports a year apart."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.accounts import Accounts
from assets.metrics.altman import z2_of
from assets.metrics.beneish import m_of
from assets.metrics.columns import Column
from assets.metrics.facts import Facts
from assets.metrics.piotroski import piotroski, piotroski_signals
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

COVER_DAYS: Final = 120.0
"""So long after its end a period's number of shares may have been counted: the cover of a report
tells that of the day before it is filed, and an annual report from abroad (20-F) has four months."""


def measures(facts: Facts, *, changes: UnitChanges) -> pd.DataFrame:
    now = Accounts.of(facts.fundamentals, facts.asset_ids)
    before = Accounts.of(facts.fundamentals_year_ago, facts.asset_ids)
    progress = piotroski(piotroski_signals(now, before, share_ratio=share_ratio(facts, changes)))
    reports = facts.asset_ids.isin(facts.fundamentals.index)
    return pd.DataFrame(
        {
            "altman_z2": z2_of(now),
            "piotroski_f": progress.f,
            "piotroski_known": np.where(reports, progress.known, np.nan),
            "beneish_m": m_of(now, before, sectors=facts.assets["sector"]),
            "working_capital_usd": now.working_capital_usd,
            "gross_margin_share": now.gross_margin_share,
            "return_on_assets_share": now.return_on_assets_share,
        },
        index=facts.asset_ids,
    )


def share_ratio(facts: Facts, changes: UnitChanges) -> Column:
    """Shares at the report of `fundamentals` for one at that of `fundamentals_year_ago`; 1 without a split.

    NaN where a split between has no known ratio or may lie on either side of the day of the count.
    """
    began, ended = (
        days_since_epoch(facts.aligned(each)["period_ends_on"])
        for each in ("fundamentals_year_ago", "fundamentals")
    )
    dated = ~(np.isnan(began) | np.isnan(ended))
    return np.where(dated, changes.factor(began, ended, within_days=COVER_DAYS), np.nan)
