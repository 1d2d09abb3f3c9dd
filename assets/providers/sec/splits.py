"""Stock splits of a company by all that its reports say: ratios, recast share counts, and covers.

The tag for the ratio takes 4 for four new shares for one old one, but a reverse split of one for ten is
reported as 0.1 by some and as 10 by most, and 10 for 1 by some as 10000. It stands for a day, a month, a
quarter, or for years that have nothing to do with it; most small companies tell theirs in words alone. So
share counts of the same period in two reports count most (`recasts`); where there are none, the ratio is the
reading of what is reported that the covers before and after allow. What falls on the covers without any
reason is a change too, of unknown ratio: many a buyback was none.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from assets.metrics.unit_changes import COUNTED, RECAST, REPORTED
from assets.providers.sec.ledger import Span
from assets.providers.sec.recasts import ShareRecasts, whole_ratio
from assets.sourcing.reading import RowReader

DAY: Final = timedelta(days=1)
DATED_WITHIN: Final = timedelta(days=7)
"""A ratio of a whole quarter doesn't say on which day the split was."""
NEAR: Final = timedelta(days=10)
NEAREST_COVER: Final = timedelta(days=200)
"""Covers further from a split say more of what was issued than of the split."""
FARTHEST_COVER: Final = timedelta(days=480)
"""Still, a number that is twenty times too low for a split says that there was none."""
SAME_SPLIT: Final = timedelta(days=60)

SCALES: Final = (1, 1_000, 10_000)
"""By which filers multiply: 10000 is ten for one, 166.7 one for six."""
NO_SPLIT: Final = math.log(1.01)
A_MONTH: Final = timedelta(days=31)
SAME_RATIO: Final = 0.15
"""One in thirty is reported as 0.03. No company splits twice in a quarter by so nearly the same ratio."""
LEAST_GROWTH: Final = 0.6
MOST_GROWTH: Final = 60.0
"""Number of shares after / before, beside the split: few buy back more, few issue more in one quarter."""
FALL: Final = 0.55
"""A number of shares that falls to less is no buyback that nobody tells of (our judgement)."""
WHOLE_WITHIN: Final = 0.005
LARGEST_EXCHANGE: Final = math.log(50)
"""Beyond, a rounded ratio no longer tells whether it is whole: then it is a reverse split (our judgement)."""
WICK: Final = 5.0
"""One cover this far from both of its neighbours, which agree, is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Cover:
    day: date
    filed: date
    shares: Decimal


@dataclass(frozen=True, slots=True)
class Ratio:
    span: Span
    filed: date
    accession: str
    value: Decimal

    @property
    def earliest(self) -> date:
        return self.span[0] or self.span[1]

    @property
    def is_dated(self) -> bool:
        return self.span[1] - self.earliest <= DATED_WITHIN

    @property
    def latest(self) -> date:
        """The last day that may be meant: accounts of a quarter also tell what came after it."""
        is_close = self.span[1] - self.earliest <= A_MONTH
        return self.span[1] + NEAR if is_close else max(self.span[1], self.filed)

    def candidates(self) -> tuple[float, ...]:
        """What may be meant by it, new shares for one old one."""
        value = float(self.value)
        read = {value / scale for scale in SCALES if scale == 1 or value >= scale / 10}
        return tuple(sorted({*read, *(1 / each for each in read)}))


@dataclass(frozen=True, slots=True)
class Split:
    """New shares for an old one, NaN where there was a change that nobody tells, from the first of these
    days to the last; `accession` is of the report that tells it, if one does."""

    earliest_on: date
    happened_on: date
    ratio: float
    evidence: str
    filed: date
    accession: str = ""

    def meets(self, first: date, last: date) -> bool:
        return self.earliest_on <= last + NEAR and self.happened_on >= first - NEAR


def splits_of(
    ratios: Sequence[Ratio],
    covers: Sequence[Cover],
    recasts: ShareRecasts,
    reader: RowReader,
    *,
    period_ends: frozenset[date] = frozenset(),
    first_filed: date = date.min,
) -> list[Split]:
    """Each split once, from old to new; `period_ends` are days for which figures stand of whole periods.

    What was before its first report, filed on `first_filed`, is left out: nothing was counted in such shares.
    """
    covers = _without_slips(covers)
    found = [
        Split(each.before + DAY, _first_count(each.after, covers), each.ratio, RECAST, each.after)
        for each in recasts.changes
        if _is_allowed(each.ratio, _around(covers, each.before, each.after))
        and not _is_of_another_company(each.ratio, _around(covers, each.before, each.after))
    ]
    reported: list[Ratio] = []
    for each in sorted(ratios, key=lambda ratio: (ratio.filed, ratio.span[1])):
        if not each.value or abs(math.log(each.value)) < NO_SPLIT or _was_reported(each, reported):
            continue
        reported.append(each)
        if each.span[1] < first_filed:
            reader.remark(
                "A split of %(ratio)s on %(day)s was before its first report; it is left out.",
                ratio=f"{each.value:f}",
                day=each.span[1],
            )
            continue
        _add(found, each, covers, recasts, reader, is_period=each.span[1] in period_ends)
    found += _unexplained(covers, recasts, found, reader)
    return sorted(found, key=lambda each: (each.happened_on, each.earliest_on))


# What is reported ---------------------------------------------------------------------


def _was_reported(ratio: Ratio, earlier: Sequence[Ratio]) -> bool:
    """A split is reported again for years: of its day, of the quarter in which it fell, of later years."""
    alike = [each for each in earlier if set(ratio.candidates()) & set(each.candidates())]
    if not ratio.is_dated:
        return bool(alike)
    return any(
        each.earliest - SAME_SPLIT <= ratio.span[1] <= max(each.span[1], each.filed) + SAME_SPLIT
        for each in alike
        if not each.is_dated or abs(each.span[1] - ratio.span[1]) <= SAME_SPLIT
    )


def _add(
    found: list[Split],
    ratio: Ratio,
    covers: Sequence[Cover],
    recasts: ShareRecasts,
    reader: RowReader,
    *,
    is_period: bool,
) -> None:
    """Put a reported ratio beside what is found: it dates or names that, or is a split of its own."""
    for place, known in enumerate(found):
        if known.meets(ratio.earliest, ratio.latest):
            if _among(known.ratio, ratio.candidates()):
                found[place] = _dated(known, ratio, is_period=is_period)
                return
            is_other = known.evidence == RECAST and not whole_ratio(known.ratio)
            if is_other and ratio.is_dated and ratio.value < 1:
                # In a merger the accounts go on with the other company's shares; the ratio is of this one's.
                whole = whole_ratio(float(ratio.value)) or float(ratio.value)
                found[place] = _dated(replace(known, ratio=whole), ratio, is_period=is_period)
                return
    if any(ratio.is_dated and recasts.deny(*pair) for pair in _reports_around(covers, ratio.span[1])):
        reader.remark(
            "A split of %(ratio)s is reported of %(day)s, but shares are counted alike before and after.",
            ratio=f"{ratio.value:f}",
            day=ratio.span[1],
        )
        return
    if (split := _by_covers(ratio, covers, recasts)) is not None:
        found.append(_dated(split, ratio, is_period=is_period))
    elif (own := _alone(ratio, covers, reader)) is not None:
        found.append(own)


def _dated(split: Split, ratio: Ratio, *, is_period: bool) -> Split:
    """The split by the day of the report's ratio, unless that is the last day of a period of accounts."""
    split = replace(split, evidence=REPORTED, accession=ratio.accession, filed=ratio.filed)
    day = ratio.span[1]
    if ratio.is_dated and not (is_period and ratio.span[0] is None):
        return replace(split, earliest_on=day, happened_on=day)
    first, last = max(split.earliest_on, ratio.earliest), min(split.happened_on, day)
    is_of_month = ratio.span[0] is not None and day - ratio.earliest <= A_MONTH and first <= last
    return replace(split, earliest_on=first, happened_on=last) if is_of_month else split


def _by_covers(ratio: Ratio, covers: Sequence[Cover], recasts: ShareRecasts) -> Split | None:
    """The split between two covers of which one tells the number of before and one that of after it."""
    best: tuple[float, Split] | None = None
    for before, after in pairwise(covers):
        if after.day < ratio.earliest or before.day > ratio.latest:
            continue
        if after.day - before.day > 2 * NEAREST_COVER or recasts.deny(before.filed, after.filed):
            continue
        step = _growth(before, after)
        for candidate in ratio.candidates():
            growth = step / candidate
            off = abs(math.log(growth))
            moves = abs(math.log(step)) > abs(math.log(candidate)) / 4
            if moves and LEAST_GROWTH <= growth <= MOST_GROWTH and (best is None or off < best[0]):
                value = whole_ratio(candidate) or candidate
                first, last = before.filed + DAY, max(after.day, before.filed + DAY)
                best = off, Split(first, last, value, REPORTED, ratio.filed, ratio.accession)
    return best[1] if best else None


def _alone(ratio: Ratio, covers: Sequence[Cover], reader: RowReader) -> Split | None:
    """What a ratio says by itself: as it stands below one, and that there was something above."""
    day, value = ratio.span[1], float(ratio.value)
    before = [each for each in covers if each.day < ratio.earliest]
    after = [each for each in covers if each.day > day]
    if not ratio.is_dated and before and after:
        # Nothing moved on the covers of this time: it speaks of another, or of other securities.
        reader.remark(
            "A split of %(ratio)s is reported without its day; it is left out.", ratio=f"{ratio.value:f}"
        )
        return None
    is_sure = value < 1 and ratio.is_dated
    if not is_sure:
        reader.remark(
            "A split of %(ratio)s on %(day)s may be a reverse one; its ratio is not known.",
            ratio=f"{ratio.value:f}",
            day=day,
        )
    size = (whole_ratio(value) or value) if is_sure else math.nan
    return Split(min(ratio.earliest, day), day, size, REPORTED, ratio.filed, ratio.accession)


def _among(ratio: float, candidates: Sequence[float]) -> bool:
    return any(abs(math.log(ratio / each)) <= SAME_RATIO for each in candidates)


# What the covers say ------------------------------------------------------------------


def _growth(before: Cover, after: Cover) -> float:
    return float(after.shares / before.shares)


def _without_slips(covers: Sequence[Cover]) -> list[Cover]:
    """Without a cover that is far from both its neighbours, which agree."""
    return [
        each
        for place, each in enumerate(covers)
        if not 0 < place < len(covers) - 1 or not _is_slip(*covers[place - 1 : place + 2])
    ]


def _is_slip(before: Cover, cover: Cover, after: Cover) -> bool:
    off = math.log(_growth(before, cover)), math.log(_growth(after, cover))
    return off[0] * off[1] > 0 and min(map(abs, off)) > math.log(WICK) > abs(math.log(_growth(before, after)))


def _around(covers: Sequence[Cover], first: date, last: date) -> tuple[Cover, Cover] | None:
    """The last cover filed by the first of these days, and the first one filed on the last or later."""
    before = [each for each in covers if first - FARTHEST_COVER <= each.filed <= first]
    after = [each for each in covers if last <= each.filed <= last + FARTHEST_COVER]
    return (before[-1], after[0]) if before and after else None


def _is_allowed(ratio: float, around: tuple[Cover, Cover] | None) -> bool:
    return around is None or _growth(*around) / ratio >= LEAST_GROWTH / 2


def _is_of_another_company(ratio: float, around: tuple[Cover, Cover] | None) -> bool:
    """Whether a merger's exchange ratio recasts the accounts while the covers go on as they were.

    A company that merged into a shell files the accounts of before in its own old shares, and the cover in
    those of the shell, which holders have: these did not change.
    """
    if around is None or whole_ratio(ratio) or abs(math.log(ratio)) > LARGEST_EXCHANGE:
        return False
    return abs(math.log(_growth(*around))) < abs(math.log(ratio)) / 4


def _first_count(after: date, covers: Sequence[Cover]) -> date:
    """The day of which the cover of the first report in new units counts."""
    return min(
        (each.day for each in covers if each.filed == after and each.day > after - A_MONTH), default=after
    )


def _reports_around(covers: Sequence[Cover], day: date) -> list[tuple[date, date]]:
    before = [each.filed for each in covers if each.filed < day]
    after = [each.filed for each in covers if each.filed > day]
    return [(before[-1], after[0])] if before and after else []


def _unexplained(
    covers: Sequence[Cover], recasts: ShareRecasts, known: Sequence[Split], reader: RowReader
) -> Iterator[Split]:
    """Falls, and rises to a whole multiple, that nothing explains and no report denies."""
    for before, after in pairwise(covers):
        step = _growth(before, after)
        is_jump = step < FALL or (step > 1 / FALL and abs(step / round(step) - 1) < WHOLE_WITHIN)
        is_known = any(each.meets(before.day, after.day) for each in known)
        if is_jump and not is_known and not recasts.deny(before.filed, after.filed):
            reader.remark(
                "Its shares went from %(before)s to %(after)s by %(day)s; no ratio of a split is reported.",
                before=f"{before.shares:f}",
                after=f"{after.shares:f}",
                day=after.day,
            )
            first = min(before.filed + DAY, after.day)
            yield Split(first, after.day, math.nan, COUNTED, after.filed)
