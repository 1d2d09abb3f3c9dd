"""Axes: from values to places, and the round values worth a tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, log10

from screener.charts.shapes import Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Maps values between `low` and `high` to places between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.start)

    def ticks(self, count: int = 4) -> tuple[Tick, ...]:
        return tuple(Tick(at=self.at(each), value=each) for each in round_values(self.low, self.high, count))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAxis:
    """As `Axis`, on a scale of powers of ten; its ticks are those powers."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        span = log10(self.high / self.low) or 1.0
        return self.start + log10(value / self.low) / span * (self.end - self.start)

    def ticks(self) -> tuple[Tick, ...]:
        powers = range(ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9) + 1)
        return tuple(Tick(at=self.at(10.0**power), value=10.0**power) for power in powers)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """As `Axis`, between moments."""

    first: datetime
    last: datetime
    start: float
    end: float

    def at(self, moment: datetime) -> float:
        span = (self.last - self.first).total_seconds() or 1.0
        return self.start + (moment - self.first).total_seconds() / span * (self.end - self.start)

    def ticks(self, count: int = 6) -> tuple[Tick, ...]:
        return tuple(
            Tick(at=self.at(each), value=each) for each in round_moments(self.first, self.last, count)
        )


def round_values(low: float, high: float, count: int = 4) -> tuple[float, ...]:
    """About `count` round values between low and high: multiples of 1, 2 or 5 times a power of ten."""
    if not high > low:
        return (low,)
    rough = (high - low) / count
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    # Twelve digits keep 3 × 0.1 from becoming 0.30000000000000004.
    values = (float(f"{place * step:.12g}") for place in range(first, last + 1))
    return tuple(value for value in values if low <= value <= high)


def round_moments(first: datetime, last: datetime, count: int = 6) -> tuple[datetime, ...]:
    """At most about `count` midnights: firsts of months, or days at equal distances where months are few."""
    span_days = (last - first).total_seconds() / 86_400
    if span_days < 75:
        step = next((each for each in (1, 2, 7, 14) if span_days / each <= count), 14)
        return tuple(_midnights(first, last, step))
    months = span_days / 30.4
    step = next((each for each in (1, 2, 3, 6, 12, 24, 60) if months / each <= count), 120)
    return tuple(_firsts(first, last, step))


def _midnights(first: datetime, last: datetime, step_days: int) -> Iterator[datetime]:
    moment = first.replace(hour=0, minute=0, second=0, microsecond=0)
    moment += timedelta(days=0 if moment == first else 1)
    while moment <= last:
        yield moment
        moment += timedelta(days=step_days)


def _firsts(first: datetime, last: datetime, step_months: int) -> Iterator[datetime]:
    """The firsts of the months whose number from the year 0 divides by the step: Januaries stay Januaries."""
    month = first.year * 12 + first.month - 1
    month += -month % step_months
    while True:
        year, index = divmod(month, 12)
        moment = first.replace(year=year, month=index + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
        if moment > last:
            return
        if moment >= first:
            yield moment
        month += step_months
