"""Census of the market as pages show it: the newest one by tier and sector, and that of a month before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode

from assets.metrics.families import KINDS
from assets.metrics.size_tiers import LARGEST, TIER_STEPS
from screener.charts import PriceLine, caps_chart
from screener.models import MarketCensus
from screener.screens.query import label_written
from screener.services.market.census import ALL_SECTORS
from screener.services.market.due_days import HISTORY_DAYS
from screener.services.market.lines import MarketLines, market_lines
from screener.words.size_tiers import NAMES

BEFORE_DAYS: Final = 30
"""Changes are told against the newest census that is at least so old."""
UNSIZED: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusCell:
    """Assets of one tier and sector; `market_cap_usd` is that of `capitalised` of them, None if of none.

    `address` is the screen of these assets, "" of assets of unknown size, which no query names.
    """

    assets: int
    capitalised: int
    market_cap_usd: float | None
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusRow:
    """One sector, or all of them (""): a cell for each tier, None where there is no asset, and the sum.

    `assets_before` and `cap_before_usd` are the sum of the earlier census, None where it did not count this.
    """

    sector: str
    cells: tuple[CensusCell | None, ...]
    total: CensusCell
    assets_before: int | None
    cap_before_usd: float | None

    @property
    def more_assets(self) -> int | None:
        return None if self.assets_before is None else self.total.assets - self.assets_before

    @property
    def cap_change_share(self) -> float | None:
        if not self.cap_before_usd or self.total.market_cap_usd is None:
            return None
        return self.total.market_cap_usd / self.cap_before_usd - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCensus:
    """Of one kind; `caps` is the market cap by tier over time, of the days on which a census was taken."""

    kind: str
    tiers: tuple[str, ...]
    rows: tuple[CensusRow, ...]
    caps: MarketLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """`day` and `before` are those of the newest census and of the one that it is held against."""

    day: date | None
    before: date | None
    kinds: Mapping[str, KindCensus]


def read_census(*, now: datetime, fictional: bool = False) -> Census:
    """In two queries: all sectors together over two years, and each sector on two days."""
    first = now.astimezone(UTC).date() - timedelta(days=HISTORY_DAYS)
    fields = ("kind", "day", "tier", "sector", "assets", "capitalised", "market_cap_usd")
    of_days = MarketCensus.objects.filter(sector=ALL_SECTORS, day__gte=first, fictional=fictional).order_by(
        "day"
    )
    together = list(of_days.values_list(*fields))
    days = sorted({row[1] for row in together})
    newest = days[-1] if days else None
    before = max((each for each in days if newest and (newest - each).days >= BEFORE_DAYS), default=None)
    of_sectors = MarketCensus.objects.exclude(sector=ALL_SECTORS).filter(day__in=[newest, before])
    apart = list(of_sectors.order_by().values_list(*fields)) if newest else []
    return Census(
        day=newest,
        before=before,
        kinds={
            kind: _of_kind(kind, [each for each in (*together, *apart) if each[0] == kind], newest, before)
            for kind in KINDS
        },
    )


def _of_kind(kind: str, rows: Sequence[tuple[Any, ...]], day: date | None, before: date | None) -> KindCensus:
    tiers = (*dict(TIER_STEPS[kind]), LARGEST)
    newest = {(row[3], row[2]): row for row in rows if row[1] == day}
    earlier = {(row[3], row[2]): row for row in rows if row[1] == before}
    shown = (*tiers, UNSIZED)
    sectors = sorted({sector for sector, _tier in newest if sector})
    found = [_row(kind, each, shown, newest, earlier) for each in (ALL_SECTORS, *sectors)] if newest else []
    in_order = sorted(found, key=lambda each: (each.sector != ALL_SECTORS, -each.total.assets, each.sector))
    lines = [_line(place, tier, rows) for place, tier in enumerate(tiers, 1)]
    return KindCensus(
        kind=kind,
        tiers=tiers,
        rows=tuple(in_order),
        caps=market_lines(lines, draw=caps_chart, unit="usd"),
    )


def _row(
    kind: str, sector: str, tiers: Sequence[str], newest: Mapping[Any, Any], earlier: Mapping[Any, Any]
) -> CensusRow:
    cells = tuple(_cell(kind, sector, tier, newest.get((sector, tier))) for tier in tiers)
    before = [earlier[sector, tier] for tier in tiers if (sector, tier) in earlier]
    caps = [row[6] for row in before if row[6] is not None]
    return CensusRow(
        sector=sector,
        cells=cells,
        total=_total(kind, sector, [each for each in cells if each]),
        assets_before=sum(row[4] for row in before) if before else None,
        cap_before_usd=sum(caps) if caps else None,
    )


def _cell(kind: str, sector: str, tier: str, row: Any) -> CensusCell | None:
    if row is None:
        return None
    address = _screen(kind=kind, sector=sector, tier=tier) if tier else ""
    return CensusCell(assets=row[4], capitalised=row[5], market_cap_usd=row[6], address=address)


def _total(kind: str, sector: str, cells: Sequence[CensusCell]) -> CensusCell:
    caps = [each.market_cap_usd for each in cells if each.market_cap_usd is not None]
    return CensusCell(
        assets=sum(each.assets for each in cells),
        capitalised=sum(each.capitalised for each in cells),
        market_cap_usd=sum(caps) if caps else None,
        address=_screen(kind=kind, sector=sector),
    )


def _screen(**labels: str) -> str:
    """The address of the screener with this question."""
    words = [f"{name}:{label_written(label)}" for name, label in labels.items() if label]
    return f"{reverse('screener')}?{urlencode({'q': ' '.join(words)})}"


def _line(place: int, tier: str, rows: Sequence[tuple[Any, ...]]) -> PriceLine:
    known = [*_caps(tier, rows)]
    return PriceLine(
        place=place,
        name=str(NAMES[tier]),
        days=tuple(day for day, _cap in known),
        values=tuple(cap for _day, cap in known),
    )


def _caps(tier: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[datetime, float]]:
    for _kind, day, of_tier, sector, _assets, _capitalised, cap in rows:
        if of_tier == tier and sector == ALL_SECTORS and cap:
            yield datetime(day.year, day.month, day.day, tzinfo=UTC), cap
