"""Overhang ladder: how many more shares there are to come, by the price at which they do."""

from collections.abc import Mapping
from typing import Final

from screener.charts.axes import Axis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

BEYOND: Final = 1.1
"""The axis goes on beyond the highest price by this factor, so that the last step is seen."""


def overhang_chart(
    strikes: Mapping[float, float], *, at_any_price: float, price_usd: float | None
) -> Chart | None:
    """Cumulative share of the shares outstanding against the price of a share in USD.

    `strikes`: by price the share that comes on top from that price on; `at_any_price` is the share that comes
    whatever the price. The dot is what comes at `price_usd`. None without a price that is known.
    """
    if not strikes:
        return None
    ladder = _ladder(strikes, at_any_price)
    last = BEYOND * max(ladder[-1][0], price_usd or 0.0)
    prices = Axis(low=0, high=last, start=0, end=WIDTH)
    shares = Axis(low=0, high=ladder[-1][1], start=HEIGHT - 1, end=MARGIN)
    steps = [(0.0, shares.at(at_any_price))]
    for strike, together in ladder[1:]:
        steps += [(prices.at(strike), steps[-1][1]), (prices.at(strike), shares.at(together))]
    steps.append((WIDTH, steps[-1][1]))
    return Chart(
        kind="overhang",
        shapes=(
            Shape(kind="area", path=path([*steps, (WIDTH, HEIGHT), (0, HEIGHT)]) + "z"),
            Shape(kind="line", path=path(steps)),
        ),
        points=columns(
            [prices.at(strike) for strike, _share in ladder],
            [{"price": strike, "share": together} for strike, together in ladder],
        ),
        dots=() if price_usd is None else (_dot(ladder, price_usd, prices, shares),),
        y_ticks=shares.ticks(),
        x_ticks=prices.ticks(),
    )


def _ladder(strikes: Mapping[float, float], at_any_price: float) -> list[tuple[float, float]]:
    """From price to price what has come by then; the first step is at 0."""
    ladder = [(0.0, at_any_price)]
    for strike in sorted(strikes):
        ladder.append((strike, ladder[-1][1] + strikes[strike]))
    return ladder


def _dot(ladder: list[tuple[float, float]], price_usd: float, prices: Axis, shares: Axis) -> Mark:
    come = [together for strike, together in ladder if strike <= price_usd][-1]
    return Mark(x=prices.at(price_usd), y=shares.at(come), value=come)
