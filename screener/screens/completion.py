"""Completion of a query: what can be written next at the place where the caret stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Final

from screener.checklist import CRITERIA
from screener.checklist.reference import UNITS
from screener.checklist.types import phrase
from screener.screens.columns import CATEGORIES, COLUMNS, GATES
from screener.screens.conditions import ANY
from screener.screens.query import LONGEST_QUERY, PIECE, label_written
from screener.screens.vocabulary import (
    CATEGORY_KEYS,
    CHANGED,
    FIELD_KEYS,
    JOINING,
    KEYWORDS,
    NAME,
    PCT,
    STATE_WORDS,
    WELL_KNOWN,
)

MOST_OPTIONS: Final = 12


@dataclass(frozen=True, slots=True)
class Option:
    """`text` is put in; `label`, `detail` and the `unit` of a field are phrases or names to show."""

    text: str
    label: str
    detail: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The option chosen replaces the query from `start` to `end`."""

    start: int
    end: int
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option, and the names under which people look for it; the first is its own."""

    option: Option
    names: tuple[str, ...]


def completions(text: str, caret: int, *, labels: Mapping[str, Sequence[str]]) -> Completion:
    """What fits at the caret, nearest first. `labels` are those of each category, `tag` and `watch`."""
    caret = max(0, min(caret, len(text)))
    if caret > LONGEST_QUERY:
        return Completion(caret, caret)
    pieces = list(PIECE.finditer(text, 0, caret))
    last = pieces[-1] if pieces and pieces[-1].end() == caret else None
    if last is None or last["sign"]:
        return Completion(
            caret, caret, _fitting("", _candidates([each[0] for each in pieces], labels, is_typing=False))
        )
    if last["end"] or last["curly"]:
        return Completion(caret, caret)
    typed = last[0].lstrip('"“') if last["quoted"] else last[0]
    candidates = _candidates([each[0] for each in pieces[:-1]], labels, is_typing=True)
    return Completion(last.start(), _end(text, last, caret), _fitting(typed, candidates))


def _end(text: str, last: re.Match[str], caret: int) -> int:
    """The rest of the word under the caret goes too; of a quote, what is closed and still looks like one."""
    whole = PIECE.match(text, last.start())
    if whole is None or (last["quoted"] and re.search(r'[:<>=]|["“”].+["“”].', whole[0], re.DOTALL)):
        return caret
    return max(caret, whole.end()) if whole["word"] or whole["end"] or whole["curly"] else caret


# Which place it is ----------------------------------------------------------------------


def _candidates(
    before: list[str], labels: Mapping[str, Sequence[str]], *, is_typing: bool
) -> Iterable[Candidate]:
    """What can stand behind these pieces; who is typing a word behind a field does not want operators."""
    listed = len(before)
    while listed >= 2 and before[listed - 1] == ",":
        listed -= 2
    head, chosen = [each.casefold() for each in before[:listed]], frozenset(before[listed::2])
    match head:
        case [*_, "state", ":", _, "=" | "=="]:
            return _words(STATE_WORDS, chosen)
        case [*_, name, ":"]:
            return [each for each in _behind_colon(name, labels) if each.option.text not in chosen]
        case _ if listed < len(before):
            return ()
        case [*_, name, "("] if name in {PCT, *FIELD_KEYS}:
            return COLUMN_CANDIDATES if name == PCT else ()
        case [*_, "<" | "<=" | ">" | ">=" | "=" | "==" | "!=" | "≤" | "≥" | "≠" | "~"]:
            return ()
        case [*_, name, ":", _] if name == CHANGED:
            return _words(SPANS, chosen)
        case _:
            if _ends_in_number(head) and not is_typing:
                return OPERATOR_CANDIDATES
            more = _whole_terms(labels) if is_typing else ()
            return (*_term(is_first=not head), *more)


def _behind_colon(name: str, labels: Mapping[str, Sequence[str]]) -> Iterable[Candidate]:
    if name in CATEGORY_KEYS:
        return _words(labels.get(CATEGORY_KEYS[name], ()))
    match name:
        case "tag":
            return _words(labels.get("tag", ()))
        case "watch":
            return (ANY_WATCHLIST, *_words(labels.get("watch", ()), frozenset({ANY})))
        case "gate":
            return GATE_CANDIDATES
        case "state":
            return CRITERION_CANDIDATES
        case "missing" | "known":
            return ASKABLE_CANDIDATES
    return COLUMN_CANDIDATES if name == CHANGED else ()


def _ends_in_number(head: list[str]) -> bool:
    """Whether a field, `pct(…)` or a change stands last and waits to be compared."""
    match head:
        case [*_, name, ":", _, _] if name == CHANGED:
            return True
        case [*_, ":" | ",", _]:
            return False
        case [*others, ")"]:
            while others and others[-1] != "(":
                others.pop()
            return others[-2:-1] != [] and others[-2] in {PCT, *FIELD_KEYS}
        case [*_, name]:
            return name in FIELD_KEYS
    return False


def _term(*, is_first: bool) -> Iterator[Candidate]:
    yield from TERM_CANDIDATES
    for word, meaning in JOINING.items():
        if word == "not" or not is_first:
            yield Candidate(Option(word, word, meaning), (word,))


def _whole_terms(labels: Mapping[str, Sequence[str]]) -> Iterator[Candidate]:
    """Values, gates and criteria under their own names, each with the word that asks for it."""
    for word, texts in labels.items():
        for text in texts if word != "watch" else ():
            yield Candidate(Option(f"{word}:{label_written(text)}", text, LABEL_OF[word]), (text.casefold(),))
    yield from TERMS_OF_CRITERIA


def _words(texts: Iterable[str], chosen: frozenset[str] = frozenset()) -> Iterator[Candidate]:
    for text in texts:
        option = Option(label_written(text), text)
        if option.text not in chosen:
            yield Candidate(option, (text.casefold(),))


# What there is --------------------------------------------------------------------------


def _columns() -> Iterator[Candidate]:
    units = {**UNITS, "change": UNITS["share"]}
    for each in sorted(COLUMNS, key=lambda column: not column.in_form):
        called = tuple(name for name, key in WELL_KNOWN.items() if key == each.key)
        names = (each.key, *each.aliases, *called, each.label.casefold())
        yield Candidate(Option(each.key, each.label, each.description, units[each.unit]), names)


def _criteria() -> Iterator[Candidate]:
    for each in CRITERIA.values():
        names = (each.id, each.id.partition(".")[2], each.title.casefold())
        yield Candidate(Option(each.id, each.title, each.question), names)


def _terms_of_criteria() -> Iterator[Candidate]:
    for word, title in GATES.items():
        yield Candidate(Option(f"gate:{word}", title), (word, title.casefold()))
    for each in CRITERIA.values():
        name = each.id.partition(".")[2]
        names = (name, name.replace("_", " "), each.title.casefold())
        yield Candidate(Option(f"state:{each.id}=", each.title, each.question), names)


def _with(candidate: Candidate, sign: str) -> Candidate:
    option = candidate.option
    return Candidate(replace(option, text=option.text + sign), candidate.names)


COLUMN_CANDIDATES: Final = tuple(_columns())
CATEGORY_CANDIDATES: Final = tuple(
    Candidate(Option(each.key, each.label), (each.key, each.label.casefold())) for each in CATEGORIES
)
ASKABLE_CANDIDATES: Final = (*COLUMN_CANDIDATES, *CATEGORY_CANDIDATES)
STARTERS: Final = (
    *("score", "market_cap", "liquidity", "exit_days", "top10_adj", "unlock_30d"),
    *("tier:", "chain:", "sector:", "gate:", "missing:", "watch:"),
)
"""What an empty line offers: some of everything."""
TERM_CANDIDATES: Final = tuple(
    sorted(
        (
            *COLUMN_CANDIDATES,
            *(_with(each, ":") for each in CATEGORY_CANDIDATES),
            *(Candidate(Option(f"{word}:", word, meaning), (word,)) for word, meaning in KEYWORDS.items()),
            Candidate(Option(f"{NAME}~", phrase("Name"), phrase("Part of the name or the symbol")), (NAME,)),
            Candidate(
                Option(f"{PCT}(", phrase("Percentile"), phrase("Of a field, among its tier")),
                (PCT, "percentile"),
            ),
        ),
        key=lambda each: [*STARTERS, each.option.text].index(each.option.text),
    )
)
CRITERION_CANDIDATES: Final = tuple(_with(each, "=") for each in _criteria())
GATE_CANDIDATES: Final = (
    *(Candidate(Option(word, title), (word, title.casefold())) for word, title in GATES.items()),
    *(each for each in _criteria() if CRITERIA[each.option.text].is_gate),
)
ANY_WATCHLIST: Final = Candidate(Option(ANY, phrase("Any of your watchlists")), (ANY,))
LABEL_OF: Final = {each.key: each.label for each in CATEGORIES} | {"tag": KEYWORDS["tag"]}
TERMS_OF_CRITERIA: Final = tuple(_terms_of_criteria())
OPERATOR_CANDIDATES: Final = tuple(
    Candidate(Option(sign, meaning), (sign,))
    for sign, meaning in {
        "<": phrase("below"),
        "<=": phrase("at most"),
        ">": phrase("above"),
        ">=": phrase("at least"),
        "=": phrase("equal to"),
        "!=": phrase("other than"),
        ":": phrase("from..to, both included"),
    }.items()
)
SPANS: Final = ("1d", "7d", "30d", "90d", "365d")


# Which of it fits -----------------------------------------------------------------------


def _fitting(typed: str, candidates: Iterable[Candidate]) -> tuple[Option, ...]:
    """The nearest first; only where no name holds what is typed, those with its letters in order."""
    folded, offered = typed.casefold(), list(candidates)
    ranked = [
        (rank, place) for place, each in enumerate(offered) if (rank := _rank(folded, each.names)) is not None
    ]
    if not ranked and len(folded) > 1:
        ranked = [(0, place) for place, each in enumerate(offered) if _has_letters(each.names[0], folded)]
    return tuple(offered[place].option for _rank, place in nsmallest(MOST_OPTIONS, ranked))


def _rank(typed: str, names: Sequence[str]) -> int | None:
    """0 is a name itself, then how its own begins, how another or a word of one begins, a part of one."""
    if typed in names:
        return 0
    if names[0].startswith(typed):
        return 1
    if any(each.startswith(typed) for each in names):
        return 2
    if any(word.startswith(typed) for each in names for word in re.split(r"[\W_]+", each)):
        return 3
    return 4 if any(typed in each for each in names) else None


def _has_letters(name: str, typed: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in typed)
