"""Geometry of the charts: numbers in, points of an SVG out. Templates draw them; Django is not known here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor, log10

WIDTH, HEIGHT = 640.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 8.0, 8.0, 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place on an axis and the value there."""

    at: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something to point at: where it is drawn and what it stands for."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    value: float = 0.0
    label: str = ""
    kind: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Paths and marks inside a `WIDTH` × `HEIGHT` box; `line` and `area` are SVG path data."""

    line: str = ""
    area: str = ""
    marks: tuple[Mark, ...] = ()
    bars: tuple[Mark, ...] = ()
    y_ticks: tuple[Tick, ...] = ()
    x_ticks: tuple[Tick, ...] = ()
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = HEIGHT - BOTTOM

    @property
    def first(self) -> datetime | None:
        """The earliest moment that is drawn, for the foot of a chart over time."""
        return self.marks[0].when if len(self.marks) > 1 else None

    @property
    def last(self) -> datetime | None:
        return self.marks[-1].when if self.marks else None


def _scale(low: float, high: float, start: float, end: float) -> "tuple[float, float]":
    """Factor and offset that map low → start and high → end."""
    factor = (end - start) / ((high - low) or 1.0)
    return factor, start - low * factor


def round_ticks(low: float, high: float, count: int = 4) -> tuple[float, ...]:
    """About `count` round values between low and high: multiples of 1, 2 or 5 times a power of ten."""
    if not high > low:
        return (low,)
    rough = (high - low) / count
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    first = int(low // step)
    ticks = (round(place * step, 12) for place in range(first, first + 3 * count + 2))
    return tuple(tick for tick in ticks if low <= tick <= high)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def price_chart(
    moments: Sequence[datetime],
    lows: Sequence[float],
    highs: Sequence[float],
    closes: Sequence[float],
    volumes: Sequence[float | None],
) -> Chart | None:
    """Daily closes as a line over the range of the day, volume at the foot; None for fewer than two days."""
    if len(closes) < 2:
        return None
    low, high = min(lows), max(highs)
    if low == high:  # A price that does not move is drawn in the middle.
        low, high = low * 0.9, high * 1.1
    foot = HEIGHT - BOTTOM - 30
    per_day, x0 = _scale(0, len(closes) - 1, LEFT + 4, WIDTH - RIGHT - 4)
    per_usd, y0 = _scale(low, high, foot, TOP)
    xs = [x0 + place * per_day for place in range(len(closes))]
    most = max((volume or 0 for volume in volumes), default=0) or 1
    wide = max(1.0, per_day * 0.7)
    bars = tuple(
        Mark(
            x=x - wide / 2,
            y=HEIGHT - BOTTOM - 26 * (volume or 0) / most,
            width=wide,
            height=26 * (volume or 0) / most,
        )
        for x, volume in zip(xs, volumes, strict=True)
    )
    upper = [(x, y0 + per_usd * each) for x, each in zip(xs, highs, strict=True)]
    lower = [(x, y0 + per_usd * each) for x, each in zip(xs, lows, strict=True)]
    return Chart(
        line=_path([(x, y0 + per_usd * each) for x, each in zip(xs, closes, strict=True)]),
        area=_path([*upper, *reversed(lower)]) + "Z",
        bars=bars,
        marks=tuple(
            Mark(x=x, y=y0 + per_usd * close, value=close, when=moment)
            for x, close, moment in zip(xs, closes, moments, strict=True)
        ),
        y_ticks=tuple(Tick(at=y0 + per_usd * each, value=each) for each in round_ticks(low, high)),
    )


def exit_chart(sizes_usd: Sequence[float], costs: Sequence[float], own_size_usd: float) -> Chart | None:
    """Round-trip cost against position size, sizes on a log axis; the reader's own size is the mark."""
    if len(sizes_usd) < 2:
        return None
    most = max(max(costs), 0.01)
    per_decade, x0 = _scale(log10(sizes_usd[0]), log10(sizes_usd[-1]), LEFT + 4, WIDTH - RIGHT - 12)
    per_share, y0 = _scale(0, most, HEIGHT - BOTTOM, TOP)
    points = [
        (x0 + per_decade * log10(size), y0 + per_share * cost)
        for size, cost in zip(sizes_usd, costs, strict=True)
    ]
    own = min(range(len(sizes_usd)), key=lambda place: abs(log10(sizes_usd[place] / own_size_usd)))
    return Chart(
        line=_path(points),
        marks=(Mark(x=points[own][0], y=points[own][1], value=costs[own]),),
        y_ticks=tuple(Tick(at=y0 + per_share * each, value=each) for each in round_ticks(0, most)),
        x_ticks=tuple(
            Tick(at=x0 + per_decade * log10(size), value=size)
            for size in sizes_usd
            if abs(log10(size) - round(log10(size))) < 1e-9
        ),
    )


def unlock_chart(
    now: datetime, unlocks: Sequence[tuple[datetime, float, str]], circulating: float
) -> Chart | None:
    """Circulating supply from now on as steps, one mark an unlock; None without any to come."""
    coming = sorted((each for each in unlocks if each[0] > now), key=lambda each: each[0])
    if not coming:
        return None
    last = coming[-1][0]
    span = max((last - now).total_seconds() * 1.08, 86_400.0)
    supply, path = circulating, [(0.0, circulating)]
    for moment, amount, _category in coming:
        path += [((moment - now).total_seconds(), supply), ((moment - now).total_seconds(), supply + amount)]
        supply += amount
    path.append((span, supply))
    per_s, x0 = _scale(0, span, LEFT + 4, WIDTH - RIGHT - 4)
    low = 0.0
    per_unit, y0 = _scale(low, supply * 1.05, HEIGHT - BOTTOM, TOP)
    points = [(x0 + per_s * second, y0 + per_unit * units) for second, units in path]
    ends = [*points, (points[-1][0], HEIGHT - BOTTOM), (points[0][0], HEIGHT - BOTTOM)]
    return Chart(
        line=_path(points),
        area=_path(ends) + "Z",
        marks=tuple(
            Mark(
                x=points[2 + 2 * place][0],
                y=points[2 + 2 * place][1],
                value=amount,
                label=category,
                when=moment,
            )
            for place, (moment, amount, category) in enumerate(coming)
        ),
        y_ticks=tuple(Tick(at=y0 + per_unit * each, value=each) for each in round_ticks(low, supply)),
    )


def holder_chart(shares: Sequence[tuple[str, float]], width: float = WIDTH) -> tuple[Mark, ...]:
    """One bar of the whole supply: a piece a holder type, what nobody listed at the end."""
    marks, x = [], 0.0
    rest = max(0.0, 1 - sum(share for _kind, share in shares))
    for kind, share in [*shares, ("unlisted", rest)]:
        if share > 0:
            marks.append(Mark(x=x, y=0, width=share * width, height=18, value=share, kind=kind))
            x += share * width
    return tuple(marks)
