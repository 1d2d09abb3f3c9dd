"""Comparison of the figures of a few scorecards: which is best where one can be, and why one is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assets.metrics import families
from assets.metrics.measure import MEASURES, Measure
from assets.models import Asset, RequestLog
from screener.models import Scorecard
from screener.services.dossier.provenance import ABSENT

MEASURE_OF: Final = {each.name: each for each in MEASURES}

Column = tuple[Asset, Scorecard | None]
"""One asset of the comparison; without a card it was never scored."""


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in the table. `families` tell it; `better` is empty where neither more nor less is good.

    `of_position`: it is worked out for the position, and can only be compared for the same one.
    """

    measure: Measure
    families: tuple[str, ...]
    better: Better | None = None
    of_position: bool = False


def figure(name: str, *of_families: str, better: Better | None = None, of_position: bool = False) -> Figure:
    return Figure(MEASURE_OF[name], of_families, better, of_position)


PRICE: Final = (figure("price_usd", families.MARKET, families.POOLS),)
SIZE: Final = (figure("market_cap_usd", families.SUPPLY, families.MARKET),)
EXIT: Final = (
    figure("volume_24h_usd", families.MARKET, better=Better.HIGHER),
    figure("round_trip_cost_share", families.POOLS, families.BOOKS, better=Better.LOWER, of_position=True),
    figure("days_to_exit", families.MARKET, better=Better.LOWER, of_position=True),
)
FIRST: Final = (PRICE, SIZE, EXIT)
"""What anybody asks first: the price, how large the asset is, and whether one gets out of it again."""

GROUPS: Final[Mapping[Promise, tuple[Figure, ...]]] = {
    gettext_lazy("Supply"): (
        figure("fully_diluted_usd", families.SUPPLY, families.MARKET),
        figure("float_share", families.SUPPLY, better=Better.HIGHER),
        figure("circulating_supply", families.SUPPLY),
        figure("total_supply", families.SUPPLY),
        figure("max_supply", families.SUPPLY),
    ),
    gettext_lazy("Getting in and out"): (
        figure("liquidity_usd", families.POOLS, families.BOOKS, better=Better.HIGHER),
        figure("depth_down_usd", families.POOLS, families.BOOKS, better=Better.HIGHER),
        figure("spread_share", families.BOOKS, better=Better.LOWER),
        figure("position_usd"),
        figure("last_trade_hours", families.POOLS, families.TRADES, better=Better.LOWER),
    ),
    gettext_lazy("Holders"): (
        figure("holder_count", families.HOLDERS, better=Better.HIGHER),
        figure("top_ten_adjusted_share", families.HOLDERS, better=Better.LOWER),
        figure("largest_wallet_share", families.HOLDERS, better=Better.LOWER),
        figure("insider_share", families.OWNERSHIP, families.FUNDAMENTALS),
    ),
    gettext_lazy("What is still to come"): (
        figure("next_unlock_days", families.UNLOCKS),
        figure("unlock_30d_share", families.UNLOCKS, better=Better.LOWER),
        figure("unlock_30d_volume_days", families.UNLOCKS, better=Better.LOWER),
        figure("unlock_12m_share", families.UNLOCKS, better=Better.LOWER),
        figure("emission_12m_share", families.SUPPLY, better=Better.LOWER),
    ),
    gettext_lazy("Business"): (
        figure("revenue_annual_usd", families.USAGE, families.FUNDAMENTALS, better=Better.HIGHER),
        # Of the diluted value for a token, of the market cap for a share: no common scale.
        figure("price_to_sales", families.USAGE, families.FUNDAMENTALS),
        figure("tvl_usd", families.USAGE),
        figure("runway_months", families.FUNDAMENTALS, better=Better.HIGHER),
    ),
}
"""What else is compared, by heading. Best is said where the checklist would score it so, too."""


class Absence(StrEnum):
    """Why a figure is missing."""

    UNSCORED = "unscored"
    OTHER_KIND = "other_kind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """`request_log` tells who was asked for a missing figure and why there was no answer."""

    value: float | None
    absence: Absence | None = None
    request_log: RequestLog | None = None
    is_best: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """`of_position`: the figures are for a position of some size."""

    measure: Measure
    cells: tuple[FigureCell, ...]
    of_position: bool = False

    @property
    def differs(self) -> bool:
        return len({each.value for each in self.cells}) > 1

    @property
    def is_complete(self) -> bool:
        return all(each.value is not None for each in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    title: Promise
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigures:
    """`first` are the rows of `FIRST`, in its three parts."""

    first: tuple[tuple[FigureRow, ...], ...]
    groups: tuple[FigureGroup, ...]


def compare_figures(columns: Sequence[Column]) -> ComparedFigures:
    """A cell for each column in every row, in one query. Rows that nobody can have are left out."""
    request_logs = _request_logs(asset for asset, _card in columns)
    return ComparedFigures(
        first=tuple(tuple(_rows(part, columns, request_logs)) for part in FIRST),
        groups=tuple(
            FigureGroup(title=title, rows=tuple(_rows(figures, columns, request_logs)))
            for title, figures in GROUPS.items()
        ),
    )


def same_position(columns: Sequence[Column]) -> bool:
    """Whether costs and days to exit were worked out for one position."""
    return len({card.figures.get("position_usd") for _asset, card in columns if card}) <= 1


def _request_logs(assets: Iterable[Asset]) -> dict[tuple[int, str], RequestLog]:
    """By asset and family who was asked last and could not tell."""
    in_vain = RequestLog.objects.filter(asset__in=tuple(assets)).exclude(problem="").order_by("asked_at")
    return {(each.asset_id, each.family): each for each in in_vain}


def _rows(
    figures: Iterable[Figure], columns: Sequence[Column], request_logs: Mapping[tuple[int, str], RequestLog]
) -> Iterator[FigureRow]:
    comparable = same_position(columns)
    for each in figures:
        if all(_is_of_other_kind(each, asset) for asset, _card in columns):
            continue
        values = [card.figures.get(each.measure.name) if card else None for _asset, card in columns]
        best = best_of(values, better=each.better) if comparable or not each.of_position else frozenset()
        cells = (
            _missing(each, asset, card, request_logs)
            if value is None
            else FigureCell(value=value, is_best=place in best)
            for place, (value, (asset, card)) in enumerate(zip(values, columns, strict=True))
        )
        yield FigureRow(measure=each.measure, cells=tuple(cells), of_position=each.of_position)


def best_of(values: Sequence[float | None], *, better: Better | None) -> frozenset[int]:
    """The places of the best of the known values; none where fewer than two are known or all are alike."""
    known = [each for each in values if each is not None]
    if better is None or len(set(known)) < 2:
        return frozenset()
    best = max(known) if better is Better.HIGHER else min(known)
    return frozenset(place for place, each in enumerate(values) if each == best)


def _missing(
    figure: Figure, asset: Asset, card: Scorecard | None, request_logs: Mapping[tuple[int, str], RequestLog]
) -> FigureCell:
    if _is_of_other_kind(figure, asset):
        return FigureCell(value=None, absence=Absence.OTHER_KIND)
    asked = (request_logs.get((asset.pk, family)) for family in figure.families)
    return FigureCell(
        value=None,
        absence=Absence.UNKNOWN if card else Absence.UNSCORED,
        request_log=next((each for each in asked if each), None),
    )


def _is_of_other_kind(figure: Figure, asset: Asset) -> bool:
    return bool(figure.families) and ABSENT[asset.kind].issuperset(figure.families)
