"""Holder concentration: the whole supply by type of holder, then only those who can sell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics import families
from assets.metrics.holders import BURN, EXCLUDED_TYPES
from assets.models import HolderPosition, HolderSnapshot
from screener.charts import Piece, holder_pieces
from screener.services.dossier.facts import DossierFacts

HOLDERS: Final = "holders"
MOST_SHOWN: Final = 50
"""Positions that are listed before somebody asks for all of them; the largest come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersSection:
    """`positions` are the first of `count`."""

    figures: Mapping[str, float]
    snapshot: HolderSnapshot | None
    positions: Sequence[HolderPosition]
    count: int
    questions: Sequence[Mapping[str, Any]]
    pieces: Sequence[Piece]
    owner_pieces: Sequence[Piece]


def read_holders(facts: DossierFacts) -> HoldersSection:
    positions, questions = facts.rows.positions, facts.questions_of("holders", "positions")
    summed = () if any(each["frame"] == "positions" for each in questions) else positions
    return HoldersSection(
        figures=facts.figures,
        snapshot=facts.rows.row(families.HOLDERS),
        positions=positions if HOLDERS in facts.whole_lists else positions[:MOST_SHOWN],
        count=len(positions),
        questions=questions,
        pieces=all_pieces(summed),
        owner_pieces=owner_pieces(summed),
    )


def all_pieces(positions: Iterable[HolderPosition]) -> tuple[Piece, ...]:
    """The whole supply by type of holder, those that no single owner sells from last."""
    shares = _by_type(positions)
    ordered = sorted(shares.items(), key=lambda each: (each[0] in EXCLUDED_TYPES, -each[1]))
    return holder_pieces(ordered) if ordered else ()


def owner_pieces(positions: Iterable[HolderPosition]) -> tuple[Piece, ...]:
    """As adjusted figures see it: only owners, as shares of what is not burned."""
    shares = _by_type(positions)
    left = 1 - shares.get(BURN, 0.0)
    owned = {kind: share / left for kind, share in shares.items() if kind not in EXCLUDED_TYPES and left > 0}
    return holder_pieces(sorted(owned.items(), key=lambda each: -each[1])) if owned else ()


def _by_type(positions: Iterable[HolderPosition]) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for position in positions:
        shares[position.holder_type] += position.share
    return shares
