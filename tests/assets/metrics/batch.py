"""Facts of one token, measured: the shortest way from rows to a figure."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from assets.metrics.facts import ONE_ROW_AN_ASSET, Facts
from assets.metrics.measure import measure

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
POSITION_USD = 5_000.0


def facts_of_one(*, kind: str = "token", chain: str = "", **rows: Any) -> Facts:
    """Facts of asset 1. A family of one row is given as a mapping, one of many rows as a list of them."""
    frames: dict[str, list[dict[str, Any]]] = {"assets": [{"asset_id": 1, "kind": kind, "chain": chain}]}
    for name, given in rows.items():
        each_of = [given] if name in ONE_ROW_AN_ASSET else given
        frames[name] = [{"asset_id": 1, **each} for each in each_of]
    return Facts.of(now=NOW, **frames)


def measured(
    *, kind: str = "token", chain: str = "", position_usd: float = POSITION_USD, **rows: Any
) -> "pd.Series[float]":
    """The measures of that asset, by name."""
    measured_rows = measure(facts_of_one(kind=kind, chain=chain, **rows), position_usd=position_usd)
    return measured_rows.iloc[0]
