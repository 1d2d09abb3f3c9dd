"""Correlation chart: a rolling correlation over time, within its interval, from −1 to 1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from screener.charts.axes import Axis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationPoint:
    """Of the window that ended on this day: r (None: not known), its interval, and of how many days."""

    at: datetime
    r: float | None
    low: float
    high: float
    days: int


def correlation_chart(series: Sequence[CorrelationPoint]) -> Chart | None:
    """From old to new, with a gap where it is not known; None with fewer than two known days."""
    if sum(each.r is not None for each in series) < 2:
        return None
    days = TimeAxis(first=series[0].at, last=series[-1].at, start=0, end=WIDTH)
    scale = Axis(low=-1, high=1, start=HEIGHT - MARGIN, end=MARGIN)
    known = [each for each in series if each.r is not None]
    return Chart(
        kind="correlation",
        shapes=tuple(_shapes(series, days, scale)),
        points=columns(
            [days.at(each.at) for each in known],
            [
                {"at": each.at, "r": each.r, "low": each.low, "high": each.high, "days": each.days}
                for each in known
            ],
        ),
        levels=(Mark(y=scale.at(0), value=0),),
        y_ticks=scale.ticks(),
        x_ticks=days.ticks(),
    )


def _shapes(series: Sequence[CorrelationPoint], days: TimeAxis, scale: Axis) -> Iterator[Shape]:
    for is_known, group in groupby(series, key=lambda each: each.r is not None):
        if not is_known:
            continue
        part = [*group]
        upper = [(days.at(each.at), scale.at(each.high)) for each in part]
        lower = [(days.at(each.at), scale.at(each.low)) for each in reversed(part)]
        yield Shape(kind="area", path=path([*upper, *lower]) + "z")
        yield Shape(
            kind="line",
            path=path([(days.at(each.at), scale.at(each.r)) for each in part if each.r is not None]),
        )
