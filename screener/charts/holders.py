"""Holder chart: one stacked bar of the whole supply, a piece for each type of holder."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

UNLISTED: Final = "unlisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """From where on, and how much of the bar; both 0–100."""

    kind: str
    start: float
    size: float
    share: float


def holder_pieces(shares: Iterable[tuple[str, float]]) -> tuple[Piece, ...]:
    """The pieces in the order given; what nobody listed comes last. A list above the whole is scaled down."""
    known = [(kind, share) for kind, share in shares if share > 0]
    total = sum(share for _kind, share in known)
    whole = max(1.0, total)
    pieces, start = [], 0.0
    for kind, share in [*known, (UNLISTED, whole - total)]:
        size = 100 * share / whole
        if size > 0.05 or kind != UNLISTED:
            pieces.append(Piece(kind=kind, start=start, size=size, share=share))
        start += size
    return tuple(pieces)
