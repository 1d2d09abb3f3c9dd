"""Reverse matching: which conditions one asset meets, without evaluating each over the whole table."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from screener.screens.conditions import All, Between, Comparison, Condition, Either, Not, Number, Transform
from screener.screens.evaluate import Context, evaluate, numbers_of
from screener.screens.table import Numbers, Table


class RowMatcher:
    """Matches the asset at a place of the table. A context's past has one value: that of this asset."""

    def __init__(self, table: Table, place: int) -> None:
        self._table, self._place = table, place
        self._row = table.taken(np.array([place]))

    def meets(self, condition: Condition, context: Context) -> bool:
        """Whether `evaluate` over the whole table would find it."""
        ranks: dict[str, Numbers] = {}

        def resolved(number: Number) -> Number:
            if number.transform is not Transform.PERCENTILE:
                return number
            key = f"{Transform.PERCENTILE} {number.key} {number.argument}"
            ranks[key] = np.array([self._percentile(number, context)])
            return Number(key)

        condition = _with_numbers(condition, resolved)
        row = replace(self._row, numbers={**self._row.numbers, **ranks})
        return bool(evaluate(row, condition, context)[0])

    def _percentile(self, number: Number, context: Context) -> float:
        """What `evaluate.percentiles` says of its row, counted instead of sorted."""
        tiers = self._table.categories["tier"]
        values = numbers_of(self._table, replace(number, transform=Transform.VALUE), context)
        value = values[self._place]
        if tiers.missing[self._place] or np.isnan(value):
            return np.nan
        groups = self._table.peer_groups
        group = values[groups == groups[self._place]]
        others = np.count_nonzero(~np.isnan(group)) - 1
        below, ties = np.count_nonzero(group < value), np.count_nonzero(group == value) - 1
        return 100 * (below + ties / 2) / others if others else np.nan


def _with_numbers(condition: Condition, change: Callable[[Number], Number]) -> Condition:
    match condition:
        case Comparison(number, operator, value):
            return Comparison(change(number), operator, value)
        case Between(number, low, high):
            return Between(change(number), low, high)
        case Not(part):
            return Not(_with_numbers(part, change))
        case All(parts):
            return All(tuple(_with_numbers(each, change) for each in parts))
        case Either(parts):
            return Either(tuple(_with_numbers(each, change) for each in parts))
    return condition
