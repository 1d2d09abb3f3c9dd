"""Unlock chart: circulating supply to come, stepping up at each unlock and rising where it comes evenly."""

from collections.abc import Iterator, Sequence
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
    """So many units come free at this moment, or evenly from then until `ends_at`, for these."""

    at: datetime
    amount: float
    category: str
    ends_at: datetime | None = None

    @property
    def is_out_at(self) -> datetime:
        return self.ends_at or self.at

    def since(self, now: datetime) -> "Release":
        """What is still to come of it."""
        if self.ends_at is None or self.at >= now:
            return self
        left = (self.ends_at - now) / (self.ends_at - self.at)
        return Release(at=now, ends_at=self.ends_at, amount=self.amount * left, category=self.category)


@dataclass(frozen=True, slots=True)
class SupplyTurn:
    """A moment at which units come free at once, or a steady release begins or ends."""

    at: datetime
    units: float = 0.0
    units_a_second: float = 0.0
    out: Release | None = None


def unlock_chart(now: datetime, releases: Sequence[Release], circulating: float) -> Chart | None:
    """The path of the circulating supply from now on, a dot where an unlock is out; None where none comes."""
    coming = [each.since(now) for each in releases if each.is_out_at > now]
    if not coming:
        return None
    most = circulating + sum(each.amount for each in coming)
    last = now + max((max(each.is_out_at for each in coming) - now) * ROOM, SHORTEST)
    days = TimeAxis(first=now, last=last, start=0, end=WIDTH)
    units = Axis(low=0, high=most, start=HEIGHT - 1, end=MARGIN)
    supply, rate, before = circulating, 0.0, now
    steps, dots, unlocks = [(0.0, units.at(circulating))], [], []
    for turn in sorted((each for release in coming for each in _turns(release)), key=lambda each: each.at):
        x = days.at(turn.at)
        supply = min(supply + rate * (turn.at - before).total_seconds(), most)
        steps.append((x, units.at(supply)))
        if turn.units:
            supply = min(supply + turn.units, most)
            steps.append((x, units.at(supply)))
        rate, before = rate + turn.units_a_second, turn.at
        if turn.out:
            dots.append(Mark(x=x, y=units.at(supply), value=turn.out.amount))
            unlocks.append(_told(turn.out, supply))
    steps.append((WIDTH, units.at(supply)))
    return Chart(
        kind="unlocks",
        shapes=(
            Shape(kind="area", path=path([*steps, (WIDTH, HEIGHT), (0.0, HEIGHT)]) + "z"),
            Shape(kind="line", path=path(steps)),
        ),
        points=columns([dot.x for dot in dots if dot.x is not None], unlocks),
        dots=tuple(dots),
        y_ticks=units.ticks(),
        x_ticks=days.ticks(),
    )


def _turns(release: Release) -> Iterator[SupplyTurn]:
    if release.ends_at is None:
        yield SupplyTurn(release.at, units=release.amount, out=release)
        return
    rate = release.amount / (release.ends_at - release.at).total_seconds()
    yield SupplyTurn(release.at, units_a_second=rate)
    yield SupplyTurn(release.ends_at, units_a_second=-rate, out=release)


def _told(release: Release, supply: float) -> dict[str, object]:
    """`since` is when a steady one begins, or today where it runs already."""
    return {
        "at": release.is_out_at,
        "since": release.at if release.ends_at else None,
        "amount": release.amount,
        "category": release.category,
        "supply": supply,
    }
