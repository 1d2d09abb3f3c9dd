"""Exit cost chart: what buying and selling costs, by size of the position."""

from collections.abc import Sequence
from typing import Final

from screener.charts.axes import Axis, LogAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

LEAST_SCALE: Final = 0.01
"""The cost axis reaches at least to this share, so that cheap markets look cheap."""


def exit_chart(
    sizes_usd: Sequence[float], costs: Sequence[float], own_size_usd: float, limits: Sequence[float] = ()
) -> Chart | None:
    """Round-trip cost (share) against size (USD, log scale); the own size is the dot, limits are levels.

    None where fewer than two sizes have a cost, or the own size is not among them.
    """
    if len(sizes_usd) < 2 or own_size_usd not in sizes_usd:
        return None
    most = max(*costs, LEAST_SCALE)
    sizes = LogAxis(low=sizes_usd[0], high=sizes_usd[-1], start=0, end=WIDTH)
    scale = Axis(low=0, high=most, start=HEIGHT - 1, end=MARGIN)
    xs = [sizes.at(size) for size in sizes_usd]
    curve = [(x, scale.at(cost)) for x, cost in zip(xs, costs, strict=True)]
    own = sizes_usd.index(own_size_usd)
    points = [{"size": size, "cost": cost} for size, cost in zip(sizes_usd, costs, strict=True)]
    return Chart(
        kind="exit",
        shapes=(
            Shape(kind="area", path=path([*curve, (xs[-1], HEIGHT), (xs[0], HEIGHT)]) + "z"),
            Shape(kind="line", path=path(curve)),
        ),
        points=columns(xs, points),
        dots=(Mark(x=xs[own], y=scale.at(costs[own]), value=own_size_usd),),
        levels=tuple(Mark(y=scale.at(limit), value=limit) for limit in limits if limit <= most),
        y_ticks=scale.ticks(),
        x_ticks=sizes.ticks(),
    )
