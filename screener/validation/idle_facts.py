"""Idle facts: what a mapping tells and no criterion answers differently for: telling it is no test."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from assets.metrics.measure import measure
from screener.checklist import Dimension, judge
from screener.validation.batch import Batch
from screener.validation.mapping import Part

MOST_ROWS: Final = 1_000
"""Looked at of a large table: a fact that changes no answer of as many rows feeds next to nothing."""


def idle_facts(batch: Batch, *, position_usd: float, dimensions: Sequence[Dimension], seed: int) -> list[str]:
    """The mapped facts, as in "market.price_usd", without which every answer of every row stays the same.

    Constants are left out: they say what a table is of, not what is in it.
    """
    sample = batch.sample(MOST_ROWS, seed=seed)

    def answers(parts: tuple[Part, ...]) -> list[Any]:
        facts = replace(sample, mapping=replace(sample.mapping, parts=parts)).facts()
        judgements = judge(measure(facts, position_usd=position_usd), facts, dimensions=dimensions)
        return [
            (each.gates_open, [(one["state"], one["points"]) for one in each.findings]) for each in judgements
        ]

    parts = batch.mapping.parts
    told = answers(parts)
    return [
        f"{part.frame}.{name}"
        for place, part in enumerate(parts)
        for name, expression in part.columns.items()
        if batch.mapping.columns_of(expression)
        and answers((*parts[:place], part.without(name), *parts[place + 1 :])) == told
    ]
