"""Filter panel: the same question as the query line, as groups of choices and pairs of limits.

What must hold all together is shown in the panel where it is that simple; the rest stays in the query.
`panel_of` and `Panel.condition` lead back and forth without loss: both views always agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from screener.checklist.types import phrase
from screener.screens.amounts import amount_of, written
from screener.screens.columns import CATEGORIES, CATEGORY_OF, COLUMN_OF, GATES, IN_FORM, KEY_OF, ScreenColumn
from screener.screens.conditions import (
    EVERYTHING,
    Between,
    Comparison,
    Condition,
    Contains,
    Gated,
    Number,
    OneOf,
    Operator,
    Transform,
    both,
    parts_of,
)
from screener.screens.problems import Problem

LONGEST_TEXT: Final = 100
ENDS: Final = ("min", "max")
STRICT: Final = {Operator.ABOVE: ">", Operator.BELOW: "<"}
"""A limit that is not itself included is written with its sign: `>5`."""

WORDS: Final = frozenset(
    {
        "name",
        "gates",
        *CATEGORY_OF,
        *(f"{name}_{end}" for name, key in KEY_OF.items() if COLUMN_OF[key] in IN_FORM for end in ENDS),
    }
)
"""Every word that the panel puts into an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What stands in the form. `limits` are texts by word, such as `market_cap_max`; `rest` is not shown."""

    name: str = ""
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    gates: str = ""
    rest: Condition = EVERYTHING


def key_of(part: Condition) -> str | None:
    """The filter of the panel that can show this part, None where none can."""
    match part:
        case Contains():
            return "name"
        case OneOf(category, labels) if labels:
            return category
        case Gated(gates) if len(gates) == 1 and gates[0] in GATES:
            return "gates"
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
    for key, parts in shown.items():
        for part in parts:
            match part:
                case Contains(text):
                    name = text
                case Gated((gate, *_)):
                    gates = gate
                case OneOf(category, labels):
                    categories[category] = labels
                case _:
                    limits |= _limits(COLUMN_OF[key], part)
    return Panel(name=name, categories=categories, limits=limits, gates=gates, rest=both(*rest))


def read_panel(params: Mapping[str, Sequence[str]]) -> tuple[Condition, tuple[Problem, ...]]:
    """What the words of a form ask for; what makes no sense is a problem and left out."""
    parts: list[Condition] = []
    problems: list[Problem] = []
    if name := last_of(params, "name")[:LONGEST_TEXT]:
        parts.append(Contains(name))
    for category in CATEGORIES:
        labels = tuple(dict.fromkeys(value for value in params.get(category.key, ()) if value.strip()))
        parts += [OneOf(category.key, labels)] if labels else []
    for word in params:
        column, end = _limit_of(word)
        if column is not None and (text := last_of(params, word)):
            try:
                parts.append(_comparison(column, end, text))
            except ValueError:
                refusal = phrase("{value} is not a number; write it like {example}.")
                values = {"value": text[:40], "example": example_of(column)}
                problems.append(Problem(key=word, text=refusal, values=values))
    gates = last_of(params, "gates")
    if gates in GATES:
        parts.append(Gated((gates,)))
    elif gates:
        text = phrase("Gates can't be {value}.")
        problems.append(Problem(key="gates", text=text, values={"value": gates[:40]}))
    return both(*_ranges_joined(parts)), (*problems, *_impossible(parts))


def example_of(column: ScreenColumn) -> str:
    """What a limit of this column may look like."""
    return {"usd": "100m", "share": "40%", "score": "60", "days": "3d", "count": "500"}.get(
        column.unit, "1.5"
    )


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


def _limit_of(word: str) -> tuple[ScreenColumn | None, str]:
    name, _, end = word.rpartition("_")
    if word not in WORDS or end not in ENDS or name not in KEY_OF:
        return None, ""
    return COLUMN_OF[KEY_OF[name]], end


def _comparison(column: ScreenColumn, end: str, text: str) -> Comparison:
    is_strict = text[:1] in STRICT.values()
    if is_strict and (text[0] == ">") != (end == "min"):
        raise ValueError(text)
    sign = text[:1] if is_strict else {"min": ">=", "max": "<="}[end]
    return Comparison(Number(column.key), Operator(sign), amount_of(text[is_strict:], column.unit))


def _ranges_joined(parts: Sequence[Condition]) -> list[Condition]:
    """Two limits of one column, both included, are a range."""
    joined: list[Condition] = []
    for part in parts:
        before = joined[-1] if joined else None
        if (
            isinstance(part, Comparison)
            and isinstance(before, Comparison)
            and part.number == before.number
            and {part.operator, before.operator} == {Operator.AT_LEAST, Operator.AT_MOST}
        ):
            low, high = sorted((before, part), key=lambda each: each.operator is Operator.AT_MOST)
            joined[-1] = Between(part.number, low.value, high.value)
        else:
            joined.append(part)
    return joined


def _impossible(parts: Sequence[Condition]) -> list[Problem]:
    text = phrase("The lower limit {low} is above the upper limit {high}, so nothing can match.")
    return [
        Problem(
            key=f"{each.number.key}_min",
            text=text,
            values={
                "low": written(each.low, COLUMN_OF[each.number.key].unit),
                "high": written(each.high, COLUMN_OF[each.number.key].unit),
            },
        )
        for each in _ranges_joined(parts)
        if isinstance(each, Between) and each.low > each.high
    ]


def last_of(params: Mapping[str, Sequence[str]], key: str) -> str:
    """The last text under this word of an address; "" where there is none."""
    texts = params.get(key) or ("",)
    return texts[-1].strip()
