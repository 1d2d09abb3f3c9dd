"""Fundamentals: revenue growth, cash and runway, public float."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import ABSURD_USD, Column, growth_share, known, ratio, usd
from assets.metrics.facts import Facts
from assets.metrics.free_float import free_float_share

LONGEST_RUNWAY_MONTHS: Final = 120.0
"""Stands for "ten years or more, or it needs none": nobody's plans reach further."""


def runway_months(cash_usd: Column, operating_cash_flow_ttm_usd: Column) -> Column:
    """Months that the cash lasts at the burn of the last year: cash / (−OCF / 12).

    A company whose operations bring cash in has LONGEST_RUNWAY_MONTHS. The limits that matter
    come from ASC 205-40, viewpoint.pwc.com going concern 24.5.
    """
    burning = np.minimum(ratio(cash_usd, -operating_cash_flow_ttm_usd / 12), LONGEST_RUNWAY_MONTHS)
    return np.where(operating_cash_flow_ttm_usd >= 0, LONGEST_RUNWAY_MONTHS, burning)


def measures(facts: Facts) -> pd.DataFrame:
    rows = facts.aligned("fundamentals")
    cash_flow = known(rows["operating_cash_flow_ttm_usd"], low=-ABSURD_USD, high=ABSURD_USD)
    return pd.DataFrame(
        {
            "revenue_growth_share": growth_share(
                usd(rows["revenue_ttm_usd"]), usd(rows["revenue_prior_ttm_usd"])
            ),
            "cash_usd": usd(rows["cash_usd"]),
            "operating_cash_flow_annual_usd": cash_flow,
            "runway_months": runway_months(usd(rows["cash_usd"]), cash_flow),
            "public_float_usd": usd(rows["public_float_usd"]),
            "public_float_share": free_float_share(facts),
        },
        index=facts.asset_ids,
    )
