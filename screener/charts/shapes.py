"""Shapes that a chart consists of. Widths are stretched to the place it stands in, heights are pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

WIDTH: Final = 1000.0
HEIGHT: Final = 200.0
MARGIN: Final = 8.0
"""Left free above and below, so that no line is cut at half its width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place on an axis and the value there, a number or a moment."""

    at: float
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A path of SVG data; `kind` is the class that the style sheet paints."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that stands out: a dot at (x, y), or a level across the chart where `x` is None."""

    y: float
    x: float | None = None
    kind: str = ""
    value: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A column of the chart that can be read: its middle, how wide it is, and what it stands for."""

    x: float
    width: float
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`kind` says how its points are read; `points` go from left to right."""

    kind: str
    shapes: tuple[Shape, ...]
    points: tuple[Point, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    dots: tuple[Mark, ...] = ()
    levels: tuple[Mark, ...] = ()
    height: float = field(default=HEIGHT)
    width: float = field(default=WIDTH)


def path(points: Sequence[tuple[float, float]]) -> str:
    """Straight lines from point to point."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"


def columns(xs: Sequence[float], values: Sequence[Mapping[str, Any]]) -> tuple[Point, ...]:
    """Points that share the width among them: each reaches half way to its neighbours."""
    borders = [0.0, *((left + right) / 2 for left, right in pairwise(xs)), WIDTH]
    return tuple(
        Point(x=(left + right) / 2, width=right - left, values=point)
        for left, right, point in zip(borders, borders[1:], values, strict=False)
    )


def wider(points: Sequence[Point], *, most: int) -> tuple[Point, ...]:
    """At most so many columns: neighbours as one, which is read as the last of them; the newest is kept."""
    size = max(1, -(-len(points) // most))
    ends = range(len(points), 0, -size)
    groups = [points[max(0, end - size) : end] for end in reversed(ends)]
    return tuple(_as_one(group) for group in groups)


def _as_one(group: Sequence[Point]) -> Point:
    left, width = group[0].x - group[0].width / 2, sum(each.width for each in group)
    return Point(x=left + width / 2, width=width, values=group[-1].values)
