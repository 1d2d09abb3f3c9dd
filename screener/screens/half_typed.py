"""Half-typed query: the term that somebody is writing, and the question without it.

A word on its way means nothing yet: until it is finished, what it would say is no reason to show nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from screener.screens.problems import Problem
from screener.screens.query import PIECE, QueryError, parse
from screener.screens.vocabulary import CHANGED, FIELD_KEYS, JOINING, PCT

BINDING: Final = frozenset({"<", "<=", ">", ">=", "=", "==", "!=", "≤", "≥", "≠", ":", "~", ","})
"""Signs that make one term of what stands on either side."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """`term` is what is left out, `rest` a query that means something."""

    term: str
    rest: str


def half_typed(text: str, caret: int) -> HalfTyped | None:
    """What is being typed at the caret; None where nothing is, or nothing is left that means anything."""
    caret = max(0, min(caret, len(text)))
    if not text[:caret] or text[caret - 1].isspace():
        return None
    pieces = list(PIECE.finditer(text))
    last = next((place for place, each in enumerate(pieces) if each.end() >= caret), None)
    return None if last is None else _without(text, pieces, last, first=last)


def is_on_its_way(problem: Problem, text: str) -> bool:
    """Whether a query is wrong only because it is not finished: at its end, or in what stays open."""
    end = len(text.rstrip())
    is_open = problem.length == 1 and text[(problem.at or 0) : (problem.at or 0) + 1] in {'"', "“", "("}
    return problem.at is not None and (is_open or problem.at + problem.length >= end)


def corrected(text: str, problem: Problem) -> str:
    """The query with what was perhaps meant in place of what is wrong; "" where that would not be right."""
    hint = problem.values.get("hint", "")
    if not hint or problem.at is None or problem.hint_at is None:
        return ""
    fixed = text[: problem.hint_at] + hint + text[problem.at + problem.length :]
    return fixed if _means_something(fixed) else ""


def right_part(text: str, problem: Problem) -> str:
    """The query without the term in which it is wrong; "" where what is left is wrong as well."""
    at = problem.at or 0
    half = without_term_at(text, at, since=at if problem.hint_at is None else problem.hint_at)
    return half.rest if half else ""


def without_term_at(text: str, at: int, *, since: int | None = None) -> HalfTyped | None:
    """A query without the term in which the character at this place stands, and those from `since`."""
    pieces = list(PIECE.finditer(text))
    last = _place_of(pieces, at)
    return _without(text, pieces, last, first=_place_of(pieces, at if since is None else since))


def _place_of(pieces: Sequence[re.Match[str]], at: int) -> int:
    """The piece with this character, or the next one; of what is missing at the end, the last."""
    return next((place for place, each in enumerate(pieces) if each.end() > at), len(pieces) - 1)


def _without(text: str, pieces: Sequence[re.Match[str]], last: int, *, first: int) -> HalfTyped | None:
    if not pieces:
        return None
    begin = pieces[_start_of_term(pieces, first)].start()
    end = pieces[_end_of_term(pieces, last)].end()
    rest = f"{_without_joining(text[:begin])} {text[end:].strip()}".strip()
    return HalfTyped(text[begin:end], rest) if _means_something(rest) else None


def _start_of_term(pieces: Sequence[re.Match[str]], place: int) -> int:
    while place > 0:
        here, before = pieces[place][0], pieces[place - 1][0]
        if here == ")":
            place = _opening(pieces, place)
        elif here in BINDING or before in BINDING or _is_call(pieces, place) or _is_call(pieces, place - 1):
            place -= 1
        elif _is_changed(pieces, place - 1):
            place -= 3
        else:
            break
    return place


def _is_changed(pieces: Sequence[re.Match[str]], place: int) -> bool:
    """Whether the field of a change stands there: `changed:score`, and days behind it."""
    return place >= 2 and pieces[place - 1][0] == ":" and pieces[place - 2][0].casefold() == CHANGED


def _end_of_term(pieces: Sequence[re.Match[str]], place: int) -> int:
    while place + 1 < len(pieces) and (
        pieces[place][0] in BINDING or (pieces[place + 1][0] in BINDING and pieces[place][0] not in BINDING)
    ):
        place += 1
    return place


def _opening(pieces: Sequence[re.Match[str]], place: int) -> int:
    """The bracket that this one closes; of a call the name before it. A group is a term of its own."""
    depth = 0
    for at in range(place, -1, -1):
        depth += {")": 1, "(": -1}.get(pieces[at][0], 0)
        if depth == 0:
            return at - 1 if _is_call(pieces, at) else at
    return 0


def _is_call(pieces: Sequence[re.Match[str]], place: int) -> bool:
    before = pieces[place - 1] if place else None
    return (
        before is not None
        and pieces[place][0] == "("
        and before.end() == pieces[place].start()
        and before[0].casefold() in {PCT, *FIELD_KEYS}
    )


def _without_joining(left: str) -> str:
    """Without the `and`, `or`, `not` and the open bracket that were meant for the term."""
    words = left.split()
    while words and (words[-1].casefold() in JOINING or words[-1] == "("):
        words.pop()
    return left[: left.rfind(words[-1]) + len(words[-1])] if words else ""


def _means_something(query: str) -> bool:
    try:
        parse(query)
    except QueryError:
        return False
    return True
