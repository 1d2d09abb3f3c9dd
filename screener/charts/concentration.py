"""Concentration curve: what the largest owners have together, by how many of them are counted."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from screener.charts.axes import Axis, LogAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

READ_AT: Final = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000)
"""Numbers of owners that can be read; the whole list is one more."""
TOP: Final = 10
EACH_DRAWN: Final = 50
DRAWN_PARTS: Final = 200
"""Beyond the first fifty, owners stand closer together on a scale of factors than can be seen."""


def concentration_chart(shares: Sequence[float]) -> Chart | None:
    """Cumulative share (0–1) against the number of owners (log scale), the largest first.

    The dot are the ten largest, or all of fewer. None for fewer than two owners.
    """
    count = len(shares)
    if count < 2:
        return None
    together = [*accumulate(sorted(shares, reverse=True))]
    numbers = LogAxis(low=1, high=count, start=0, end=WIDTH)
    scale = Axis(low=0, high=together[-1], start=HEIGHT - 1, end=MARGIN)
    curve = [(numbers.at(number), scale.at(together[number - 1])) for number in _drawn(count)]
    read = sorted({*(each for each in READ_AT if each < count), count})
    top = min(TOP, count)
    return Chart(
        kind="concentration",
        shapes=(
            Shape(kind="area", path=path([*curve, (WIDTH, HEIGHT), (0, HEIGHT)]) + "z"),
            Shape(kind="line", path=path(curve)),
        ),
        points=columns(
            [numbers.at(number) for number in read],
            [{"count": number, "share": together[number - 1]} for number in read],
        ),
        dots=(Mark(x=numbers.at(top), y=scale.at(together[top - 1]), value=together[top - 1]),),
        y_ticks=scale.ticks(),
        x_ticks=numbers.ticks(),
    )


def _drawn(count: int) -> list[int]:
    """Numbers of owners through which the curve goes, from one to all."""
    spread = (round(count ** (part / DRAWN_PARTS)) for part in range(DRAWN_PARTS + 1))
    return sorted({*range(1, min(count, EACH_DRAWN) + 1), *spread})
