"""Unlock what-if: what becomes of supply, price and market cap by an unlock of the schedule, or until a day.

Sums come from the functions of the score's measures, so that the page can't say something else.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

import numpy as np
from django.utils.translation import gettext as _

from assets.metrics.after_unlock import AfterUnlock, after_unlock
from assets.metrics.columns import Column
from assets.metrics.unlocks import part_within
from screener.services.dossier.unlock_values import UnlockValue

A_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUnlock:
    """What a reader asks: of which unlock, by the name that the page gave it, or of all until a day.

    `problem` is why what they wrote can't be read.
    """

    name: str = ""
    until: date | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockChoice:
    """Events that come free together, at moments of one day or over one stretch of time.

    `name` is their first moment, or interval, by ISO 8601; `last_at` the last moment at which one begins.
    """

    name: str
    unlock_at: datetime
    last_at: datetime
    ends_at: datetime | None
    amount: float
    categories: tuple[str, ...]
    is_running: bool

    @property
    def is_out_at(self) -> datetime:
        """When the last of it is free."""
        return self.ends_at or self.last_at


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockCase:
    """What follows if these units come free: a column of the page's table, NaN where it is not known."""

    units: float
    of_circulating_share: float
    circulating: float
    market_cap_usd: float
    price_usd: float
    price_change_share: float
    worth_usd: float
    volume_days: float
    worth_to_depth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRecipient:
    """What one group of recipients gets by the chosen unlock alone, and by all until then."""

    category: str
    alone: float
    together: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockWhatIf:
    """What a reader can choose, what they chose, and what follows.

    `alone` is the chosen unlock, `together` it and all that comes free before it is out; None for a day, or
    where these are the same. `is_least`: the schedule is not whole, so that more may come free.
    `depth_is_least`: more may be sold than is known, so that the pressure on it is the most there can be.
    """

    choices: tuple[UnlockChoice, ...]
    chosen: UnlockChoice | None = None
    until: date | None = None
    problem: str = ""
    alone: UnlockCase | None = None
    together: UnlockCase | None = None
    recipients: tuple[UnlockRecipient, ...] = ()
    is_least: bool = False
    depth_usd: float | None = None
    depth_is_least: bool = False
    cap_is_questioned: bool = False

    @property
    def cases(self) -> tuple[UnlockCase, ...]:
        """The columns of the table."""
        return tuple(each for each in (self.alone, self.together) if each is not None)


def unlock_what_if(
    unlocks: Sequence[UnlockValue], asked: AskedUnlock, *, figures: Mapping[str, float], now: datetime
) -> UnlockWhatIf | None:
    """None where the schedule has nothing to come. Without a question it is the next unlock."""
    names = _names(unlocks)
    coming = _choices(unlocks, names)
    if not coming:
        return None
    chosen, problem = _chosen(coming, names, asked, now)
    until = chosen.is_out_at if chosen else _end_of(asked.until) if asked.until else None
    if problem or until is None:
        return UnlockWhatIf(choices=coming, until=asked.until, problem=problem)
    together = _Events.of(unlocks, now).until(until)
    parts = [together]
    if chosen:
        alone = together * [each == chosen.name for each in names]
        parts = [alone] if np.array_equal(alone, together) else [alone, together]
    return _answered(coming, chosen, asked.until, parts, unlocks, figures=figures)


def _answered(
    coming: tuple[UnlockChoice, ...],
    chosen: UnlockChoice | None,
    until: date | None,
    parts: Sequence[Column],
    unlocks: Sequence[UnlockValue],
    *,
    figures: Mapping[str, float],
) -> UnlockWhatIf:
    """`parts` are the units by event that come free in each case."""
    is_open, least = bool(figures.get("unlocks_open")), figures.get("depth_least_usd")
    depth = figures.get("depth_down_usd", least)
    is_questioned = "market_cap_usd" not in figures and {"circulating_supply", "price_usd"} <= figures.keys()
    units = np.array([each.sum() for each in parts])
    after = after_unlock(
        np.where(is_open & (units == 0), np.nan, units),
        circulating=figures.get("circulating_supply", math.nan),
        price_usd=figures.get("price_usd", math.nan),
        volume_24h_usd=figures.get("volume_24h_usd", math.nan),
        depth_down_usd=math.nan if depth is None else depth,
    )
    cases = [*_cases(after, without_cap=is_questioned)]
    return UnlockWhatIf(
        choices=coming,
        chosen=chosen,
        until=until,
        alone=cases[0] if chosen else None,
        together=cases[-1] if len(cases) == 2 or not chosen else None,
        recipients=_recipients(unlocks, parts),
        is_least=is_open,
        depth_usd=depth,
        depth_is_least="depth_down_usd" not in figures and least is not None,
        cap_is_questioned=is_questioned,
    )


def _names(unlocks: Sequence[UnlockValue]) -> tuple[str, ...]:
    """`2027-01-31T00:00:00Z`, the first moment of what is still to come of a day, or of what is past of it;
    with `/` and another moment behind it where it is from when until when.

    Schedules of several recipients differ by seconds: who reads of a day means all that comes free on it.
    """
    first: dict[tuple[date, bool], datetime] = {}
    for each in unlocks:
        if not each.ends_at:
            day = (each.unlock_at.astimezone(UTC).date(), each.is_past)
            first[day] = min(first.get(day, each.unlock_at), each.unlock_at)
    moments = (
        (each.unlock_at, each.ends_at)
        if each.ends_at
        else (first[each.unlock_at.astimezone(UTC).date(), each.is_past],)
        for each in unlocks
    )
    return tuple(
        "/".join(f"{each.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for each in those) for those in moments
    )


def _choices(unlocks: Sequence[UnlockValue], names: Sequence[str]) -> tuple[UnlockChoice, ...]:
    """What is still to come of one day, or of one stretch of time, together; by when it begins."""
    coming = (pair for pair in zip(names, unlocks, strict=True) if not pair[1].is_past)
    named = sorted(coming, key=lambda pair: (pair[0].partition("/")[0], pair[0], pair[1].unlock_at))
    found = []
    for name, group in groupby(named, key=lambda pair: pair[0]):
        events = [event for _same, event in group]
        found.append(
            UnlockChoice(
                name=name,
                unlock_at=events[0].unlock_at,
                last_at=events[-1].unlock_at,
                ends_at=events[0].ends_at,
                amount=sum(each.amount for each in events),
                categories=tuple(dict.fromkeys(each.category for each in events)),
                is_running=events[0].is_running,
            )
        )
    return tuple(found)


def _chosen(
    coming: Sequence[UnlockChoice], names: Sequence[str], asked: AskedUnlock, now: datetime
) -> tuple[UnlockChoice | None, str]:
    """The unlock that is asked for, or why there is no answer."""
    if asked.problem:
        return None, asked.problem
    if asked.name:
        found = next((each for each in coming if each.name == asked.name), None)
        if found is None and asked.name in names:
            return None, _("This unlock is past: what it released circulates already.")
        return found, "" if found else _("The schedule lists no such unlock. Choose one of those listed.")
    if asked.until is not None:
        is_past = _end_of(asked.until) <= now
        return None, _("This day is past. Choose today or a later one.") if is_past else ""
    is_next = [each for each in coming if not each.is_running]
    return is_next[0] if is_next else min(coming, key=lambda each: each.is_out_at), ""


def _end_of(day: date) -> datetime:
    """The last moment of a day in UTC."""
    return datetime.combine(day, time.max, UTC)


@dataclass(frozen=True, slots=True)
class _Events:
    """The events as columns, timed in whole microseconds from now on.

    Whole numbers subtract without rounding, so that what comes free until a day stays the same to its last
    digit from one page view to the next.
    """

    now: datetime
    begins: Column
    ends: Column
    amount: Column

    @classmethod
    def of(cls, unlocks: Sequence[UnlockValue], now: datetime) -> "_Events":
        begins = [(each.unlock_at - now) / A_MICROSECOND for each in unlocks]
        ends = [(each.ends_at - now) / A_MICROSECOND if each.ends_at else math.nan for each in unlocks]
        return cls(now, np.array(begins), np.array(ends), np.array([each.amount for each in unlocks]))

    def until(self, moment: datetime) -> Column:
        """Units that come free from now until then, by event."""
        return self.amount * part_within(self.begins, self.ends, (moment - self.now) / A_MICROSECOND)


def _cases(after: AfterUnlock, *, without_cap: bool) -> Iterator[UnlockCase]:
    for place in range(after.units.size):
        row = {name: float(getattr(after, name)[place]) for name in UnlockCase.__slots__}
        yield UnlockCase(
            **row | (dict.fromkeys(("market_cap_usd", "price_usd"), math.nan) if without_cap else {})
        )


def _recipients(unlocks: Sequence[UnlockValue], parts: Sequence[Column]) -> tuple[UnlockRecipient, ...]:
    """Who gets it, the most first."""
    got: dict[str, list[float]] = {}
    for place, each in enumerate(unlocks):
        sums = got.setdefault(each.category, [0.0] * len(parts))
        for case, units in enumerate(parts):
            sums[case] += float(units[place])
    listed = [UnlockRecipient(category=name, alone=sums[0], together=sums[-1]) for name, sums in got.items()]
    return tuple(sorted((each for each in listed if each.together), key=lambda each: -each.together))
