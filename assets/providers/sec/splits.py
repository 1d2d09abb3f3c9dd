"""Stock splits out of the ratios that a company reports: which way they went, and that each counts once.

The tag for the ratio takes 4 for four new shares for one old one, but a reverse split of one for
ten is reported as 0.1 by some and as 10 by most. So a ratio above one is believed only where the number
of shares on the covers before and after it says which way it went.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from assets.providers.sec.ledger import Span
from assets.sourcing.reading import RowReader

LONGEST_SPAN: Final = timedelta(days=7)
"""A ratio of a whole quarter doesn't say on which day the split was."""

NEAREST_COVER: Final = timedelta(days=200)
"""Covers further from a split say more of what was issued than of the split."""

SAME_SPLIT: Final = timedelta(days=60)
MOST: Final = Decimal(100_000)


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


def splits_of(
    ratios: Sequence[Ratio], covers: Sequence[Cover], reader: RowReader
) -> Iterator[tuple[str, float, Ratio]]:
    """Each split once, as it was first reported: (event, new shares for one old one, and where)."""
    seen: list[Ratio] = []
    for each in sorted(ratios, key=lambda ratio: ratio.filed):
        if each.value in (0, 1) or any(_is_same(each, other) for other in seen):
            continue
        seen.append(each)
        start, end = each.span
        if start and end - start > LONGEST_SPAN:
            reader.remark(
                "A split of %(ratio)s is reported without its day; it is left out.", ratio=f"{each.value:f}"
            )
            continue
        ratio = _directed(each, covers)
        if ratio is None:
            reader.remark(
                "A split of %(ratio)s on %(day)s may be a reverse one; it is left out.",
                ratio=f"{each.value:f}",
                day=end,
            )
            continue
        yield "reverse_split" if ratio < 1 else "split", ratio, each


def _is_same(ratio: Ratio, other: Ratio) -> bool:
    """A split is reported again for months, now of its day, now of the quarter in which it fell."""
    return ratio.value == other.value and abs(ratio.span[1] - other.span[1]) <= SAME_SPLIT


def _directed(ratio: Ratio, covers: Sequence[Cover]) -> float | None:
    """New shares for one old one, None where nothing says which way the split went."""
    if not 1 / MOST <= ratio.value <= MOST:
        return None
    if ratio.value < 1:
        return float(ratio.value)
    day = ratio.span[1]
    before = [each for each in covers if day - NEAREST_COVER <= each.day < day]
    after = [each for each in covers if day < each.day <= day + NEAREST_COVER]
    if not before or not after:
        return None
    # As logarithms: +1 is the ratio itself, −1 its inverse, and shares issued meanwhile are small beside it.
    turn = math.log(after[0].shares / before[-1].shares) / math.log(ratio.value)
    if turn > 0.5:
        return float(ratio.value)
    return float(1 / ratio.value) if turn < -0.5 else None
