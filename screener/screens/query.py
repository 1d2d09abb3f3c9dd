"""Query language: a screen's question as one line of text. `parse` reads it, `written` writes it down."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final, cast

from lark import Lark
from lark.exceptions import UnexpectedToken

from screener.checklist.types import phrase
from screener.screens.amounts import written as amount_written
from screener.screens.columns import COLUMN_OF
from screener.screens.conditions import (
    ANY,
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
    Present,
    Tagged,
    Transform,
)
from screener.screens.limits import problem_of_size
from screener.screens.problems import Problem
from screener.screens.transformer import LONGEST_SHOWN, QueryError, QueryTransformer, unit_of
from screener.screens.vocabulary import JOINING, RESERVED

__all__ = ["LONGEST_QUERY", "QueryError", "label_written", "parse", "written"]

LONGEST_QUERY: Final = 2_000
DEEPEST: Final = 50

GRAMMAR: Final = Lark.open(
    "query.lark", rel_to=__file__, parser="lalr", lexer="contextual", transformer=QueryTransformer()
)

PIECE: Final = re.compile(
    r"""(?P<quoted> "(?:[^"\\]|\\.)*(?P<end>"?) | “[^”]*(?P<curly>”?) )
        | (?P<word> (?:[^\s()"“<>=≤≥≠:,~!]|!(?!=))+ )
        | (?P<sign> [<>!=]=|\S )""",
    re.VERBOSE | re.DOTALL,
)
"""A query's pieces as one sees them, whether or not they make sense together."""

# Reading --------------------------------------------------------------------------------


def parse(text: str) -> Condition:
    """The condition that a query means; `QueryError` tells what it doesn't mean, and where."""
    _look_over(text)
    try:
        condition = cast("Condition", GRAMMAR.parse(text))
    except UnexpectedToken as unexpected:
        raise _misplaced(text, unexpected) from None
    if problem := problem_of_size(condition):
        raise QueryError(replace(problem, at=0, length=len(text)))
    return condition


def _look_over(text: str) -> None:
    """Length, quotes, brackets and nesting, in one pass: what is left is safe to parse."""
    if len(text) > LONGEST_QUERY:
        refusal = phrase("A query has at most 2,000 characters; this one has {value}.")
        raise _problem(refusal, at=LONGEST_QUERY, length=len(text) - LONGEST_QUERY, value=str(len(text)))
    opened: list[tuple[int, int]] = []
    depth = negations = 0
    for piece in PIECE.finditer(text):
        word, at = piece[0], piece.start()
        if piece["quoted"] and not (piece["end"] or piece["curly"]):
            raise _problem(phrase("This quote is not closed."), at=at, length=1)
        if word.casefold() == "not":
            negations += 1
        elif word == "(":
            opened.append((at, negations + 1))
            depth += negations + 1
            negations = 0
        else:
            negations = 0
            if word == ")" and not opened:
                raise _problem(phrase("This bracket was never opened."), at=at, length=1)
            depth -= opened.pop()[1] if word == ")" else 0
        if depth + negations > DEEPEST:
            raise _problem(phrase("This is nested too deeply."), at=at, length=len(word))
    if opened:
        raise _problem(phrase("This bracket is not closed."), at=opened[-1][0], length=1)


MISPLACED: Final = (
    ("AMOUNT", phrase("A number is expected here, like 100m, 40% or 3d.")),
    ("SIZE", phrase("A size is expected here, like in exit_days(5000).")),
    ("SPAN", phrase("A time is expected here, like in changed:score 7d < -10.")),
    ("_NOT", phrase("A condition is expected here, like market_cap < 100m.")),
    ("CALL", phrase("A field is expected here, like in pct(volume).")),
    ("OP", phrase("A comparison is expected here, like < 10 or >= 60.")),
    ("_RPAR", phrase("A closing bracket is expected here.")),
    ("WORD", phrase("A word is expected here, like in chain:solana or missing:revenue.")),
    ("RANGE", phrase("A range is expected here, like 10m..100m.")),
)
"""What a place of the grammar asks for: the first that it would take tells it in words."""


SIGNS: Final = frozenset({"<", "<=", ">", ">=", "=", "==", "!=", "≤", "≥", "≠", ":", "~"})


def _misplaced(text: str, unexpected: UnexpectedToken) -> QueryError:
    """The grammar stumbled: what stands there, and what should."""
    ended = unexpected.token.type == "$END"
    at = len(text) if ended else unexpected.token.start_pos or 0
    found = PIECE.match(text, at)
    value, wanted = found[0] if found else "", unexpected.expected
    expected = next(words for terminal, words in MISPLACED if terminal in wanted)
    if value == "," and "_NOT" in wanted:
        expected = phrase(
            "Conditions are parted by a space, and, or; a comma only parts the words of a list."
        )
    elif value in SIGNS and "_AND" in wanted:
        expected = phrase("Before {value} a field should stand, like in market_cap < 100m or chain:solana.")
    return _problem(expected, at=at, length=len(value), value=value)


def _problem(text: str, *, at: int, length: int, value: str = "") -> QueryError:
    values = {"value": value[:LONGEST_SHOWN]} if value else {}
    return QueryError(Problem(key="q", text=text, values=values, at=at, length=length))


# Writing --------------------------------------------------------------------------------

BARE_TEXT: Final = re.compile(r"[A-Za-z]+")
BARE_LABEL: Final = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*")


@lru_cache(maxsize=512)
def written(condition: Condition) -> str:
    """The canonical text of a condition: `parse` reads the same condition out of it.

    Every link of a page has it, so that the last ones are remembered.
    """
    match condition:
        case All(parts):
            return " ".join(_within(each, Either) for each in parts)
        case Either(parts):
            return " or ".join(_within(each, All) for each in parts)
        case Not(part):
            return f"not {_within(part, All, Either)}"
        case Comparison(number, operator, value):
            return f"{_number(number)} {operator} {amount_written(value, unit_of(number))}"
        case Between(number, low, high):
            unit = unit_of(number)
            return f"{_number(number)}:{amount_written(low, unit)}..{amount_written(high, unit)}"
        case _:
            return _words(condition)


def _words(condition: Condition) -> str:
    """What asks for texts."""
    match condition:
        case Contains(text):
            return text if BARE_TEXT.fullmatch(text) and text.casefold() not in RESERVED else _quoted(text)
        case OneOf(category, labels):
            return f"{category}:{_labels(labels)}"
        case Tagged(tags):
            return f"tag:{_labels(tags)}"
        case Gated(gates):
            return f"gate:{_labels(gates)}"
        case Answered(criterion, states):
            return f"state:{criterion}={_labels(states)}"
        case Missing(key):
            return f"missing:{key}"
        case Present(key):
            return f"known:{key}"
        case OnWatchlist(watchlist):
            is_any = watchlist != ANY and watchlist.casefold() == ANY
            return f"watch:{_quoted(watchlist) if is_any else label_written(watchlist)}"
    raise TypeError(condition)


def label_written(label: str) -> str:
    """A label as it stands in a list: in quotes unless it is one plain word."""
    return label if BARE_LABEL.fullmatch(label) and label.casefold() not in JOINING else _quoted(label)


def _labels(labels: tuple[str, ...]) -> str:
    return ",".join(map(label_written, labels))


def _within(part: Condition, *looser: type[Condition]) -> str:
    return f"({written(part)})" if isinstance(part, looser) else written(part)


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _number(number: Number) -> str:
    name = number.key
    if number.argument is not None:
        name += f"({amount_written(number.argument, COLUMN_OF[number.key].argument_unit)})"
    if number.transform is Transform.PERCENTILE:
        return f"pct({name})"
    return f"changed:{name} {number.days}d" if number.transform is Transform.CHANGE else name
