"""Questioned figures of a batch: what a scorecard keeps of them, so that pages can show both values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from assets.metrics.witnesses.questioned import believed

OF_QUESTION: Final = ("frame", "place", "field", "value", "witness", "against")

LISTS: Final = frozenset({"positions", "unlocks"})
"""Frames of which a list is questioned as a whole: one entry, of what it sums up to."""

Questioned = Mapping[str, Any]
"""{figures, facts} as a scorecard keeps it; {} where nothing is questioned."""


def believed_measures(facts: Facts, measures: pd.DataFrame, *, position_usd: float) -> pd.DataFrame:
    """The questioned assets' measures, those that are not known filled with what they would be."""
    if facts.questions.empty:
        return measures.iloc[:0]
    told = measure(believed(facts), position_usd=position_usd)
    return measures.loc[told.index].fillna(told)


def questioned_of(facts: Facts, measures: pd.DataFrame, believed: pd.DataFrame) -> Iterator[Questioned]:
    """By asset what is questioned; `believed` is what `believed_measures` gives."""
    asked: dict[int, list[dict[str, Any]]] = defaultdict(list)
    columns = (facts.questions[name].tolist() for name in ("asset_id", *OF_QUESTION))
    for asset_id, *question in zip(*columns, strict=True):
        values = (None if each != each else each for each in question)
        named = dict(zip(OF_QUESTION, values, strict=True))
        if not _joins(asked[asset_id], named):
            asked[asset_id].append(named)
    masked = believed.notna() & measures.loc[believed.index].isna()
    figures = {
        asset_id: dict(zip(believed.columns[hidden], row[hidden].tolist(), strict=True))
        for asset_id, row, hidden in zip(
            believed.index.tolist(), believed.to_numpy(), masked.to_numpy(), strict=True
        )
    }
    for asset_id in facts.asset_ids.tolist():
        yield {"figures": figures[asset_id], "facts": asked[asset_id]} if asset_id in asked else {}


def _joins(asked: list[dict[str, Any]], question: dict[str, Any]) -> bool:
    """Add a part of a list to the question about the list, where there is one already."""
    if question["frame"] not in LISTS:
        return False
    question["place"] = ""
    for each in asked:
        if all(each[name] == question[name] for name in ("frame", "field", "witness")):
            each["value"] += question["value"]
            return True
    return False
