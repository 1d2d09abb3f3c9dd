"""Swings over time: how far an asset was below its high, and how much it moved, beside its peers of today."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from screener.charts.axes import Axis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

Value = tuple[datetime, float]
"""A day and a share, 0.05 for 5 %."""

Span = tuple[datetime, datetime]
"""The first and the last day that are shown, so that two charts can be read side by side."""

LOW_HEIGHT: Final = HEIGHT * 0.7


def drawdown_chart(values: Sequence[Value], *, span: Span, peers: float | None) -> Chart | None:
    """Shares lost since a high, from 0 at the top down; `peers` is their median, a level across it.

    None for fewer than two days.
    """
    if len(values) < 2:
        return None
    most = max(*(share for _day, share in values), peers or 0.0, 0.01)
    scale = Axis(low=0, high=most, start=MARGIN, end=LOW_HEIGHT - MARGIN)
    return _drawn("drawdown", values, scale, span, peers)


def volatility_chart(values: Sequence[Value], *, span: Span, peers: float | None) -> Chart | None:
    """Daily standard deviations from 0 at the bottom up; else as `drawdown_chart`."""
    if len(values) < 2:
        return None
    most = max(*(share for _day, share in values), peers or 0.0, 0.001)
    scale = Axis(low=0, high=most, start=LOW_HEIGHT - 1, end=MARGIN)
    return _drawn("volatility", values, scale, span, peers)


def _drawn(kind: str, values: Sequence[Value], scale: Axis, span: Span, peers: float | None) -> Chart:
    moments = TimeAxis(first=span[0], last=span[1], start=0, end=WIDTH)
    line = [(moments.at(day), scale.at(share)) for day, share in values]
    zero = scale.at(0)
    return Chart(
        kind=kind,
        shapes=(
            Shape(kind="area", path=path([*line, (line[-1][0], zero), (line[0][0], zero)]) + "z"),
            Shape(kind="line", path=path(line)),
        ),
        points=columns([x for x, _y in line], [{"at": day, "share": share} for day, share in values]),
        levels=() if peers is None else (Mark(y=scale.at(peers), value=peers),),
        y_ticks=scale.ticks(3),
        x_ticks=moments.ticks(),
        height=LOW_HEIGHT,
    )
