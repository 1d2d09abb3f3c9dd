"""Comparison of a few assets side by side: their scores, how each criterion is answered, their figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS, Criterion
from screener.checklist.judgements import Finding
from screener.checklist.states import shown_as
from screener.models import Scorecard
from screener.screens.position import PositionSize
from screener.screens.size_tiers import tier_of
from screener.screens.tier_limits import TierLimits
from screener.services.comparison.compare_figures import (
    FigureGroup,
    FigureRow,
    compare_figures,
    same_position,
)
from screener.services.desk.personal_score import card_at
from screener.services.desk.size_tiers import default_tiers
from screener.services.dossier.provenance import rests_on_old_facts
from screener.services.scoring.compare_scorecards import NOT_ASKED


class Interval(NamedTuple):
    """A score of 0–100, None where it is not rated, and what it can be, depending on what is not known."""

    score: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCell:
    """`is_highest`: whatever is not known, no other of the row can reach this score."""

    interval: Interval | None
    is_highest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedAsset:
    """One asset of the comparison. `card` is None before its first score; `is_stale`: even the newest
    fact is older than a price may be."""

    asset: Asset
    card: Scorecard | None
    tier: str
    findings: Mapping[str, Finding]
    total: ScoreCell
    gates_open: tuple[Criterion, ...]
    gates_unverified: tuple[Criterion, ...]
    is_stale: bool

    @property
    def stale_answers(self) -> int:
        return sum(1 for each in self.findings.values() if each["stale"])

    @property
    def is_of_older_rules(self) -> bool:
        return self.card is not None and self.card.checklist_version != CHECKLIST_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A criterion's findings, one a side; None where the side's scorecard does not tell of it."""

    criterion: Criterion
    cells: tuple[Finding | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the answers do; the figures behind the same answer nearly always do."""
        return len({each and shown_as(each["state"], stale=each["stale"]) for each in self.cells}) > 1


Row = TypeVar("Row", AnswerRow, FigureRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionGroup:
    """`titles` are what the kinds compared call it: tokenomics, capital structure."""

    id: str
    titles: tuple[str, ...]
    scores: tuple[ScoreCell, ...]
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Every row has a cell for each side, in their order. Scores under different rules are not compared,
    nor costs of different positions."""

    sides: tuple[ComparedAsset, ...]
    first: tuple[tuple[FigureRow, ...], ...]
    dimensions: tuple[DimensionGroup, ...]
    figures: tuple[FigureGroup, ...]
    same_rules: bool
    same_position: bool
    tiers: TierLimits

    def differences(self) -> "SideBySide":
        """The same without the rows in which all sides say the same."""
        figures = (replace(each, rows=_differing(each.rows)) for each in self.figures)
        return replace(
            self,
            first=tuple(_differing(each) for each in self.first),
            dimensions=tuple(replace(each, rows=_differing(each.rows)) for each in self.dimensions),
            figures=tuple(each for each in figures if each.rows),
        )


def compare_assets(
    assets: Sequence[Asset],
    *,
    now: datetime,
    position: PositionSize | None = None,
    tiers: TierLimits | None = None,
) -> SideBySide:
    """The newest scorecards of these assets in two queries, however many assets there are.

    Exits and their answers are for this position: of another than the judged one facts are read. Size tiers
    are by these limits, or by the operator's.
    """
    tiers = tiers or default_tiers()
    newest = Scorecard.objects.filter(asset__in=assets).latest_of_each_asset().defer("observations")
    cards = {each.asset_id: each for each in newest}
    cards |= {each.pk: card_at(cards[each.pk], each, position) for each in assets if each.pk in cards}
    columns = [(each, cards.get(each.pk)) for each in assets]
    same_rules = len({each.checklist_version for each in cards.values()}) <= 1
    totals = _scores([_total(card) for _asset, card in columns], comparable=same_rules)
    figures = compare_figures(columns)
    sides = tuple(
        _side(asset, card, total, now, tiers) for (asset, card), total in zip(columns, totals, strict=True)
    )
    return SideBySide(
        sides=sides,
        dimensions=tuple(
            DimensionGroup(
                id=each.id,
                titles=tuple(dict.fromkeys(each.title(asset.kind) for asset in assets)),
                scores=_scores(
                    [_dimension(card, each.id) for _asset, card in columns], comparable=same_rules
                ),
                rows=tuple(_answers(each.criteria, sides)),
            )
            for each in DIMENSIONS
        ),
        first=figures.first,
        figures=figures.groups,
        same_rules=same_rules,
        same_position=same_position(columns),
        tiers=tiers,
    )


def _side(
    asset: Asset, card: Scorecard | None, total: ScoreCell, now: datetime, tiers: TierLimits
) -> ComparedAsset:
    return ComparedAsset(
        asset=asset,
        card=card,
        tier=tier_of(card.figures, kind=asset.kind, judged=card.tier, limits=tiers) if card else "",
        findings={each["criterion"]: each for each in card.findings} if card else {},
        total=total,
        gates_open=criteria_of(card.gates_open if card else ()),
        gates_unverified=criteria_of(card.gates_unverified if card else ()),
        is_stale=card is not None and rests_on_old_facts(card, kind=asset.kind, now=now),
    )


def criteria_of(ids: Iterable[str]) -> tuple[Criterion, ...]:
    """Without those of an older version that are gone."""
    return tuple(CRITERIA[each] for each in ids if each in CRITERIA)


def _total(card: Scorecard | None) -> Interval | None:
    return Interval(card.total, card.total_low, card.total_high) if card else None


def _dimension(card: Scorecard | None, dimension: str) -> Interval | None:
    scores = card.dimensions.get(dimension) if card else None
    if card is None or scores is None:
        return None
    score = 100 * scores["score"] if card.is_rated else None
    return Interval(score, 100 * scores["low"], 100 * scores["high"])


def _scores(intervals: Sequence[Interval | None], *, comparable: bool) -> tuple[ScoreCell, ...]:
    highest = highest_of(intervals) if comparable else None
    return tuple(
        ScoreCell(interval=each, is_highest=place == highest) for place, each in enumerate(intervals)
    )


def highest_of(intervals: Sequence[Interval | None]) -> int | None:
    """The place of the score whose lowest is above the highest of all others, if there is one.

    One that is not rated is no winner, but what it can be counts against the others.
    """
    known = {place: each for place, each in enumerate(intervals) if each}
    if len(known) < 2:
        return None
    top = max(known, key=lambda place: known[place].low)
    beaten = all(known[top].low > each.high for place, each in known.items() if place != top)
    return top if beaten and known[top].score is not None else None


def _answers(criteria: Iterable[Criterion], sides: Sequence[ComparedAsset]) -> Iterable[AnswerRow]:
    """The criteria that are asked of at least one side."""
    for each in criteria:
        cells = tuple(_answer(each, side) for side in sides)
        if any(cell and cell["state"] != NOT_ASKED["state"] for cell in cells):
            yield AnswerRow(criterion=each, cells=cells)


def _answer(criterion: Criterion, side: ComparedAsset) -> Finding | None:
    is_asked = side.asset.kind in criterion.kinds
    return side.findings.get(criterion.id) if is_asked else NOT_ASKED


def _differing(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(each for each in rows if each.differs)
