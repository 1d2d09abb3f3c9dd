"""Aged answers: what would be answered otherwise if nobody knew the fields that are too old."""

import pandas as pd

from assets.metrics.aged import without_aged
from assets.metrics.facts import Facts
from assets.metrics.measure import measure


def unaged_measures(facts: Facts, measures: pd.DataFrame, *, position_usd: float) -> pd.DataFrame:
    """The measures of the assets with aged fields (`metrics.aged`) as if nobody knew these."""
    if facts.aged.empty:
        return measures.iloc[:0]
    return measure(without_aged(facts), position_usd=position_usd)
