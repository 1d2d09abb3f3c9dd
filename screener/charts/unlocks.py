"""Unlock chart: circulating supply to come, stepping up at each unlock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from screener.charts.axes import Axis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

SHORTEST: Final = timedelta(days=30)
ROOM: Final = 1.08
"""How far the chart goes on behind the last unlock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """So many units come free at this moment, for these."""

    at: datetime
    amount: float
    category: str


def unlock_chart(now: datetime, releases: Sequence[Release], circulating: float) -> Chart | None:
    """The path of the circulating supply from now on, a dot at each unlock; None without any to come."""
    coming = sorted((each for each in releases if each.at > now), key=lambda each: each.at)
    if not coming:
        return None
    last = now + max((coming[-1].at - now) * ROOM, SHORTEST)
    days = TimeAxis(first=now, last=last, start=0, end=WIDTH)
    units = Axis(low=0, high=circulating + sum(each.amount for each in coming), start=HEIGHT - 1, end=MARGIN)
    supply, steps, dots, unlocks = circulating, [(0.0, units.at(circulating))], [], []
    for each in coming:
        x, before = days.at(each.at), supply
        supply += each.amount
        steps += [(x, units.at(before)), (x, units.at(supply))]
        dots.append(Mark(x=x, y=units.at(supply), value=each.amount))
        unlocks.append({"at": each.at, "amount": each.amount, "category": each.category, "supply": supply})
    steps.append((WIDTH, units.at(supply)))
    return Chart(
        kind="unlocks",
        shapes=(
            Shape(kind="area", path=path([*steps, (WIDTH, HEIGHT), (0.0, HEIGHT)]) + "z"),
            Shape(kind="line", path=path(steps)),
        ),
        points=columns([days.at(each.at) for each in coming], unlocks),
        dots=tuple(dots),
        y_ticks=units.ticks(),
        x_ticks=days.ticks(),
    )
