"""Facts of one token, measured: the shortest way from rows to a figure."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from assets.metrics.facts import ONE_ROW_AN_ASSET, Facts
from assets.metrics.measure import Parts

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
POSITION_USD = 5_000.0


def facts_of_one(*, kind: str = "token", chain: str = "", **rows: Any) -> Facts:
    """Facts of asset 1. A family of one row is given as a mapping, one of many rows as a list of them."""
    frames: dict[str, list[dict[str, Any]]] = {"assets": [{"asset_id": 1, "kind": kind, "chain": chain}]}
    for name, given in rows.items():
        each_of = [given] if name in ONE_ROW_AN_ASSET else given
        frames[name] = [{"asset_id": 1, **each} for each in each_of]
    return Facts.of(now=NOW, **frames)


@cache
def part_of() -> dict[str, str]:
    """By the name of a measure the file that works it out."""
    parts = Parts(facts_of_one(), position_usd=POSITION_USD)
    return {str(name): part for part, frame in parts.items() for name in frame.columns}


class Measured:
    """The measures of one asset, by name: those that are asked for, from the files that they rest on."""

    def __init__(self, facts: Facts, *, position_usd: float = POSITION_USD) -> None:
        self.parts = Parts(facts, position_usd=position_usd)

    def __getitem__(self, asked: Any) -> Any:
        if isinstance(asked, str):
            return self.parts[part_of()[asked]][asked].iloc[0]
        return pd.Series({name: self[name] for name in asked}, dtype=np.float64)

    def __getattr__(self, name: str) -> Any:
        """Everything else that a column can: of all measures."""
        return getattr(self[part_of()], name)


def measured(
    *, kind: str = "token", chain: str = "", position_usd: float = POSITION_USD, **rows: Any
) -> Measured:
    """The measures of that asset, by name."""
    return Measured(facts_of_one(kind=kind, chain=chain, **rows), position_usd=position_usd)
