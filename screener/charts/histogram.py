"""Histogram under a filter: bars as one path each for what a limit lets in and what it keeps out."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from screener.screens.amounts import written
from screener.screens.bins import BARS, scale_of
from screener.screens.columns import ScreenColumn
from screener.screens.histograms import Histogram

WIDTH: Final = 4
HEIGHT: Final = 24
GAP: Final = 4
"""Between the last bar and the one of what is not known."""
TOTAL_WIDTH: Final = WIDTH * BARS + GAP + WIDTH
LEAST: Final = 1.0
"""So high is the bar of a single asset among a million: something is not nothing."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """`within`, `beyond` and `unknown` are SVG paths; `edges` are the bars' limits as they are typed."""

    within: str
    beyond: str
    unknown: str
    edges: str
    known_count: int
    unknown_count: int


def draw(histogram: Histogram, column: ScreenColumn, *, low: float | None, high: float | None) -> Drawing:
    """`low` and `high` are the limits that are set; a bar is within when some of it is."""
    edges = _edges(column)
    highest = max((*histogram.bars, histogram.unknown, 1))
    inside: list[str] = []
    outside: list[str] = []
    for place, count in enumerate(histogram.bars):
        first, last = place == 0, place == BARS - 1
        is_in = (low is None or last or edges[place + 1] > low) and (
            high is None or first or edges[place] <= high
        )
        (inside if is_in else outside).append(_bar(place * WIDTH, count, highest))
    return Drawing(
        within="".join(inside),
        beyond="".join(outside),
        unknown=_bar(BARS * WIDTH + GAP, histogram.unknown, highest),
        edges=_edge_texts(column),
        known_count=sum(histogram.bars),
        unknown_count=histogram.unknown,
    )


def _bar(left: int, count: int, highest: int) -> str:
    if not count:
        return ""
    height = max(LEAST, HEIGHT * count / highest)
    return f"M{left} {HEIGHT}v-{height:.1f}h{WIDTH - 1}v{height:.1f}z"


@cache
def _edges(column: ScreenColumn) -> tuple[float, ...]:
    return scale_of(column).edges


@cache
def _edge_texts(column: ScreenColumn) -> str:
    return " ".join(written(float(f"{edge:.3g}"), column.unit) for edge in _edges(column))
