"""Overlay chart: the prices of a few assets on one scale, each 100 on the day from which all are known."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from screener.charts.axes import Axis, LogAxis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

BASE: Final = 100.0
FEWEST_DAYS: Final = 2
WIDE: Final = 20.0
"""From so many times the lowest value on, equal steps of the scale are equal factors: a price that has risen
fiftyfold leaves nothing to be seen of the others otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """Daily values of one asset from old to new, all above 0; `place` is the one that it has in the page."""

    place: int
    name: str
    days: tuple[datetime, ...]
    values: tuple[float, ...]

    def since(self, start: datetime) -> "PriceLine":
        """The same from that day on."""
        first = next((at for at, day in enumerate(self.days) if day >= start), len(self.days))
        return PriceLine(place=self.place, name=self.name, days=self.days[first:], values=self.values[first:])

    def at(self, day: datetime) -> float | None:
        """The value of that day, or the last one before; None before the first."""
        known = bisect_right(self.days, day)
        return self.values[known - 1] if known else None

    @property
    def lowest(self) -> float:
        return min(self.values)

    @property
    def highest(self) -> float:
        return max(self.values)

    @property
    def change_share(self) -> float:
        return self.values[-1] / self.values[0] - 1


def indexed(prices: Sequence[PriceLine]) -> tuple[PriceLine, ...]:
    """The same lines from the first day that all of them have, where each is 100.

    Those of fewer than two days, then or at all, are left out.
    """
    drawn = [each for each in prices if len(each.days) >= FEWEST_DAYS]
    if not drawn:
        return ()
    start = max(each.days[0] for each in drawn)
    since = [each.since(start) for each in drawn]
    return tuple(
        PriceLine(
            place=each.place,
            name=each.name,
            days=each.days,
            values=tuple(BASE * (value / each.values[0]) for value in each.values),
        )
        for each in since
        if len(each.days) >= FEWEST_DAYS
    )


def overlay_chart(lines: Sequence[PriceLine]) -> Chart | None:
    """Lines of `indexed`; None without any. The level is where all of them began."""
    if not lines:
        return None
    days = sorted({day for each in lines for day in each.days})
    low, high = min(each.lowest for each in lines), max(each.highest for each in lines)
    if low == high:  # prices that never moved stand in the middle
        low, high = low * 0.9, high * 1.1
    scale = (LogAxis if high > WIDE * low else Axis)(low=low, high=high, start=HEIGHT - MARGIN, end=MARGIN)
    moments = TimeAxis(first=days[0], last=days[-1], start=0, end=WIDTH)
    return Chart(
        kind="overlay",
        shapes=drawn_lines(lines, moments, scale),
        points=columns([moments.at(day) for day in days], [*_values(lines, days)]),
        levels=(Mark(y=scale.at(BASE), value=BASE),) if low <= BASE <= high else (),
        y_ticks=scale.ticks(),
        x_ticks=moments.ticks(),
    )


def drawn_lines(lines: Sequence[PriceLine], moments: TimeAxis, scale: Axis | LogAxis) -> tuple[Shape, ...]:
    """One path a line, of the style of its place."""
    return tuple(
        Shape(
            kind=f"line line-{each.place}",
            path=path(
                [
                    (moments.at(day), scale.at(value))
                    for day, value in zip(each.days, each.values, strict=True)
                ]
            ),
        )
        for each in lines
    )


def _values(lines: Sequence[PriceLine], days: Sequence[datetime]) -> Iterator[dict[str, Any]]:
    for day in days:
        yield {"at": day, "values": tuple((each.name, each.at(day)) for each in lines)}
