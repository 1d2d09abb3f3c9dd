"""Recast share counts: a change of units as two reports show it that count the same shares of one period.

After a split every report counts the shares of earlier periods in new units too (ASC 260-10-55-12, IAS
33.64). So a figure of one period that stands in a report before and in one after it tells the ratio to the
last digit, whether anybody tells the ratio or not; and one that stands the same in both tells that there was
no split between the two.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from assets.providers.sec.values import FiledValue

SAME: Final = 0.004
"""As logarithms: figures are rounded to thousands, and fractions of shares are paid in cash."""
LEAST: Final = math.log(1.2)
MOST: Final = math.log(900)
"""A figure a thousand times that of the report before is one told in another scale, and shows nothing."""
LARGEST_PART: Final = 5
LEAST_LINKS: Final = 2
"""One figure may be a correction. Two that differ by the same ratio are not."""
LEAST_LINKS_OF_ANY: Final = 3
"""An exchange ratio of a merger (0.4348) is no whole number: then three figures must agree."""


@dataclass(frozen=True, slots=True)
class ShareRecast:
    """After the report of the day `before` and up to that of `after` one share became `ratio` shares."""

    before: date
    after: date
    ratio: float


@dataclass(frozen=True, slots=True)
class ShareRecasts:
    """What the reports say: the changes, and between which reports there was none."""

    changes: tuple[ShareRecast, ...] = ()
    unchanged: tuple[tuple[date, date], ...] = ()

    def deny(self, before: date, after: date) -> bool:
        """Whether one figure stands the same in a report of `before` or earlier and in one since `after`."""
        return any(first <= before and last >= after for first, last in self.unchanged)


def recasts_of(figures: Iterable[tuple[str, FiledValue]]) -> ShareRecasts:
    """`figures` are numbers of shares by their tag, each of a period and as a report told it."""
    links = [each for each in _links(figures) if abs(math.log(each.ratio)) < MOST]
    same = [each for each in links if abs(math.log(each.ratio)) <= SAME]
    unchanged = {(each.before, each.after) for each in same}
    changes: list[ShareRecast] = []
    moved = [each for each in links if abs(math.log(each.ratio)) >= LEAST]
    for link in sorted(moved, key=lambda each: (each.after - each.before, each.before, each.ratio)):
        rest = _beside(link, changes)
        if abs(math.log(rest.ratio)) < LEAST:
            continue
        alike = [each for each in moved if _agrees(_beside(each, changes), rest)]
        against = [each for each in same if each.before <= rest.before and rest.after <= each.after]
        whole = whole_ratio(rest.ratio)
        if len(alike) >= (LEAST_LINKS if whole else LEAST_LINKS_OF_ANY) and len(alike) > len(against):
            found = replace(_common(alike), ratio=whole or rest.ratio)
            changes.append(_without(found, unchanged))
    sound = [each for each in changes if not any(_is_undone(each, other) for other in changes)]
    return ShareRecasts(tuple(sorted(sound, key=lambda each: each.before)), tuple(sorted(unchanged)))


def whole_ratio(ratio: float) -> float | None:
    """The ratio of small whole numbers that this is but for rounding (1/20, 3/2), None where it is none."""
    larger = max(ratio, 1 / ratio)
    for part in range(1, LARGEST_PART + 1):
        whole = round(larger * part)
        is_usual = larger < LARGEST_PART if part > 1 else larger < 1 / SAME
        if whole > part and is_usual and abs(larger * part / whole - 1) <= 2 * SAME / part:
            return whole / part if ratio > 1 else part / whole
    return None


def _links(figures: Iterable[tuple[str, FiledValue]]) -> list[ShareRecast]:
    """Of each figure every two reports that follow each other."""
    by_figure: dict[tuple[str, object], dict[date, set[float]]] = {}
    for tag, each in figures:
        if each.value:
            by_figure.setdefault((tag, each.span), {}).setdefault(each.day, set()).add(float(each.value))
    links = []
    for by_day in by_figure.values():
        single = [(day, min(by_day[day])) for day in sorted(by_day) if len(by_day[day]) == 1]
        links += [
            ShareRecast(day, later, value / earlier) for (day, earlier), (later, value) in pairwise(single)
        ]
    return links


def _beside(link: ShareRecast, changes: Sequence[ShareRecast]) -> ShareRecast:
    """What of this link the changes within it do not explain."""
    within = [each.ratio for each in changes if link.before <= each.before and each.after <= link.after]
    return replace(link, ratio=link.ratio / math.prod(within))


def _agrees(link: ShareRecast, other: ShareRecast) -> bool:
    is_same = abs(math.log(link.ratio / other.ratio)) <= 2 * SAME
    return is_same and link.before < other.after and other.before < link.after


def _is_undone(change: ShareRecast, other: ShareRecast) -> bool:
    """One report left figures in old units, the next one mended them: neither says when it was."""
    return _agrees(replace(change, ratio=1 / change.ratio), other)


def _common(links: Sequence[ShareRecast]) -> ShareRecast:
    """The time that all of them allow; where there is none, that of the closest."""
    before, after = max(each.before for each in links), min(each.after for each in links)
    return replace(links[0], before=before, after=after) if before < after else links[0]


def _without(change: ShareRecast, unchanged: Iterable[tuple[date, date]]) -> ShareRecast:
    """The time of a change without that of reports between which nothing changed."""
    for first, last in sorted(unchanged):
        if first <= change.before < last < change.after:
            change = replace(change, before=last)
        elif change.before < first < change.after <= last:
            change = replace(change, after=first)
    return change
