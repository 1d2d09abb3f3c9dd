"""Market lines: groups of assets over time, as shares from 0 to 1 or as amounts on a scale of factors."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from screener.charts.axes import Axis, TimeAxis
from screener.charts.overlay import FEWEST_DAYS, PriceLine, drawn_lines, overlay_chart
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, columns

HALF: Final = 0.5


def shares_chart(lines: Sequence[PriceLine]) -> Chart | None:
    """Shares of each group, from 0 to 1, with the level of one half; None without a line of two days."""
    lines = [each for each in lines if len(each.days) >= FEWEST_DAYS]
    if not lines:
        return None
    days = sorted({day for each in lines for day in each.days})
    scale = Axis(low=0, high=1, start=HEIGHT - MARGIN, end=MARGIN)
    moments = TimeAxis(first=days[0], last=days[-1], start=0, end=WIDTH)
    return Chart(
        kind="shares",
        shapes=drawn_lines(lines, moments, scale),
        points=columns([moments.at(day) for day in days], [*_values(lines, days)]),
        levels=(Mark(y=scale.at(HALF), value=HALF),),
        y_ticks=scale.ticks(),
        x_ticks=moments.ticks(),
    )


def caps_chart(lines: Sequence[PriceLine]) -> Chart | None:
    """Amounts in USD of each group, as they are; None without a line of two days."""
    chart = overlay_chart([each for each in lines if len(each.days) >= FEWEST_DAYS])
    return None if chart is None else replace(chart, kind="caps", levels=())


def _values(lines: Sequence[PriceLine], days: Sequence[datetime]) -> Iterator[dict[str, Any]]:
    """Of a day that a group does not know nothing is said."""
    known = [(each.name, dict(zip(each.days, each.values, strict=True))) for each in lines]
    for day in days:
        yield {"at": day, "values": tuple((name, values.get(day)) for name, values in known)}
