"""Unlock days: the days of a schedule on which something happens, for a calendar.

What vests evenly would stand on every day. It has two days: the one on which it begins and the one on which
it ends. A long row of small steps, as of a daily or weekly vesting, is told in the same way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

AT_ONCE: Final = "at once"
BEGINS: Final = "begins"
ENDS: Final = "ends"
PHASES: Final = (AT_ONCE, BEGINS, ENDS)

STEP_DAYS: Final = 14
"""Steps of one recipient that are no further apart are one vesting: weekly and fortnightly ones (our
judgement). Monthly steps are days to know of."""
FEWEST_STEPS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRelease:
    """Units that come free on a day, or evenly from it to `ends_on`; NaN where it is not known how many."""

    begins_on: date
    ends_on: date | None = None
    amount: float
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockDay:
    """What comes free at once, or begins or ends to come free evenly, from `from_on` to `until_on`."""

    on: date
    phase: str
    amount: float
    categories: tuple[str, ...]
    from_on: date
    until_on: date


def unlock_days(releases: Iterable[UnlockRelease]) -> list[UnlockDay]:
    """Of one asset, in order; what happens together is one day with all who get some."""
    together: dict[tuple[date, date, bool], list[UnlockRelease]] = defaultdict(list)
    for each in _in_stretches(releases):
        until_on = each.ends_on or each.begins_on
        together[each.begins_on, until_on, until_on > each.begins_on].append(each)
    days = [
        day
        for (from_on, until_on, is_steady), group in together.items()
        for day in _days(group, from_on, until_on, is_steady=is_steady)
    ]
    return sorted(days, key=lambda each: (each.on, PHASES.index(each.phase), each.from_on, each.until_on))


def _days(
    group: Sequence[UnlockRelease], from_on: date, until_on: date, *, is_steady: bool
) -> Iterator[UnlockDay]:
    day = UnlockDay(
        on=from_on,
        phase=BEGINS if is_steady else AT_ONCE,
        amount=sum(each.amount for each in group),
        categories=tuple(sorted({each.category for each in group})),
        from_on=from_on,
        until_on=until_on,
    )
    yield day
    if is_steady:
        yield replace(day, on=until_on, phase=ENDS)


def _in_stretches(releases: Iterable[UnlockRelease]) -> Iterator[UnlockRelease]:
    """With each long row of steps as one that comes free evenly."""
    steps: dict[str, list[UnlockRelease]] = defaultdict(list)
    for each in releases:
        if each.ends_on is None or each.ends_on <= each.begins_on:
            steps[each.category].append(replace(each, ends_on=None))
        else:
            yield each
    for of_category in steps.values():
        for row in _rows(sorted(of_category, key=lambda each: each.begins_on)):
            days = {each.begins_on for each in row}
            if len(days) < FEWEST_STEPS:
                yield from row
            else:
                yield replace(row[0], ends_on=row[-1].begins_on, amount=sum(each.amount for each in row))


def _rows(steps: Sequence[UnlockRelease]) -> Iterator[list[UnlockRelease]]:
    """Steps that follow each other closely, together."""
    row: list[UnlockRelease] = []
    for each in steps:
        if row and (each.begins_on - row[-1].begins_on).days > STEP_DAYS:
            yield row
            row = []
        row.append(each)
    if row:
        yield row
