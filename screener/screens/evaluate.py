"""Evaluation: which rows a condition means. Columns from end to end; a million assets take milliseconds.

A comparison with a missing value is never true, and neither is its opposite: `not` is carried down to the
comparisons, where `not a < b` asks for `a >= b`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from screener.checklist.states import NOT_APPLICABLE, SHOWN
from screener.screens.at_position import exit_column, judged_values
from screener.screens.columns import COLUMN_OF
from screener.screens.conditions import (
    ANY,
    RELATIVE,
    All,
    Answered,
    Between,
    Comparison,
    Condition,
    Contains,
    Either,
    Gated,
    Missing,
    Not,
    Number,
    OneOf,
    OnWatchlist,
    Operator,
    Present,
    Tagged,
    Transform,
)
from screener.screens.table import GATE_BITS, NEVER_ASKED, SEPARATOR, Ids, Mask, Numbers, Table

FEW: Final = 8
"""So many codes are compared one by one, which costs less than to look each row up."""

Past = Callable[[str, int], Numbers]
"""A column as it was so many days ago, a value for each asset of the table."""


def _no_past(key: str, days: int) -> Numbers:
    raise LookupError(f"nothing is kept of {key} {days} days ago")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an answer rests on besides the table: the moment, the reader's watchlists, the past."""

    now_s: float
    watchlists: Mapping[str, Ids] = field(default_factory=dict)
    past: Past = _no_past


OPPOSITE: Final = {
    Operator.BELOW: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_MOST,
    Operator.AT_LEAST: Operator.BELOW,
    Operator.EQUAL: Operator.UNEQUAL,
    Operator.UNEQUAL: Operator.EQUAL,
}

COMPARED: Final[Mapping[Operator, Callable[[Numbers, float], Mask]]] = {
    Operator.BELOW: np.less,
    Operator.AT_MOST: np.less_equal,
    Operator.ABOVE: np.greater,
    Operator.AT_LEAST: np.greater_equal,
    Operator.EQUAL: np.equal,
    Operator.UNEQUAL: lambda values, value: (values != value) & (values == values),
}


def evaluate(table: Table, condition: Condition, context: Context) -> Mask:
    """A mask over the rows of the table."""
    return _mask(table, condition, context, negated=False)


def numbers_of(table: Table, number: Number, context: Context) -> Numbers:
    """The values that a comparison is about, NaN where they are not known."""
    if number.transform is Transform.CHANGE:
        values = judged_values(table, number.key, now_s=context.now_s)
        return _change(values, context.past(number.key, number.days), COLUMN_OF[number.key].unit)
    if number.argument is None:
        values = table.values(number.key, now_s=context.now_s)
    else:
        values = exit_column(table, number.key, number.argument)
    if number.transform is Transform.PERCENTILE:
        return percentiles(values, table.peer_groups, table.categories["tier"].missing)
    return values


def percentiles(values: Numbers, groups: npt.NDArray[np.int32], missing: Mask) -> Numbers:
    """0–100: the share of the others of its group that lie below it, ties counted half.

    https://en.wikipedia.org/wiki/Percentile_rank. NaN for what is not known or alone in its group.
    """
    result = np.full(len(values), np.nan)
    known = ~missing & (values == values)
    for group in np.unique(groups[known]).tolist():
        rows = np.flatnonzero(known & (groups == group))
        group_values = values[rows]
        if len(rows) > 1:
            ordered = np.sort(group_values)
            below = np.searchsorted(ordered, group_values, side="left")
            ties = np.searchsorted(ordered, group_values, side="right") - below - 1
            result[rows] = 100 * (below + ties / 2) / (len(rows) - 1)
    return result


def _change(now: Numbers, before: Numbers, unit: str) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        change = now / before - 1 if unit in RELATIVE else now - before
    return np.where(np.isfinite(change), change, np.nan)


def _mask(table: Table, condition: Condition, context: Context, *, negated: bool) -> Mask:
    match condition:
        case Not(part):
            return _mask(table, part, context, negated=not negated)
        case All(parts):
            return _joined(table, parts, context, negated=negated, holds=not negated)
        case Either(parts):
            return _joined(table, parts, context, negated=negated, holds=negated)
        case Comparison(number, operator, value):
            compare = COMPARED[OPPOSITE[operator] if negated else operator]
            return compare(numbers_of(table, number, context), value)
        case Between(number, low, high):
            values = numbers_of(table, number, context)
            return (values < low) | (values > high) if negated else (values >= low) & (values <= high)
    met = _met(table, condition, context)
    return _not(met, _known(table, condition)) if negated else met


def _joined(
    table: Table, parts: tuple[Condition, ...], context: Context, *, negated: bool, holds: bool
) -> Mask:
    """All of the masks where `holds`, else any; into one array, for a new one costs as much as the walk."""
    join, joined = np.logical_and if holds else np.logical_or, np.full(len(table), holds)
    for each in parts:
        join(joined, _mask(table, each, context, negated=negated), out=joined)
    return joined


def _met(table: Table, condition: Condition, context: Context) -> Mask:
    match condition:
        case OneOf(category, labels):
            coded = table.categories[category]
            return _coded_among(coded.codes, coded.labels, labels)
        case Contains(text):
            return _holding(table.names, text.casefold())
        case Tagged(tags):
            found = (_holding(table.tags, f"{SEPARATOR}{tag.casefold()}{SEPARATOR}") for tag in tags)
            return _any(found, len(table))
        case Gated(gates):
            return _any((_gated(table, gate) for gate in gates), len(table))
        case Answered(criterion, states):
            wanted = [code for code, word in enumerate(SHOWN) if word in states]
            # Not asked of its kind is as good as not applicable.
            more = [NEVER_ASKED, NOT_APPLICABLE] if "n-a" in states else []
            return np.isin(table.states[criterion], [*wanted, *more])
        case Missing(key):
            return _missing(table, key)
        case Present(key):
            return ~_missing(table, key)
        case OnWatchlist(watchlist):
            return _watched(table, watchlist, context)
    raise TypeError(condition)


def _known(table: Table, condition: Condition) -> Mask | None:
    """Where it is known whether the condition holds; None where it always is."""
    match condition:
        case OneOf(category, _labels):
            return ~table.categories[category].missing
        case Contains(_text):
            return ~_is_empty(table.names)
        case Answered(criterion, states) if "n-a" not in states:
            asked: Mask = table.states[criterion] != NEVER_ASKED
            return asked
    return None


def _not(met: Mask, known: Mask | None) -> Mask:
    return ~met if known is None else ~met & known


def _any(masks: Iterable[Mask], length: int) -> Mask:
    return reduce(np.logical_or, masks, np.zeros(length, dtype=bool))


def _coded_among(codes: npt.NDArray[np.int32], labels: tuple[str, ...], wanted: tuple[str, ...]) -> Mask:
    folded = {each.casefold() for each in wanted}
    chosen = [label != "" and label.casefold() in folded for label in labels]
    places = np.flatnonzero(chosen).tolist()
    if len(places) > FEW:
        return np.array(chosen)[codes]
    return reduce(np.logical_or, [codes == place for place in places] or [np.zeros(len(codes), dtype=bool)])


def _holding(texts: object, part: str) -> Mask:
    found: Mask = pc.match_substring(texts, part).to_numpy(zero_copy_only=False)
    return found


def _is_empty(texts: object) -> Mask:
    empty: Mask = pc.equal(texts, "").to_numpy(zero_copy_only=False)
    return empty


def _gated(table: Table, gate: str) -> Mask:
    held: Mask
    if gate == "any":
        held = table.gates_open != 0
    elif gate == "unverified":
        held = table.gates_unverified != 0
    elif gate == "clear":
        held = (table.gates_open | table.gates_unverified) == 0
    else:  # A criterion without a gate never says stop.
        held = (table.gates_open & np.uint64(GATE_BITS.get(gate, 0))) != 0
    return held


def _missing(table: Table, key: str) -> Mask:
    if key in table.categories:
        return table.categories[key].missing
    return np.isnan(table.numbers[key])


def _watched(table: Table, watchlist: str, context: Context) -> Mask:
    lists = {name.casefold(): ids for name, ids in context.watchlists.items()}
    if watchlist.casefold() == ANY and ANY not in lists:
        ids = np.concatenate([np.zeros(0, dtype=np.int64), *lists.values()])
    else:
        ids = lists.get(watchlist.casefold(), np.zeros(0, dtype=np.int64))
    found = np.zeros(len(table), dtype=bool)
    found[np.flatnonzero(np.isin(table.ids, ids))] = True
    return found
