"""Unit changes: splits, redenominations and rebases of an asset as one factor along time.

Whatever is counted in units (shares, a supply, a holding, an unlock, a price) was counted on some day, in
the units of that day. `UnitChanges` says how many units of another day one of them is: everything that
compares two days goes through it. Where a change lies between the two and its ratio is not known, or where
nobody can say on which side of a change a day lies, the factor is not known either.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.columns import Column, Mask, Places, positive
from assets.metrics.facts import Facts, once
from assets.metrics.family import EQUITY
from assets.metrics.sessions import day_of, open_days_ago

UNIT_CHANGES: Final = ("split", "reverse_split", "redenomination", "unit_change")
"""The capital events that change what one unit is; the last one of unknown kind."""
DIRECTIONS: Final = {"split": 1, "reverse_split": -1}

REPORTED: Final = "reported"
RECAST: Final = "recast"
COUNTED: Final = "counted"
NOTICED: Final = "noticed"
MARKET: Final = "market"
EVIDENCE: Final = (REPORTED, RECAST, COUNTED, NOTICED, MARKET)
"""What a change is known by: a reported ratio; one figure in two reports; a number of units that jumps
between two counts; a notice that may mean a change; supply and price that jump against each other."""

SPLITS: Final = "splits"
SPLIT_NOTICES: Final = "split_notices"
OFFERINGS: Final = "offerings"
FILED: Final = "filed"
SUBJECTS: Final = (SPLITS, SPLIT_NOTICES, OFFERINGS, FILED)
"""What somebody read a period for: unit changes, notices that may mean one, sales of new shares, and which
documents were filed."""

SAME_RATIO: Final = 0.03
"""Ratios are rounded (0.083 for a twelfth): two that differ by less are one."""
SAME_CHANGE_DAYS: Final = 60
"""A change is reported again for months, now of its day, now of the end of the quarter in which it fell."""
NEAR_DAYS: Final = 10
"""Vendors date a split by its announcement, its effect or the first day of trading after it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: counts of `old_until` and before are in old units, those of `new_from` and after in new.

    Both are days since 1970-01-01, `old_until` the lower. `ratio` is new units for an old one, NaN where
    it is not known. `direction` is −1 where units were merged, 1 where they were split, 0 where neither is
    known; `is_possible` says that it may not have been a change at all.
    """

    old_until: float
    new_from: float
    ratio: float = math.nan
    direction: int = 0
    is_possible: bool = False

    @property
    def days(self) -> float:
        return self.new_from - self.old_until

    @property
    def is_known(self) -> bool:
        return not math.isnan(self.ratio)


def merged(changes: Iterable[Change]) -> list[Change]:
    """Each change once, from old to new, however many report it; the order in which they come is irrelevant.

    One of unknown ratio at a known one is that one. Two ratios of the same days contradict each other: then
    the ratio is not known.
    """
    reports: list[list[Change]] = []
    for change in sorted(changes, key=closest_first):
        found = next((each for each in reports if is_same_change(change, _joined(each))), None)
        if found is None:
            reports.append([change])
        else:
            found.append(change)
    return sorted(map(_joined, reports), key=lambda each: (each.new_from, each.old_until))


def closest_first(change: Change) -> tuple[float, ...]:
    """What is known before what is not, the most closely dated first; no two orders of the same changes."""
    ratio = change.ratio if change.is_known else 0.0
    return (not change.is_known, change.days, change.new_from, ratio, change.direction, change.is_possible)


def is_same_change(change: Change, other: Change) -> bool:
    """Whether two reports are of one change."""
    apart = max(0.0, change.old_until - other.new_from, other.old_until - change.new_from)
    if not (change.is_known and other.is_known):
        return apart <= NEAR_DAYS
    if _is_same_ratio(change.ratio, other.ratio):
        return apart <= SAME_CHANGE_DAYS
    return apart <= NEAR_DAYS and max(change.days, other.days) <= NEAR_DAYS


def _is_same_ratio(ratio: float, other: float) -> bool:
    return abs(math.log(ratio / other)) <= SAME_RATIO


def _joined(reports: Sequence[Change]) -> Change:
    """One change of its reports: the days that all allow, or the closest where they exclude each other."""
    if len(reports) == 1:
        return reports[0]
    ratios = [each.ratio for each in reports if each.is_known]
    ratio = min(ratios, key=lambda each: (_off_whole(each), each), default=math.nan)
    start, end = reports[0].old_until, reports[0].new_from
    for each in reports[1:]:
        first, last = max(start, each.old_until), min(end, each.new_from)
        start, end = (first, last) if first < last else (start, end)
    return Change(
        old_until=start,
        new_from=end,
        ratio=ratio if all(_is_same_ratio(ratio, each) for each in ratios) else math.nan,
        direction=min((each.direction for each in reports if each.direction), default=0),
        is_possible=all(each.is_possible for each in reports),
    )


def _off_whole(ratio: float) -> float:
    """How far from a whole number, or one over it: 0.083 is a twelfth, rounded."""
    whole = max(ratio, 1 / ratio)
    return abs(whole - round(whole)) / whole


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """The changes of a batch of assets: a row an asset, a column a change, NaN where it has no more.

    `quoted_since` is by asset the day from which a quote may be the newest there is: of its market's last day
    before `today`, both in days since 1970-01-01.
    """

    old_until: npt.NDArray[np.float64]
    new_from: npt.NDArray[np.float64]
    ratio: npt.NDArray[np.float64]
    direction: npt.NDArray[np.float64]
    today: int
    quoted_since: npt.NDArray[np.int64]

    @classmethod
    def of(cls, facts: Facts) -> "UnitChanges":
        return _of_facts(facts)

    @classmethod
    def from_changes(cls, by_asset: dict[int, list[Change]], *, is_equity: Mask, today: int) -> "UnitChanges":
        """`by_asset` has the changes by the place of their asset."""
        size = len(is_equity)
        most = max(map(len, by_asset.values()), default=0)
        old_until, new_from, ratio, direction = np.full((4, size, most), np.nan)
        for owner, changes in by_asset.items():
            for place, each in enumerate(changes):
                old_until[owner, place], new_from[owner, place] = each.old_until, each.new_from
                ratio[owner, place], direction[owner, place] = each.ratio, each.direction
        return cls(old_until, new_from, ratio, direction, today, open_days_ago(today, 1, is_equity))

    @property
    def size(self) -> int:
        return len(self.ratio)

    def factor(
        self,
        counted: Column,
        until: Column | float | None = None,
        *,
        within_days: float = 0.0,
        owner: Places | None = None,
    ) -> Column:
        """Units of the day `until` (today) for one of the day on which it was counted.

        Days are since 1970-01-01; of `within_days` any day from them on may be meant. `owner` is the place
        of the asset of each count; without it there is a count an asset. NaN where a change in between has no
        known ratio, or where one of two days lies within a change, or is not known; 1 of an asset that never
        changed.
        """
        owner = np.arange(self.size) if owner is None else owner
        end = np.broadcast_to(np.asarray(self.today if until is None else until, np.float64), counted.shape)
        first, last = np.fmin(counted, end), np.fmax(counted, end)
        product = np.ones(counted.shape)
        with np.errstate(over="ignore", under="ignore"):
            for place in range(self.ratio.shape[1]):
                old_until, new_from = self.old_until[owner, place], self.new_from[owner, place]
                is_between = (old_until >= first + within_days) & (new_from <= last)
                is_apart = (new_from <= first) | (old_until >= last + within_days)
                is_apart |= (first == last) & (within_days == 0)
                factor = np.where(is_between, self.ratio[owner, place], np.where(is_apart, 1.0, np.nan))
                product *= np.where(np.isnan(new_from), 1.0, factor)
        has_changed: Mask = np.any(~np.isnan(self.new_from), axis=1)
        is_dated = ~np.isnan(counted) & ~np.isnan(end)
        return positive(
            np.where(is_dated, np.where(counted > end, 1 / product, product), ~has_changed[owner])
        )

    def of_quotes(self, moments: "pd.Series[pd.Timestamp]") -> Column:
        """Units of today for one of the day of these quotes, one an asset.

        A quote of the last day of trading before today (of a share the last session: on Monday that of
        Friday) is one of today where nobody knows of a change in between: one of an unknown day may lie on
        any day of weeks, and midnight in UTC is no time at which units change.
        """
        days = days_since_epoch(moments)
        factor = self.factor(days)
        return np.where(np.isnan(factor) & (days >= self.quoted_since), 1.0, factor)


@once
def _of_facts(facts: Facts) -> UnitChanges:
    is_equity = (facts.assets["kind"] == EQUITY).to_numpy(np.bool_)
    return UnitChanges.from_changes(changes_of(facts), is_equity=is_equity, today=day_of(facts.now))


def changes_of(facts: Facts) -> dict[int, list[Change]]:
    """By the place of its asset each change, merged, without notices that a later reading denies."""
    rows = facts.capital[facts.capital["event"].isin(UNIT_CHANGES)]
    found: dict[int, list[Change]] = {}
    places = facts.asset_ids.get_indexer(pd.Index(rows["asset_id"])).tolist()
    for place, change in zip(places, _changes(rows), strict=True):
        if place >= 0:
            found.setdefault(place, []).append(change)
    read = read_spans(facts, SPLITS)
    return {
        place: [each for each in merged(changes) if not _is_dismissed(each, read.get(place, []))]
        for place, changes in sorted(found.items())
    }


def _changes(rows: pd.DataFrame) -> Iterator[Change]:
    earliest, latest = (days_since_epoch(rows[name]) for name in ("earliest_on", "happened_on"))
    ratios = rows["ratio"].to_numpy(np.float64)
    for event, evidence, first, last, ratio in zip(
        rows["event"], rows["evidence"], earliest, latest, ratios, strict=True
    ):
        yield change_of(event, evidence, first, last, ratio)


def change_of(event: str, evidence: str, first: float, last: float, ratio: float) -> Change:
    """What an event reports: a change from the day `first` (NaN: of `last`) to `last`, in days since 1970."""
    is_known = 0 < ratio < math.inf
    return Change(
        old_until=-math.inf if math.isnan(last) else float(np.fmin(first, last)) - 1,
        new_from=math.inf if math.isnan(last) else last,
        ratio=float(ratio) if is_known else math.nan,
        direction=DIRECTIONS.get(event, 0),
        is_possible=evidence == NOTICED,
    )


def _is_dismissed(change: Change, read: list[tuple[float, float]]) -> bool:
    """Who read the period in which it would have shown, and saw none."""
    return change.is_possible and any(
        since <= change.old_until and until >= change.new_from for since, until in read
    )


def read_spans(facts: Facts, subject: str) -> dict[int, list[tuple[float, float]]]:
    """By the place of its asset from when to when somebody read its papers for it, in days since 1970."""
    rows = facts.readings[facts.readings["subject"] == subject]
    since = np.nan_to_num(days_since_epoch(rows["read_since"]), nan=-math.inf)
    spans: dict[int, list[tuple[float, float]]] = {}
    places = facts.asset_ids.get_indexer(pd.Index(rows["asset_id"])).tolist()
    days = zip(since.tolist(), days_since_epoch(rows["read_until"]).tolist(), strict=True)
    for place, span in zip(places, days, strict=True):
        spans.setdefault(place, []).append(span)
    return spans


def days_since_epoch(moments: "pd.Series[pd.Timestamp]") -> Column:
    """Whole UTC days since 1970-01-01; NaN where none is known."""
    days = moments.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64))
