"""A screen as data, and how it is read from the words of an address."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

import numpy as np

from screener.screens.columns import CATEGORIES, CATEGORY_OF, COLUMN_OF, COLUMNS, GATES

Range = tuple[float | None, float | None]

SUFFIXES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "%": 0.01}
AMOUNT: Final = re.compile(r"\$?\s*(-?\d+(?:\.\d*)?|-?\.\d+)\s*([kmbt%]?)", re.IGNORECASE | re.ASCII)
LONGEST_AMOUNT: Final = 32
LONGEST_TEXT: Final = 100
DEFAULT_SORT: Final = "-total"


def phrase(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one word of an address: a text with `{names}` and what fills them."""

    key: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Which rows come back and in which order. Limits are included; scores run from 0 to 100."""

    text: str = ""
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    gates: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def is_everything(self) -> bool:
        return not (self.text or self.categories or self.ranges or self.gates)

    def to_params(self) -> list[tuple[str, str]]:
        """The words of its address, without those that say nothing."""
        params = [("q", self.text)] if self.text else []
        params += [(each.key, value) for each in CATEGORIES for value in self.categories.get(each.key, ())]
        for column in COLUMNS:
            low, high = self.ranges.get(column.key, (None, None))
            params += [(f"{column.key}_min", written(low, column.unit))] if low is not None else []
            params += [(f"{column.key}_max", written(high, column.unit))] if high is not None else []
        params += [("gates", self.gates)] if self.gates else []
        params += [("sort", self.sort)] if self.sort != DEFAULT_SORT else []
        return params + ([("page", str(self.page))] if self.page > 1 else [])

    def without(self, key: str, value: str = "") -> "Screen":
        """The same screen without one condition, from its first page."""
        if key in CATEGORY_OF:
            left = tuple(each for each in self.categories.get(key, ()) if each != value)
            others = {name: told for name, told in self.categories.items() if name != key}
            return replace(self, categories=others | ({key: left} if left else {}), page=1)
        if key in COLUMN_OF:
            return replace(self, ranges={k: r for k, r in self.ranges.items() if k != key}, page=1)
        return replace(self, **{"text" if key == "q" else key: ""}, page=1)  # type: ignore[arg-type]


def amount_of(text: str, unit: str = "") -> float:
    """`100m`, `1.5b`, `40%`, `$10k` → a number; `ValueError` when it is not one."""
    told = AMOUNT.fullmatch(text.strip().replace(",", "")) if len(text) <= LONGEST_AMOUNT else None
    if told is None:
        raise ValueError(text)
    number = float(told[1]) * SUFFIXES[told[2].lower()]
    if unit == "score" and told[2] == "%":
        number *= 100
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def written(number: float, unit: str) -> str:
    """The shortest words that `amount_of` reads back as this number, never with an exponent."""
    candidates = [_positional(number)]
    if unit in {"share", "change"}:
        candidates.insert(0, f"{_positional(round(number * 100, 9))}%")
    for suffix in "tbmk":
        if abs(number) >= SUFFIXES[suffix] and unit in {"usd", "count"}:
            candidates.insert(0, f"{_positional(number / SUFFIXES[suffix])}{suffix}")
            break
    fitting = (each for each in candidates if len(each) <= LONGEST_AMOUNT and amount_of(each, unit) == number)
    return next(fitting, repr(number))


def _positional(number: float) -> str:
    return str(np.format_float_positional(number, trim="-"))


def read_screen(params: Mapping[str, Sequence[str]]) -> tuple[Screen, tuple[Problem, ...]]:
    """Read an address. What makes no sense is told and left out; everything else still applies."""
    problems: list[Problem] = []
    known = {"q", "gates", "sort", "page", *CATEGORY_OF}
    known |= {f"{key}_{end}" for key in COLUMN_OF for end in ("min", "max")}
    problems += [
        _unknown(key, known, phrase("There is no filter {value}.")) for key in params if key not in known
    ]
    sort, page = _last(params, "sort") or DEFAULT_SORT, _last(params, "page") or "1"
    if sort.removeprefix("-") not in {*COLUMN_OF, "name"}:
        problems.append(
            _unknown(sort, {*COLUMN_OF, "name"}, phrase("The table can't be sorted by {value}."), "sort")
        )
        sort = DEFAULT_SORT
    if not (page.isascii() and page.isdecimal() and int(page[:12]) > 0):
        problems.append(
            Problem(key="page", text=phrase("{value} is no page number."), values={"value": page})
        )
        page = "1"
    gates = _last(params, "gates")
    if gates and gates not in GATES:
        problems.append(_unknown(gates, GATES, phrase("Gates can't be {value}."), "gates"))
        gates = ""
    screen = Screen(
        text=_last(params, "q")[:LONGEST_TEXT],
        categories={
            each.key: told
            for each in CATEGORIES
            if (told := tuple(dict.fromkeys(value for value in params.get(each.key, ()) if value)))
        },
        ranges=_ranges(params, problems),
        gates=gates,
        sort=sort,
        page=int(page[:12]),
    )
    return screen, tuple(problems)


def _ranges(params: Mapping[str, Sequence[str]], problems: list[Problem]) -> dict[str, Range]:
    ranges: dict[str, Range] = {}
    for column in COLUMNS:
        limits: list[float | None] = [None, None]
        for place, end in enumerate(("min", "max")):
            text = _last(params, f"{column.key}_{end}")
            if not text:
                continue
            try:
                limits[place] = amount_of(text, column.unit)
            except ValueError:
                told = phrase("{value} is not a number; write it like 250000, 100m or 40%.")
                problems.append(Problem(key=f"{column.key}_{end}", text=told, values={"value": text[:40]}))
        low, high = limits
        if low is not None and high is not None and low > high:
            told = phrase("The lower limit {low} is above the upper limit {high}, so nothing can match.")
            values = {"low": written(low, column.unit), "high": written(high, column.unit)}
            problems.append(Problem(key=f"{column.key}_min", text=told, values=values))
        if low is not None or high is not None:
            ranges[column.key] = (low, high)
    return ranges


def _last(params: Mapping[str, Sequence[str]], key: str) -> str:
    told = params.get(key) or ("",)
    return told[-1].strip()


def _unknown(value: str, known: Mapping[str, str] | set[str], text: str, key: str = "") -> Problem:
    near = get_close_matches(value.removeprefix("-"), known, n=1)
    hint = {"hint": near[0]} if near else {}
    return Problem(key=key or value, text=text, values={"value": value[:40]} | hint)
