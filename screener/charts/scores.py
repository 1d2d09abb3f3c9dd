"""Score chart: an asset's total over time, within what it could have been."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from screener.charts.axes import Axis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Shape, columns, path

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoint:
    """From this moment on the total was this, and could have been from `low` to `high`; all 0–100.

    `total` is None while it was not rated.
    """

    at: datetime
    total: float | None
    low: float
    high: float


def score_chart(scores: Sequence[ScorePoint]) -> Chart | None:
    """Steps from score to score over the area of their intervals, from old to new; None for less than two.

    The line has a gap where nothing was rated.
    """
    if len(scores) < 2 or not scores[-1].at > scores[0].at:
        return None
    days = TimeAxis(first=scores[0].at, last=scores[-1].at, start=0, end=WIDTH)
    points = Axis(low=0, high=100, start=HEIGHT - 1, end=MARGIN)
    xs = [days.at(each.at) for each in scores]
    low, high = (
        _steps(xs, [points.at(value) for value in series])
        for series in zip(*((each.low, each.high) for each in scores), strict=True)
    )
    return Chart(
        kind="scores",
        shapes=(
            Shape(kind="area", path=path([*high, *reversed(low)]) + "z"),
            Shape(kind="line", path=" ".join(_rated_parts(xs, scores, points))),
        ),
        points=columns(
            xs, [{"at": each.at, "total": each.total, "low": each.low, "high": each.high} for each in scores]
        ),
        y_ticks=points.ticks(),
        x_ticks=days.ticks(),
    )


def _rated_parts(xs: Sequence[float], scores: Sequence[ScorePoint], points: Axis) -> Iterator[str]:
    """The line of the total, a part for each time it was rated: the last one holds until it no longer is."""
    for is_rated, group in groupby(range(len(scores)), key=lambda place: scores[place].total is not None):
        if not is_rated:
            continue
        places = [*group]
        totals = [points.at(total) for place in places if (total := scores[place].total) is not None]
        ends = [(xs[place + 1], totals[-1]) for place in places[-1:] if place + 1 < len(xs)]
        yield path([*_steps([xs[place] for place in places], totals), *ends])


def _steps(xs: Sequence[float], ys: Sequence[float]) -> list[Place]:
    """What was said holds until something else is said."""
    steps = [(xs[0], ys[0])]
    for x, before, after in zip(xs[1:], ys, ys[1:], strict=False):
        steps += [(x, before), (x, after)]
    return steps
