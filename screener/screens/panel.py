"""Filter panel: the same question as the query line, as groups of choices and pairs of limits.

What must hold all together is shown in the panel where it is that simple; the rest stays in the query.
`panel_of` and `Panel.condition` lead back and forth without loss: both views always agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from screener.screens.amounts import written
from screener.screens.columns import COLUMN_OF, GATES, ScreenColumn
from screener.screens.conditions import (
    EVERYTHING,
    Answered,
    Between,
    Comparison,
    Condition,
    Contains,
    Gated,
    Missing,
    Number,
    OneOf,
    Operator,
    Transform,
    both,
    parts_of,
)

ENDS: Final = ("min", "max")
STRICT: Final = {Operator.ABOVE: ">", Operator.BELOW: "<"}
"""A limit that is not itself included is written with its sign: `>5`."""

MISSING: Final = "missing"
"""The word of what is not known: `missing=holders`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What stands in the form. `limits` are texts by word, such as `market_cap_max`; `answers` are words of
    `SHOWN` by criterion, `missing` columns of which nothing is known; `rest` is not shown."""

    name: str = ""
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    gates: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    rest: Condition = EVERYTHING


def may_be_unknown(column: ScreenColumn) -> bool:
    """Whether the panel offers what has no value here: of a column of one kind alone that would be every
    asset of the other kind, of which nothing is unknown."""
    return column.in_form and not column.kind


def key_of(part: Condition) -> str | None:
    """The filter of the panel that can show this part, None where none can."""
    match part:
        case Contains():
            return "name"
        case OneOf(category, labels) if labels:
            return category
        case Gated(gates) if len(gates) == 1 and gates[0] in GATES:
            return "gates"
        case Answered(criterion, states) if states:
            return criterion
        case Missing(key) if key in COLUMN_OF and may_be_unknown(COLUMN_OF[key]):
            return f"{MISSING}:{key}"
        case Between(number, _low, _high) if _is_plain(number):
            return number.key
        case Comparison(number, operator, _value) if _is_plain(number):
            return number.key if operator not in {Operator.EQUAL, Operator.UNEQUAL} else None
    return None


def shares_of(condition: Condition) -> tuple[dict[str, list[Condition]], list[Condition]]:
    """The parts of a condition by the filter that shows them, and the parts that none can show.

    A filter shows a part alone, or one limit at each end; what is asked of it twice stays in the rest.
    """
    shown: dict[str, list[Condition]] = {}
    rest: list[Condition] = []
    for part in parts_of(condition):
        key = key_of(part)
        if key is None or (key in shown and not _fits(shown[key], part)):
            rest.append(part)
        else:
            shown.setdefault(key, []).append(part)
    return shown, rest


def panel_of(condition: Condition) -> Panel:
    """The form that says what the condition says."""
    shown, rest = shares_of(condition)
    name, gates = "", ""
    categories: dict[str, tuple[str, ...]] = {}
    limits: dict[str, str] = {}
    answers: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    for key, parts in shown.items():
        for part in parts:
            match part:
                case Contains(text):
                    name = text
                case Gated((gate, *_)):
                    gates = gate
                case OneOf(category, labels):
                    categories[category] = labels
                case Answered(criterion, states):
                    answers[criterion] = states
                case Missing(column):
                    missing.append(column)
                case _:
                    limits |= _limits(COLUMN_OF[key], part)
    return Panel(
        name=name,
        categories=categories,
        limits=limits,
        gates=gates,
        answers=answers,
        missing=tuple(missing),
        rest=both(*rest),
    )


def with_answer(condition: Condition, criterion: str, word: str) -> Condition:
    """The condition with this answer among those that are asked for, or without it where it is one."""
    own = shares_of(condition)[0].get(criterion, [])
    asked = own[0].states if own and isinstance(own[0], Answered) else ()
    states = tuple(each for each in asked if each != word) if word in asked else (*asked, word)
    others = [part for part in parts_of(condition) if not any(part is each for each in own)]
    return both(*others, *([Answered(criterion, states)] if states else []))


def _is_plain(number: Number) -> bool:
    is_value = number.transform is Transform.VALUE and number.argument is None
    return is_value and COLUMN_OF[number.key].in_form


def _fits(before: list[Condition], part: Condition) -> bool:
    """Whether a filter with these limits has room for another one."""
    ends = [_end(each) for each in (*before, part)]
    return None not in ends and len(set(ends)) == len(ends)


def _end(part: Condition) -> str | None:
    if not isinstance(part, Comparison):
        return None
    return "max" if part.operator in {Operator.BELOW, Operator.AT_MOST} else "min"


def _limits(column: ScreenColumn, part: Condition) -> dict[str, str]:
    if isinstance(part, Between):
        low, high = (written(each, column.unit) for each in (part.low, part.high))
        return {f"{column.key}_min": low, f"{column.key}_max": high}
    assert isinstance(part, Comparison)  # noqa: S101 - `key_of` leaves nothing else
    text = f"{STRICT.get(part.operator, '')}{written(part.value, column.unit)}"
    return {f"{column.key}_{_end(part)}": text}
