"""Transformer of the parse tree: the grammar's tokens become conditions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lark import Token, Transformer, v_args

from screener.checklist import CRITERIA
from screener.checklist.types import phrase
from screener.screens.amounts import EXPECTED, PERCENTILE, amount_of, written
from screener.screens.columns import COLUMN_OF
from screener.screens.conditions import (
    ANY,
    EVERYTHING,
    RELATIVE,
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
    both,
)
from screener.screens.problems import Problem
from screener.screens.vocabulary import (
    ASKABLE,
    CATEGORY_KEYS,
    FIELD_KEYS,
    GATE_WORDS,
    KEYWORDS,
    NAME,
    STATE_WORDS,
    criterion_hint,
    field_hint,
    gate_hint,
    nearest,
)

LONGEST_SHOWN: Final = 40
LONGEST_CHANGE_DAYS: Final = 365
OPERATORS: Final = {str(each): each for each in Operator} | {
    "==": Operator.EQUAL,
    "≤": Operator.AT_MOST,
    "≥": Operator.AT_LEAST,
    "≠": Operator.UNEQUAL,
}


class QueryError(ValueError):
    """A query that means nothing; `problem` says what is wrong with it and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text.format_map({**problem.values, **problem.counts}))
        self.problem = problem


def wrong(
    token: Token, text: str, *, hint: str = "", since: Token | None = None, **values: str
) -> QueryError:
    """What is wrong with this token; `{value}` in the text is the token itself.

    `hint` may stand in its place; where it repeats what stands before, that begins with `since`.
    """
    filled = {"value": str(token)[:LONGEST_SHOWN]} | values | ({"hint": hint} if hint else {})
    hint_at = (since or token).start_pos
    return QueryError(
        Problem(key="q", text=text, values=filled, at=token.start_pos, length=len(token), hint_at=hint_at)
    )


def unit_of(number: Number) -> str:
    """The unit that a limit is written in: money and counts change relatively, all else by a difference."""
    unit = COLUMN_OF[number.key].unit
    if number.transform is Transform.PERCENTILE:
        return PERCENTILE
    return "change" if number.transform is Transform.CHANGE and unit in RELATIVE else unit


def either(parts: Sequence[Condition]) -> Condition:
    """Any of these, flat; one alone stays itself."""
    flat: list[Condition] = []
    for each in parts:
        flat += each.parts if isinstance(each, Either) else (each,)
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


@v_args(inline=True)
class QueryTransformer(Transformer[Token, Condition]):
    """One method a rule of the grammar. It keeps nothing, so one serves every thread."""

    def everything(self) -> Condition:
        return EVERYTHING

    def either(self, *parts: Condition) -> Condition:
        return either(parts)

    def every(self, *parts: Condition) -> Condition:
        return both(*parts)

    def opposite(self, part: Condition) -> Condition:
        return Not(part)

    def word(self, token: Token) -> Condition:
        return Contains(str(token))

    def quoted(self, token: Token) -> Condition:
        return Contains(_text(token))

    def uncompared(self, word: Token, loose: Token) -> Condition:
        """A number straight after a field was meant as its limit, not as part of a name."""
        if word.casefold() in FIELD_KEYS:
            text = phrase("How does {field} compare with {value}? Write {hint}, or put the words in quotes.")
            raise wrong(loose, text, since=word, field=str(word), hint=f"{word} < {loose}")
        return both(Contains(str(word)), Contains(str(loose)))

    def searched(self, word: Token, label: Token) -> Condition:
        if word.casefold() != NAME:
            raise wrong(word, phrase("Only the name can be searched for a text."), hint=NAME)
        return Contains(_text(label))

    def field(self, token: Token) -> Number:
        name = token.casefold()
        if name in CATEGORY_KEYS or name in KEYWORDS or name == NAME:
            text = phrase("{value} is not a number; write what you look for behind a colon, {value}:…")
            raise wrong(token, text)
        if name not in FIELD_KEYS:
            raise _no_field(token)
        return Number(FIELD_KEYS[name])

    def sized(self, call: Token, size: Token) -> Number:
        name = Token("WORD", call[:-1], start_pos=call.start_pos)
        number = self.field(name)
        unit = COLUMN_OF[number.key].argument_unit
        if not unit:
            raise wrong(name, phrase("{value} has no size in brackets."), hint=number.key)
        argument = _amount(size, unit)
        if argument <= 0:
            raise wrong(size, phrase("A size is more than nothing; {value} is not."))
        return replace(number, argument=argument)

    def ranked(self, _pct: Token, number: Number) -> Number:
        return replace(number, transform=Transform.PERCENTILE)

    def changed(self, _changed: Token, word: Token, span: Token) -> Number:
        number, days = self.field(word), _amount(span, "days")
        if not (days.is_integer() and 1 <= days <= LONGEST_CHANGE_DAYS):
            raise wrong(span, phrase("Changes are known over 1 to 365 whole days, not over {value}."))
        return replace(number, transform=Transform.CHANGE, days=int(days))

    def compared(self, number: Number, operator: Token, amount: Token) -> Condition:
        number, (value,) = _limits(number, [amount])
        return Comparison(number, OPERATORS[str(operator)], value)

    def ranged_field(self, word: Token, limits: Token) -> Condition:
        if word.casefold() in CATEGORY_KEYS or word.casefold() in KEYWORDS:
            return self.listed(word, [limits])
        return self.ranged(self.field(word), limits)

    def ranged(self, number: Number, limits: Token) -> Condition:
        """Both limits are included; a side may be left open."""
        below, dots, above = limits.partition("..")
        start = limits.start_pos or 0
        low = Token("AMOUNT", below, start)
        high = Token("AMOUNT", above, start + len(below) + len(dots))
        number, values = _limits(number, [each for each in (low, high) if each])
        if not values:
            raise wrong(limits, phrase("{value} has no limit; write it like 10m..100m, 10m.. or ..100m."))
        if not high or not low:
            return Comparison(number, Operator.AT_LEAST if low else Operator.AT_MOST, values[0])
        if values[0] > values[1]:
            unit = unit_of(number)
            text = phrase("The lower limit {low} is above the upper limit {high}, so nothing can match.")
            raise wrong(limits, text, low=written(values[0], unit), high=written(values[1], unit))
        return Between(number, values[0], values[1])

    def labels(self, *tokens: Token) -> list[Token]:
        return list(tokens)

    def listed(self, word: Token, labels: list[Token]) -> Condition:
        name = word.casefold()
        if name in CATEGORY_KEYS:
            return OneOf(CATEGORY_KEYS[name], _texts(labels))
        if name in FIELD_KEYS:
            text = phrase("{value} is not a range like 10m..100m; for one value write {hint}.")
            raise wrong(labels[0], text, since=word, hint=f"{word} = {labels[0]}")
        if name == "tag":
            return Tagged(_texts(labels))
        if name == "gate":
            return Gated(tuple(dict.fromkeys(_gate(each) for each in labels)))
        if name == "state":
            text = phrase("Say which answer {value} should have, like {hint}.")
            raise wrong(labels[0], text, since=word, hint=f"{word}:{labels[0]}=fail")
        parts = _each_alone(name, labels)
        if not parts:
            raise _no_field(word)
        return either(list(dict.fromkeys(parts)))

    def answered(self, word: Token, criterion: Token, operator: Token, states: list[Token]) -> Condition:
        if word.casefold() != "state":
            raise wrong(operator, phrase("{value} can't follow what stands behind a colon."))
        if OPERATORS[str(operator)] is not Operator.EQUAL:
            raise wrong(operator, phrase("Ask for an answer with {hint}, not with {value}."), hint="=")
        name = _text(criterion).casefold()
        if name not in CRITERIA:
            text = phrase("There is no criterion {value}.")
            raise wrong(criterion, text, hint=criterion_hint(name))
        return Answered(name, tuple(dict.fromkeys(_state(each) for each in states)))


def _no_field(token: Token) -> QueryError:
    hint = field_hint(token, beside=(*KEYWORDS, NAME))
    return wrong(token, phrase("There is no field {value}."), hint=hint)


def _amount(token: Token, unit: str) -> float:
    try:
        return amount_of(token, unit)
    except ValueError:
        raise wrong(token, EXPECTED[unit]) from None


def _limits(number: Number, tokens: Sequence[Token]) -> tuple[Number, list[float]]:
    """The numbers in the unit of the column, or of its sibling in days where they are written in days."""
    sibling = COLUMN_OF[number.key].in_days if number.transform is Transform.VALUE else ""
    try:
        return number, [_amount(each, unit_of(number)) for each in tokens]
    except QueryError:
        if not sibling:
            raise
    try:
        return Number(sibling), [amount_of(each, "days") for each in tokens]
    except ValueError:
        return number, [_amount(each, unit_of(number)) for each in tokens]


def _text(token: Token) -> str:
    """What a word or a quoted text says."""
    if token.type != "QUOTED":
        return str(token)
    text = token[1:-1] if token.startswith("“") else re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)
    if not text:
        raise wrong(token, phrase("There is nothing between the quotes."))
    return text


def _texts(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(each) for each in tokens))


def _gate(token: Token) -> str:
    word = _text(token).casefold()
    if word not in GATE_WORDS:
        raise wrong(token, phrase("There is no gate {value}."), hint=gate_hint(word))
    return word


def _state(token: Token) -> str:
    word = _text(token).casefold()
    if word not in STATE_WORDS:
        hint = nearest(word, {each: each for each in STATE_WORDS})
        raise wrong(
            token,
            phrase("{value} is not an answer; answers are {states}."),
            hint=hint,
            states=", ".join(STATE_WORDS),
        )
    return word


def _each_alone(name: str, labels: Sequence[Token]) -> list[Condition]:
    """Of the keywords that ask one thing at a time: a condition for each."""
    if name == "watch":
        return [OnWatchlist(ANY if each.casefold() == ANY else _text(each)) for each in labels]
    if name == "missing":
        return [Missing(_askable(each)) for each in labels]
    return [Present(_askable(each)) for each in labels] if name == "known" else []


def _askable(token: Token) -> str:
    name = _text(token).casefold()
    if name not in ASKABLE:
        raise wrong(token, phrase("There is no field {value}."), hint=field_hint(name))
    return ASKABLE[name]
