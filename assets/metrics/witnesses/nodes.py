"""A node's figures against those of another node of the same chain."""

from collections.abc import Iterator

import pandas as pd

from assets.metrics.facts import ONE_ROW_AN_ASSET, Facts
from assets.metrics.witnesses.witness import Doubt


def other_node(facts: Facts) -> Iterator[Doubt]:
    """One of two nodes lags, lies or is of a fork, and nobody knows which (`metrics.second_readings`)."""
    for (name, field), read in facts.second_readings.groupby(["frame", "field"], sort=True):
        rows: pd.DataFrame = getattr(facts, str(name))
        if name in ONE_ROW_AN_ASSET:
            there = rows.index.get_indexer(pd.Index(read["asset_id"]))
        else:
            things = pd.MultiIndex.from_frame(rows[["asset_id", "address"]])
            there = things.get_indexer(pd.MultiIndex.from_frame(read[["asset_id", "place"]]))
        found = there >= 0
        yield Doubt(
            frame=str(name),
            field=str(field),
            rows=there[found],
            against=read["against"].to_numpy(dtype=float)[found],
        )
