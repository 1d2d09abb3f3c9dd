"""Holder concentration: the whole supply by type of holder, then only those who can sell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from assets.metrics import families
from assets.metrics.holders import BURN, EXCLUDED_TYPES, SUPPLY_TOLERANCE_SHARE, TOP
from assets.models import HolderPosition, HolderSnapshot
from screener.charts import Chart, Piece, concentration_chart, holder_pieces
from screener.services.dossier.facts import DossierFacts

HOLDERS: Final = "holders"
MOST_SHOWN: Final = 50
"""Positions that are listed before somebody asks for all of them; the largest come first."""
CHANGE_DAYS: Final = 30
LONGEST_DAYS: Final = 60
"""A list that is older than this says nothing of the last month."""
ALIKE_SHARE: Final = 0.9
"""Two lists of one provider are compared if the shorter has this share of the longer one's entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldByType:
    """What holders of one type have of the supply, and had a month ago."""

    kind: str
    share: float
    earlier_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierHolders:
    """The list of a month ago beside the newest, by type of holder; `top_share` is of the ten largest owners.

    A list of another provider or length differs by more than what changed hands: then `is_comparable` is
    false, and there are no figures.
    """

    as_of: datetime
    is_comparable: bool
    types: Sequence[HeldByType] = ()
    top_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersSection:
    """`positions` are the first of `count`. `curve` is what the largest owners have together, of what is not
    burned; `earlier` is None where no list of a month ago is known."""

    figures: Mapping[str, float]
    snapshot: HolderSnapshot | None
    positions: Sequence[HolderPosition]
    count: int
    questions: Sequence[Mapping[str, Any]]
    pieces: Sequence[Piece]
    owner_pieces: Sequence[Piece]
    curve: Chart | None
    top_share: float | None
    earlier: EarlierHolders | None


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
        curve=concentration_chart(owned_shares(summed)),
        top_share=_top_share(summed),
        earlier=_earlier(facts, positions) if summed else None,
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


def owned_shares(positions: Iterable[HolderPosition]) -> list[float]:
    """Of each owner the share of what is not burned, from large to small."""
    every = [*positions]
    left = 1 - sum(each.share for each in every if each.holder_type == BURN)
    owned = (each.share for each in every if each.holder_type not in EXCLUDED_TYPES and each.share > 0)
    return sorted((share / left for share in owned), reverse=True) if left > 0 else []


def _top_share(positions: Sequence[HolderPosition]) -> float | None:
    """None where the list names fewer than ten owners."""
    owned = owned_shares(positions)
    return sum(owned[:TOP]) if len(owned) >= TOP else None


def _earlier(facts: DossierFacts, now_held: Sequence[HolderPosition]) -> EarlierHolders | None:
    """The list that counted a month before this one, by all that is known of that day."""
    newest: HolderSnapshot = now_held[0].snapshot
    then = newest.as_of - timedelta(days=CHANGE_DAYS)
    positions = facts.rows.positions_at(then)
    if not positions or sum(each.share for each in positions) > 1 + SUPPLY_TOLERANCE_SHARE:
        return None
    found: HolderSnapshot = positions[0].snapshot
    if newest.as_of - found.as_of > timedelta(days=LONGEST_DAYS):
        return None
    if found.provider != newest.provider or not _are_alike(len(positions), len(now_held)):
        return EarlierHolders(as_of=found.as_of, is_comparable=False)
    return EarlierHolders(
        as_of=found.as_of,
        is_comparable=True,
        types=_types(_by_type(now_held), _by_type(positions)),
        top_share=_top_share(positions),
    )


def _are_alike(count: int, other: int) -> bool:
    return min(count, other) >= ALIKE_SHARE * max(count, other)


def _types(shares: Mapping[str, float], earlier: Mapping[str, float]) -> tuple[HeldByType, ...]:
    """Who has the most comes first."""
    held = [
        HeldByType(kind=kind, share=shares.get(kind, 0.0), earlier_share=earlier.get(kind, 0.0))
        for kind in {*shares, *earlier}
    ]
    return tuple(sorted(held, key=lambda each: (-each.share, -each.earlier_share, each.kind)))


def _by_type(positions: Iterable[HolderPosition]) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for position in positions:
        shares[position.holder_type] += position.share
    return shares
