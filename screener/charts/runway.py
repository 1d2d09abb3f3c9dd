"""Runway: the cash of a company as it would fall, if it went on spending at one pace."""

from datetime import datetime, timedelta
from typing import Final

from screener.charts.axes import Axis, TimeAxis
from screener.charts.shapes import HEIGHT, MARGIN, WIDTH, Chart, Mark, Shape, columns, path

MONTH: Final = timedelta(days=365.25 / 12)


def runway_chart(cash_usd: float, months: float, *, counted_at: datetime, now: datetime) -> Chart | None:
    """Cash in USD from the day on which it was counted to the day on which it is spent; the dot is now.

    None without cash, or where none of it is being spent.
    """
    if cash_usd <= 0 or months <= 0 or now < counted_at:
        return None
    spent_at = counted_at + months * MONTH
    moments = TimeAxis(first=counted_at, last=max(spent_at, now), start=0, end=WIDTH)
    cash = Axis(low=0, high=cash_usd, start=HEIGHT - 1, end=MARGIN)

    def left_usd(at: datetime) -> float:
        return cash_usd * max(0.0, 1 - (at - counted_at) / (spent_at - counted_at))

    line = [(moments.at(counted_at), cash.at(cash_usd)), (moments.at(spent_at), cash.at(0))]
    read = [*(counted_at + number * MONTH for number in range(int(months) + 1)), spent_at]
    read = [each for number, each in enumerate(read) if not number or each > read[number - 1]]
    return Chart(
        kind="runway",
        shapes=(
            Shape(kind="area", path=path([*line, (0, HEIGHT - 1)]) + "z"),
            Shape(kind="line", path=path(line)),
        ),
        points=columns([moments.at(each) for each in read], [_value(each, left_usd(each)) for each in read]),
        dots=(Mark(x=moments.at(now), y=cash.at(left_usd(now)), value=left_usd(now)),),
        y_ticks=cash.ticks(),
        x_ticks=moments.ticks(),
    )


def _value(at: datetime, left_usd: float) -> dict[str, object]:
    return {"at": at, "cash": left_usd}
