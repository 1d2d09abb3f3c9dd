"""Holder lists of vendors: from large to small, and what a line that can't be read leaves of one.

Who stands in such a line may hold anything up to the one before: without it the list would say that the ten
largest hold less than they do.
"""

from collections.abc import Sequence

from assets.sourcing.reading import RowReader
from assets.sourcing.rows import Position


def until_unread(lines: Sequence[Position | None], reader: RowReader) -> tuple[Position, ...]:
    """The positions up to the first line that can't be read (None), with a remark where there is one; nothing
    where the others don't go from large to small, so that its place says nothing."""
    positions = tuple(each for each in lines if each)
    unread = len(lines) - len(positions)
    if not unread:
        return positions
    shares = [each.share for each in positions]
    kept = positions[: lines.index(None)] if shares == sorted(shares, reverse=True) else ()
    reader.remark(
        "What %(unread)s of %(count)s listed holders have can't be read; the list counts up to the first "
        "of them, its %(kept)s largest.",
        unread=unread,
        count=len(lines),
        kept=len(kept),
    )
    return kept
