"""Accounting scores: Altman Z″, Piotroski F and Beneish M from two annual reports a year apart."""

import numpy as np
import pandas as pd

from assets.metrics.accounts import Accounts
from assets.metrics.altman import z2_of
from assets.metrics.beneish import m_of
from assets.metrics.facts import Facts
from assets.metrics.piotroski import piotroski, piotroski_signals
from assets.metrics.splits import share_ratio


def measures(facts: Facts) -> pd.DataFrame:
    now = Accounts.of(facts.fundamentals, facts.asset_ids)
    before = Accounts.of(facts.fundamentals_year_ago, facts.asset_ids)
    progress = piotroski(piotroski_signals(now, before, share_ratio=share_ratio(facts)))
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
