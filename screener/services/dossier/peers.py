"""Peers: assets of one kind, sector and size tier, and where one of them stands among the rest.

A place among few says little: of each figure the number of peers that have it stands beside its place, with
the interval that so many allow, and below `FEWEST` there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import ratio
from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.family import gettext_noop as phrase
from screener.screens.columns import COLUMN_OF
from screener.screens.table import Ids, Mask, Numbers, Table
from screener.validation.statistics import wilson

FEWEST: Final = 8
"""Peers that have a figure: of fewer the interval of a place covers more than half of all places."""
TIE: Final = 1e-9
"""Quotients of the same figures differ in their last digits: so near to each other they are the same."""
ALIKE: Final = ("kind", "sector", "tier", "sandbox")
FDV_TO_CAP: Final = "fdv_to_cap"
FDV_TO_REVENUE: Final = "fdv_to_revenue"
VOLATILITY: Final = "volatility"
DRAWDOWN: Final = "drawdown_90d"

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    TOKEN: ("score", "market_cap", FDV_TO_CAP, "ps", "mcap_to_tvl", "revenue_growth", VOLATILITY, DRAWDOWN),
    EQUITY: ("score", "market_cap", FDV_TO_CAP, "ps", FDV_TO_REVENUE, "revenue_growth", VOLATILITY, DRAWDOWN),
}
"""What is compared, by kind of asset; `ps` of a token is FDV ÷ revenue already."""
MULTIPLES: Final = ("ps", "mcap_to_tvl", FDV_TO_REVENUE)
"""What is paid for what an asset earns or holds: the less, the cheaper. The first that is known speaks."""
OWN_LABELS: Final = {FDV_TO_CAP: phrase("FDV / market cap"), FDV_TO_REVENUE: phrase("FDV / revenue")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFigure:
    """One figure beside those of its peers.

    `value` is the asset's own, `count` of the peers know theirs. `below_share` of these lie below it, ties
    counted half, with its 95 % interval (Wilson); None where the value is not known or they are too few, and
    so is `median`.
    """

    key: str
    label: str
    unit: str
    value: float | None
    count: int
    median: float | None
    below_share: float | None
    low_share: float | None
    high_share: float | None

    @property
    def is_cheap(self) -> bool:
        """Less than what most peers cost, whatever end of the interval holds."""
        return self.high_share is not None and self.high_share < 0.5

    @property
    def is_expensive(self) -> bool:
        return self.low_share is not None and self.low_share > 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """The peers of one asset. `sector` and `tier` are "" where they are not known: then it has none."""

    kind: str
    sector: str
    tier: str
    count: int
    figures: tuple[PeerFigure, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.sector and self.tier)

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST

    @property
    def valuation(self) -> PeerFigure | None:
        """The multiple by which it is cheap or expensive; None where none has a place."""
        by_key = {each.key: each for each in self.figures if each.below_share is not None}
        return next((by_key[key] for key in MULTIPLES if key in by_key), None)


def peers_of(table: Table, asset_id: int) -> PeerGroup | None:
    """None where the table does not hold the asset."""
    place = int(np.searchsorted(table.ids, asset_id))
    if place == len(table) or table.ids[place] != asset_id:
        return None
    kind, sector, tier = (_label(table, name, place) for name in ("kind", "sector", "tier"))
    peers = np.flatnonzero(_alike(table, place)) if sector and tier else np.empty(0, dtype=np.intp)
    return PeerGroup(
        kind=kind,
        sector=sector,
        tier=tier,
        count=len(peers),
        figures=tuple(_figure(table, key, place, peers) for key in FIGURES[kind]),
    )


def _label(table: Table, category: str, place: int) -> str:
    coded = table.categories[category]
    return coded.labels[coded.codes[place]]


def _alike(table: Table, place: int) -> Mask:
    """The others of the same kind, sector and tier; what is invented has invented peers."""
    codes = [table.categories[each].codes for each in ALIKE]
    alike: Mask = np.logical_and.reduce([each == each[place] for each in codes])
    alike[place] = False
    return alike


def _values(table: Table, key: str, rows: Ids) -> Numbers:
    if key not in OWN_LABELS:
        return table.numbers[key][rows]
    diluted = ratio(table.numbers["fdv"][rows], table.numbers["market_cap"][rows])
    return diluted if key == FDV_TO_CAP else table.numbers["ps"][rows] * diluted


def _figure(table: Table, key: str, place: int, peers: Ids) -> PeerFigure:
    values = _values(table, key, np.append(peers, place))
    own, others = float(values[-1]), values[:-1]
    others = others[~np.isnan(others)]
    count, is_enough = len(others), len(others) >= FEWEST
    is_tied = np.isclose(others, own, rtol=TIE, atol=0)
    below = float(((others < own) & ~is_tied).sum() + is_tied.sum() / 2)
    has_place = is_enough and own == own
    low, high = wilson(below, count) if has_place else (None, None)
    column = COLUMN_OF.get(key)
    return PeerFigure(
        key=key,
        label=column.label if column else OWN_LABELS[key],
        unit=column.unit if column else "ratio",
        value=own if own == own else None,
        count=count,
        median=float(np.median(others)) if is_enough else None,
        below_share=below / count if has_place else None,
        low_share=low,
        high_share=high,
    )
