"""Words of the filter panel: what its form puts into an address, read as conditions."""

from collections.abc import Mapping, Sequence
from typing import Final

from screener.checklist import CRITERIA
from screener.checklist.states import SHOWN
from screener.checklist.types import phrase
from screener.screens.amounts import amount_of, written
from screener.screens.columns import CATEGORIES, CATEGORY_OF, COLUMN_OF, GATES, IN_FORM, KEY_OF, ScreenColumn
from screener.screens.conditions import (
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
    both,
)
from screener.screens.panel import ENDS, MISSING, STRICT, may_be_unknown
from screener.screens.problems import Problem

LONGEST_TEXT: Final = 100
EXAMPLES: Final = {"usd": "100m", "share": "40%", "score": "60", "days": "3d", "months": "12", "count": "500"}
"""What a limit may look like, by unit."""
Read = tuple[list[Condition], list[Problem]]

WORDS: Final = frozenset(
    {
        "name",
        "gates",
        MISSING,
        *CATEGORY_OF,
        *CRITERIA,
        *(f"{name}_{end}" for name, key in KEY_OF.items() if COLUMN_OF[key] in IN_FORM for end in ENDS),
    }
)
"""Every word that the panel puts into an address."""


def read_panel(params: Mapping[str, Sequence[str]]) -> tuple[Condition, tuple[Problem, ...]]:
    """What the words of a form ask for; what makes no sense is a problem and left out."""
    parts: list[Condition] = []
    problems: list[Problem] = []
    if name := last_of(params, "name")[:LONGEST_TEXT]:
        parts.append(Contains(name))
    for category in CATEGORIES:
        labels = _ticked(params, category.key)
        parts += [OneOf(category.key, labels)] if labels else []
    for read in (_answers, _missing, _limits, _gates):
        found, wrong = read(params)
        parts += found
        problems += wrong
    return both(*_ranges_joined(parts)), (*problems, *_impossible(parts))


def example_of(column: ScreenColumn) -> str:
    """What a limit of this column may look like."""
    return EXAMPLES.get(column.unit, "1.5")


def last_of(params: Mapping[str, Sequence[str]], key: str) -> str:
    """The last text under this word of an address; "" where there is none."""
    texts = params.get(key) or ("",)
    return texts[-1].strip()


def _ticked(params: Mapping[str, Sequence[str]], word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in params.get(word, ()) if value.strip()))


def _answers(params: Mapping[str, Sequence[str]]) -> Read:
    parts: list[Condition] = []
    problems: list[Problem] = []
    for criterion in CRITERIA:
        words = _ticked(params, criterion)
        if known := tuple(word for word in words if word in SHOWN):
            parts.append(Answered(criterion, known))
        for word in words:
            if word not in SHOWN:
                text = phrase("{value} is no answer to a criterion; there is {answers}.")
                values = {"value": word[:40], "answers": ", ".join(SHOWN)}
                problems.append(Problem(key=criterion, text=text, values=values))
    return parts, problems


def _missing(params: Mapping[str, Sequence[str]]) -> Read:
    parts: list[Condition] = []
    problems: list[Problem] = []
    for name in _ticked(params, MISSING):
        column = COLUMN_OF.get(KEY_OF.get(name, ""))
        if column is not None and may_be_unknown(column):
            parts.append(Missing(column.key))
        else:
            text = phrase("There is no filter {value}.")
            problems.append(Problem(key=MISSING, text=text, values={"value": name[:40]}))
    return parts, problems


def _limits(params: Mapping[str, Sequence[str]]) -> Read:
    parts: list[Condition] = []
    problems: list[Problem] = []
    for word in params:
        column, end = _limit_of(word)
        if column is not None and (text := last_of(params, word)):
            try:
                parts.append(_comparison(column, end, text))
            except ValueError:
                refusal = phrase("{value} is not a number; write it like {example}.")
                values = {"value": text[:40], "example": example_of(column)}
                problems.append(Problem(key=word, text=refusal, values=values))
    return parts, problems


def _gates(params: Mapping[str, Sequence[str]]) -> Read:
    gates = last_of(params, "gates")
    if not gates or gates in GATES:
        return ([Gated((gates,))] if gates else []), []
    text = phrase("Gates can't be {value}.")
    return [], [Problem(key="gates", text=text, values={"value": gates[:40]})]


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
