"""Answer a screen: count, one page of rows, facets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.evaluate import evaluate
from screener.screens.filters import Screen
from screener.screens.table import Table
from screener.universe import UNIVERSE

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRow:
    """One asset as the table shows it: texts, and numbers by column key (None = not known)."""

    asset_id: int
    slug: str
    name: str
    symbol: str
    categories: Mapping[str, str]
    numbers: Mapping[str, float | None]
    total_low: float
    total_high: float
    gates_open: int
    gates_unverified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenAnswer:
    """`total` rows match out of `universe`; `rows` are those of the page."""

    screen: Screen
    total: int
    universe: int
    page: int
    pages: int
    rows: tuple[ScreenRow, ...]
    facets: Mapping[str, Mapping[str, int]]


def run_screen(screen: Screen) -> ScreenAnswer:
    """Run the screen over the universe in memory. A page past the end is the last one."""
    table = UNIVERSE.table()
    selection = evaluate(table, screen)
    total = len(selection.rows)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(screen.page, pages)
    places = selection.rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE].tolist()
    return ScreenAnswer(
        screen=screen,
        total=total,
        universe=len(table),
        page=page,
        pages=pages,
        rows=tuple(_row(table, place) for place in places),
        facets=selection.facets,
    )


def _row(table: Table, place: int) -> ScreenRow:
    texts: dict[str, Any] = {key: column[place] for key, column in table.texts.items()}
    return ScreenRow(
        asset_id=int(table.ids[place]),
        slug=texts["slug"],
        name=texts["name"] or texts["symbol"] or texts["slug"],
        symbol=texts["symbol"],
        categories={
            each.key: table.categories[each.key].labels[table.categories[each.key].codes[place]]
            for each in CATEGORIES
        },
        numbers={column.key: _known(table.numbers[column.key][place]) for column in COLUMNS},
        total_low=float(table.numbers["total_low"][place]),
        total_high=float(table.numbers["total_high"][place]),
        gates_open=int(table.gates_open[place]),
        gates_unverified=int(table.gates_unverified[place]),
    )


def _known(number: float) -> float | None:
    return None if number != number else float(number)
