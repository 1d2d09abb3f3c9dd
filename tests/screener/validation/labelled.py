"""A small labelled table in which thin pools die, its mapping, and a checklist of two questions for it."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from assets.metrics.families import MARKET, POOLS
from screener.checklist import Dimension
from screener.checklist.bands import AtLeast
from screener.checklist.types import criterion
from screener.validation.mapping import TableMapping, mapping_of

MAPPING: dict[str, Any] = {
    "name": "pools",
    "kind": "token",
    "now": datetime(2022, 1, 31, tzinfo=UTC),
    "limits": ["Made up."],
    "size": "reserve",
    "label": {"column": "outcome", "bad": "dead"},
    "facts": {
        "pools": [
            {
                "pool_type": "'constant_product'",
                "reserve_usd": "reserve",
                "buys_24h": "trades",
                "sells_24h": "0 * trades",
            }
        ]
    },
}


def table(rows: int = 400) -> pd.DataFrame:
    chance = np.random.default_rng(7)
    reserve = 10 ** chance.uniform(2, 7, rows)
    trades = np.floor(10 ** chance.uniform(0, 3, rows))
    risk = 1 / (1 + np.exp(1.5 * (np.log10(reserve) - 4.5) + np.log10(trades) - 1.5))
    outcome = np.where(chance.random(rows) < risk, "dead", "alive").astype(object)
    return pd.DataFrame({"reserve": reserve, "trades": trades, "outcome": outcome})


def mapping(**changes: object) -> TableMapping:
    return mapping_of({**MAPPING, **changes}, name="pools")


def asked(name: str, measure: str, band: AtLeast, family: str) -> Dimension:
    def rule(measures: pd.DataFrame) -> object:
        """Because."""
        return measures[measure]

    rule.__name__ = name
    words = dict.fromkeys(("title", "question", "passes", "cautions", "fails", "unknown"), name)
    decided_by = (f"{family}.price_usd",)
    question = criterion(
        weight=1, unit="usd", families=(family,), decided_by=decided_by, bands=band, **words
    )(rule)
    return Dimension(id=name, titles={}, weight=1, criteria=(question,))


DEPTH = asked("depth", "liquidity_usd", AtLeast(passes=1e6, cautions=1e4), POOLS)
TRADES = asked("trades", "trades_24h", AtLeast(passes=100, cautions=10), POOLS)
PRICE = asked("price", "price_usd", AtLeast(passes=1, cautions=0.5), MARKET)
DIMENSIONS = (DEPTH, TRADES, PRICE)
