"""Token supply: circulating, total and maximum, and inflation."""

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, growth_share, positive, ratio
from assets.metrics.facts import Facts, once
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

CONFLICT_TOLERANCE = 0.001
"""Providers round supplies: a circulating supply may exceed the total by this share before it is a fault."""


def float_share(circulating: Column, total: Column, maximum: Column) -> Column:
    """Circulating / max supply, or / total where there is no max; equal to market cap / FDV.

    Source: coingecko.com/learn/low-float-crypto (the MC/FDV ratio of low-float tokens).
    """
    return ratio(circulating, np.where(np.isnan(maximum), total, maximum))


def supply_conflict(circulating: Column, total: Column, maximum: Column) -> Column:
    """1 where more circulates than exists, 0 where it does not, NaN where there is nothing to compare."""
    limit = np.fmin(total, maximum) * (1 + CONFLICT_TOLERANCE)
    comparable = ~(np.isnan(circulating) | np.isnan(limit))
    return np.where(comparable, (circulating > limit).astype(float), np.nan)


@once
def measures(facts: Facts) -> pd.DataFrame:
    """All in the units of today. `emission_12m_share` is a token's emission and a share's dilution."""
    supply, changes = facts.aligned("supply"), UnitChanges.of(facts)
    circulating, total, maximum, year_ago = (
        positive(supply[name]) * changes.factor(days_since_epoch(supply[f"{name}_at"]))
        for name in ("circulating", "total", "maximum", "circulating_year_ago")
    )
    return pd.DataFrame(
        {
            "circulating_supply": circulating,
            "total_supply": total,
            "max_supply": maximum,
            "float_share": facts.unless_questioned("float_share", float_share(circulating, total, maximum)),
            "emission_12m_share": growth_share(circulating, year_ago),
            "supply_conflict": supply_conflict(circulating, total, maximum),
        },
        index=facts.asset_ids,
    )
