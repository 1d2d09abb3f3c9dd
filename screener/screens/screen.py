"""A screen: a question, an order, the columns that are shown. Its address is all that there is of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from screener.checklist.types import phrase
from screener.screens.columns import CATEGORY_OF, COLUMN_OF, KEY_OF, SHOWN, ScreenColumn
from screener.screens.conditions import EVERYTHING, Condition, both
from screener.screens.half_typed import right_part
from screener.screens.limits import problem_of_size
from screener.screens.order import BY_NAME
from screener.screens.panel_form import WORDS, last_of, read_panel
from screener.screens.position import PositionError, PositionSize, Refusal, read_position
from screener.screens.problems import Problem
from screener.screens.query import QueryError, parse, written
from screener.screens.watched import ANY_COLUMN_OF, ANY_KEY_OF

DEFAULT_SORT: Final = "-score"
OWN_WORDS: Final = ("q", "sort", "columns", "position", "page")
MOST_UNKNOWN: Final = 5
"""So many words that mean nothing are named; to look for what was meant costs more than all the rest."""
LONGEST_MEANT: Final = 60
MOST_DIGITS: Final = 19
"""A row number with fewer fits into a column of the databases."""
REFUSALS: Final = {
    Refusal.INVALID: phrase("“{value}” is not a position size. Write it like 25000, 25k, $1.5m or 1m units."),
    Refusal.CURRENCY: phrase(
        "{value} can't be converted: no exchange rate is known here. Write the position in US dollars, "
        "like $25k."
    ),
}
MOVE: Final = "move"
BESIDE: Final = frozenset({"format", "screen", "saved", "typing", "watchlist", MOVE})
"""Words of an address that are not the screen's: the format of an export, the saved screen it came from, the
place of the caret of who is typing the query, the list whose table is exported, the column that is to be
moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A table as it is shown unless its address says otherwise: the screener's, or that of a list.

    `path` is where it stands, "" for the screener's; `names` are those of the columns that it can have,
    each with its key in `known`.
    """

    path: str = ""
    sort: str = DEFAULT_SORT
    columns: tuple[str, ...] = SHOWN
    has_lists_columns: bool = False

    @property
    def known(self) -> Mapping[str, ScreenColumn]:
        return ANY_COLUMN_OF if self.has_lists_columns else COLUMN_OF

    @property
    def names(self) -> Mapping[str, str]:
        return ANY_KEY_OF if self.has_lists_columns else KEY_OF

    @property
    def sortable(self) -> frozenset[str]:
        return frozenset({BY_NAME, *self.known, *CATEGORY_OF})


SCREENER: Final = Usual()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Which assets, in which order, with which columns; `sort` is a key, with a minus from high to low.

    `position` is what the address says of it, over what its reader has set; None where it says nothing.
    `saved_id` is the row of the saved screen that it came from, whatever has been changed since.
    """

    condition: Condition = EVERYTHING
    sort: str = DEFAULT_SORT
    columns: tuple[str, ...] = SHOWN
    usual: Usual = SCREENER
    position: PositionSize | None = None
    page: int = 1
    saved_id: int | None = None

    @property
    def query(self) -> str:
        """The question as text."""
        return written(self.condition)

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    def to_params(self) -> list[tuple[str, str]]:
        """The words of its address, without those that say nothing."""
        params = [("q", self.query)] if self.condition != EVERYTHING else []
        params += [("sort", self.sort)] if self.sort != self.usual.sort else []
        params += [("columns", ",".join(self.columns))] if self.columns != self.usual.columns else []
        params += [("position", str(self.position))] if self.position else []
        params += [("screen", str(self.saved_id))] if self.saved_id else []
        return params + ([("page", str(self.page))] if self.page > 1 else [])

    def asking(self, condition: Condition) -> "Screen":
        """The same view of another question, from its first page."""
        return replace(self, condition=condition, page=1)


def read_screen(
    params: Mapping[str, Sequence[str]], usual: Usual = SCREENER
) -> tuple[Screen, tuple[Problem, ...]]:
    """Read an address. What makes no sense is a problem and left out; everything else still applies.

    Of a query that is the term in which it is wrong. Words of the filter panel are joined with the query:
    `q=pepe&tier=micro` asks for both.
    """
    problems: list[Problem] = list(_unknown_words(params))
    condition: Condition = EVERYTHING
    try:
        condition = parse(last_of(params, "q"))
    except QueryError as error:
        problems.append(error.problem)
        condition = parse(right_part(last_of(params, "q"), error.problem))
    from_panel, wrong = read_panel(params)
    problems += wrong
    condition = both(condition, from_panel)
    if too_much := problem_of_size(condition):
        problems.append(too_much)
        condition = EVERYTHING
    screen = Screen(
        condition=condition,
        sort=_sort(last_of(params, "sort"), usual, problems),
        columns=_columns(params.get("columns", ()), usual, problems),
        usual=usual,
        position=_position(last_of(params, "position"), problems),
        page=_page(last_of(params, "page"), problems),
        saved_id=_saved_id(last_of(params, "screen")),
    )
    return screen, tuple(problems)


def _sort(text: str, usual: Usual, problems: list[Problem]) -> str:
    name = text.removeprefix("-")
    key = usual.names.get(name, name)
    if not text:
        return usual.sort
    if key not in usual.sortable:
        said = phrase("The table can't be sorted by {value}.")
        problems.append(_unknown(name, usual.sortable, said, key="sort"))
        return usual.sort
    return f"-{key}" if text.startswith("-") else key


def _columns(texts: Sequence[str], usual: Usual, problems: list[Problem]) -> tuple[str, ...]:
    """Chosen columns in their order, each once; commas or repeated words part them."""
    names = dict.fromkeys(name.strip() for text in texts for name in text.split(",") if name.strip())
    keys = []
    unknown = 0
    for name in names:
        if name in usual.names:
            keys.append(usual.names[name])
        elif (unknown := unknown + 1) <= MOST_UNKNOWN:
            said = phrase("There is no column {value}.")
            problems.append(_unknown(name, set(usual.names), said, key="columns"))
    return tuple(dict.fromkeys(keys)) or usual.columns


def _position(typed: str, problems: list[Problem]) -> PositionSize | None:
    try:
        return read_position(typed) if typed.strip() else None
    except PositionError as error:
        text = REFUSALS[error.refusal]
        value = error.currency or typed[:40]
        problems.append(Problem(key="position", text=text, values={"value": value}))
        return None


def _page(typed: str, problems: list[Problem]) -> int:
    number = typed[:12] or "1"
    if number.isascii() and number.isdecimal() and int(number) > 0:
        return int(number)
    text = phrase("{value} is no page number.")
    problems.append(Problem(key="page", text=text, values={"value": typed[:40]}))
    return 1


def _saved_id(typed: str) -> int | None:
    """What is no row came from nowhere: an address is shared, and its screen may be somebody else's."""
    is_row = typed.isascii() and typed.isdecimal() and len(typed) < MOST_DIGITS
    return int(typed) or None if is_row else None


def _unknown_words(params: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    known = {*OWN_WORDS, *BESIDE, *WORDS}
    unknown = [word for word in params if word not in known]
    for word in unknown[:MOST_UNKNOWN]:
        yield _unknown(word, known, phrase("There is no filter {value}."), key=word)


def _unknown(value: str, known: frozenset[str] | set[str], text: str, *, key: str) -> Problem:
    near = get_close_matches(value, known, n=1) if len(value) <= LONGEST_MEANT else []
    hint = {"hint": near[0]} if near else {}
    return Problem(key=key, text=text, values={"value": value[:40]} | hint)
