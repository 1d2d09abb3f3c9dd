"""Everything that an asset's page shows, read once: facts, score, charts, and where each number came from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from assets.metrics import families
from assets.metrics.holders import EXCLUDED_TYPES
from assets.metrics.measure import measure
from assets.models import (
    Asset,
    BookSnapshot,
    Candle,
    DisclosureSnapshot,
    FilingSnapshot,
    FundamentalsSnapshot,
    HolderSnapshot,
    MarketSnapshot,
    PoolSnapshot,
    SupplySnapshot,
    UnlockSchedule,
    UsageSnapshot,
)
from assets.services.facts import facts_of, newest_of_each, newest_rows
from screener import charts
from screener.checklist import CRITERIA, DIMENSIONS, Criterion
from screener.checklist.staleness import LIMITS
from screener.models import Scorecard

CHART_DAYS: Final = 180
EXIT_SIZES_USD: Final = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
DIFFERS_SHARE: Final = 0.05
"""From which difference on a reported market cap is shown as in conflict with ours (design/providers.md)."""

OF_KIND: Final = {
    families.TOKEN: frozenset({families.FUNDAMENTALS, families.FILINGS}),
    families.EQUITY: frozenset({families.POOLS, families.USAGE}),
}
"""Families that assets of a kind do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a family of facts comes from; `row` is None when nothing is known."""

    family: str
    row: Any
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding of the scorecard with the criterion that it answers and what it rests on."""

    criterion: Criterion
    told: Mapping[str, Any]
    as_of: datetime | None
    sources: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionView:
    id: str
    title: str
    scores: Mapping[str, float] | None
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockView:
    unlock_at: datetime
    amount: float
    category: str
    of_circulating_share: float | None
    value_usd: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterUnlock:
    """The market cap at the same price when the next unlock is out."""

    unlock_at: datetime
    circulating: float
    market_cap_usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    asset: Asset
    identifiers: tuple[tuple[str, str], ...]
    card: Scorecard | None
    figures: Mapping[str, float]
    market: MarketSnapshot | None
    supply: SupplySnapshot | None
    holders: HolderSnapshot | None
    positions: Sequence[Any]
    schedule: UnlockSchedule | None
    unlocks: Sequence[UnlockView]
    after_unlock: AfterUnlock | None
    usage: UsageSnapshot | None
    disclosure: DisclosureSnapshot | None
    audits: Sequence[Any]
    fundamentals: FundamentalsSnapshot | None
    filings: FilingSnapshot | None
    pools: Sequence[PoolSnapshot]
    books: Sequence[BookSnapshot]
    dimensions: Sequence[DimensionView]
    gates_open: Sequence[Criterion]
    gates_unverified: Sequence[Criterion]
    sources: Sequence[Source]
    conflicts: Sequence[tuple[str, float, float]]
    price_chart: charts.Chart | None
    exit_chart: charts.Chart | None
    unlock_chart: charts.Chart | None
    holder_chart: Sequence[charts.Mark]
    position_usd: float

    @property
    def interval_width(self) -> float:
        return self.card.total_high - self.card.total_low if self.card else 0.0


def read_dossier(asset: Asset, *, now: datetime | None = None) -> Dossier:
    """Read the dossier of one asset in a fixed number of queries, however long its history."""
    moment = now or timezone.now()
    rows = _newest(asset)
    card = Scorecard.objects.filter(asset=asset).order_by("-id").first()
    figures: Mapping[str, float] = card.figures if card else {}
    holders, schedule, disclosure = (
        rows[each] for each in (families.HOLDERS, families.UNLOCKS, families.DISCLOSURE)
    )
    positions = list(holders.positions.all()) if holders else []
    unlocks = _unlocks(schedule, figures)
    sources = _sources(asset, rows, moment)
    return Dossier(
        asset=asset,
        identifiers=tuple(asset.identifiers.values_list("namespace", "value")),
        card=card,
        figures=figures,
        market=rows[families.MARKET],
        supply=rows[families.SUPPLY],
        holders=holders,
        positions=positions,
        schedule=schedule,
        unlocks=unlocks,
        after_unlock=_after_unlock(unlocks, figures, moment),
        usage=rows[families.USAGE],
        disclosure=disclosure,
        audits=list(disclosure.audits.all()) if disclosure else [],
        fundamentals=rows[families.FUNDAMENTALS],
        filings=rows[families.FILINGS],
        pools=rows[families.POOLS],
        books=rows[families.BOOKS],
        dimensions=_dimensions(asset, card, rows),
        gates_open=_criteria(card.gates_open if card else []),
        gates_unverified=_criteria(card.gates_unverified if card else []),
        sources=sources,
        conflicts=_conflicts(rows, figures),
        price_chart=_price_chart(asset, moment),
        exit_chart=_exit_chart(asset, moment) if rows[families.POOLS] or rows[families.BOOKS] else None,
        unlock_chart=_unlock_chart(unlocks, figures, moment),
        holder_chart=_holder_chart(positions),
        position_usd=settings.ASSAY_POSITION_USD,
    )


SNAPSHOTS: Final[dict[str, Any]] = {
    families.MARKET: MarketSnapshot,
    families.SUPPLY: SupplySnapshot,
    families.HOLDERS: HolderSnapshot,
    families.UNLOCKS: UnlockSchedule,
    families.USAGE: UsageSnapshot,
    families.DISCLOSURE: DisclosureSnapshot,
    families.FUNDAMENTALS: FundamentalsSnapshot,
    families.FILINGS: FilingSnapshot,
}


def _newest(asset: Asset) -> dict[str, Any]:
    """By family the newest row, or for pools and books the newest row of each, largest first."""
    one = Asset.objects.filter(pk=asset.pk)
    absent = OF_KIND[asset.kind]
    rows: dict[str, Any] = {
        family: None if family in absent else newest_rows(model, one).select_related("observation").first()
        for family, model in SNAPSHOTS.items()
    }
    pools = newest_of_each(PoolSnapshot, one if families.POOLS not in absent else one.none(), ("address",))
    books = newest_of_each(BookSnapshot, one, ("venue", "pair"))
    rows[families.POOLS] = sorted(
        pools.select_related("observation"), key=lambda pool: -(pool.reserve_usd or 0)
    )
    rows[families.BOOKS] = sorted(
        books.select_related("observation"), key=lambda book: -(book.volume_24h_usd or 0)
    )
    return rows


def _dimensions(asset: Asset, card: Scorecard | None, rows: Mapping[str, Any]) -> tuple[DimensionView, ...]:
    by_dimension: dict[str, list[FindingView]] = defaultdict(list)
    for told in card.findings if card else ():
        criterion = CRITERIA.get(told["criterion"])
        if criterion and told["state"] != "n-a":
            rests_on = (_first(rows.get(family)) for family in criterion.families)
            by_dimension[criterion.dimension].append(
                FindingView(
                    criterion=criterion,
                    told=told,
                    as_of=datetime.fromisoformat(told["as_of"]) if told["as_of"] else None,
                    sources=tuple({row.observation_id: row.observation for row in rests_on if row}.values()),
                )
            )
    return tuple(
        DimensionView(
            id=each.id,
            title=each.title(asset.kind),
            scores=card.dimensions.get(each.id) if card else None,
            findings=tuple(by_dimension[each.id]),
        )
        for each in DIMENSIONS
    )


def _first(rows: Any) -> Any:
    """The row of a family, or the newest of its rows."""
    return max(rows, key=lambda row: row.as_of, default=None) if isinstance(rows, list) else rows


def _criteria(ids: Sequence[str]) -> tuple[Criterion, ...]:
    return tuple(CRITERIA[each] for each in ids if each in CRITERIA)


def _unlocks(schedule: UnlockSchedule | None, figures: Mapping[str, float]) -> tuple[UnlockView, ...]:
    circulating, price = figures.get("circulating_supply"), figures.get("price_usd")
    return tuple(
        UnlockView(
            unlock_at=event.unlock_at,
            amount=float(event.amount),
            category=event.category,
            of_circulating_share=float(event.amount) / circulating if circulating else None,
            value_usd=float(event.amount) * price if price else None,
        )
        for event in (schedule.events.all() if schedule else ())
    )


def _after_unlock(
    unlocks: Sequence[UnlockView], figures: Mapping[str, float], now: datetime
) -> AfterUnlock | None:
    coming = next((each for each in unlocks if each.unlock_at > now), None)
    circulating, price = figures.get("circulating_supply"), figures.get("price_usd")
    if coming is None or not circulating or not price:
        return None
    amount = sum(each.amount for each in unlocks if each.unlock_at == coming.unlock_at)
    supply = circulating + amount
    return AfterUnlock(unlock_at=coming.unlock_at, circulating=supply, market_cap_usd=supply * price)


def _sources(asset: Asset, rows: Mapping[str, Any], now: datetime) -> tuple[Source, ...]:
    told = []
    for family in families.FAMILIES:
        if family in rows and family not in OF_KIND[asset.kind]:
            row = _first(rows[family])
            stale = bool(row) and family in LIMITS and now - row.as_of > LIMITS[family]
            told.append(Source(family=family, row=row, is_stale=stale))
    return tuple(told)


def _conflicts(rows: Mapping[str, Any], figures: Mapping[str, float]) -> tuple[tuple[str, float, float], ...]:
    """(what, ours, theirs) where what is told does not agree with itself."""
    told = []
    market, supply = rows[families.MARKET], rows[families.SUPPLY]
    ours, reported = figures.get("market_cap_usd"), market and market.market_cap_usd
    if ours and reported and abs(float(reported) - ours) > DIFFERS_SHARE * ours:
        told.append(("market_cap", ours, float(reported)))
    if supply and supply.circulating and supply.total and supply.circulating > supply.total:
        told.append(("supply", float(supply.circulating), float(supply.total)))
    return tuple(told)


def _price_chart(asset: Asset, now: datetime) -> charts.Chart | None:
    bars = Candle.objects.filter(asset=asset, interval="day", as_of__gte=now - timedelta(days=CHART_DAYS))
    newest: dict[datetime, Candle] = {bar.as_of: bar for bar in bars.order_by("as_of", "id")}
    days = [bar for bar in newest.values() if bar.close_usd is not None]
    return charts.price_chart(
        [bar.as_of for bar in days],
        [float(bar.low_usd) for bar in days],
        [float(bar.high_usd) for bar in days],
        [float(bar.close_usd) for bar in days],
        [None if bar.volume_usd is None else float(bar.volume_usd) for bar in days],
    )


def _exit_chart(asset: Asset, now: datetime) -> charts.Chart | None:
    """The checklist's own round-trip cost at several sizes: chart and finding can't disagree."""
    facts = facts_of([asset.pk], now=now)
    costs = [measure(facts, position_usd=size)["round_trip_cost_share"].iloc[0] for size in EXIT_SIZES_USD]
    known = [(size, float(cost)) for size, cost in zip(EXIT_SIZES_USD, costs, strict=True) if cost == cost]
    return charts.exit_chart(
        [size for size, _cost in known], [cost for _size, cost in known], settings.ASSAY_POSITION_USD
    )


def _unlock_chart(
    unlocks: Sequence[UnlockView], figures: Mapping[str, float], now: datetime
) -> charts.Chart | None:
    circulating = figures.get("circulating_supply")
    if not circulating:
        return None
    return charts.unlock_chart(
        now, [(each.unlock_at, each.amount, each.category) for each in unlocks], circulating
    )


def _holder_chart(positions: Sequence[Any]) -> tuple[charts.Mark, ...]:
    """By type, those that no single owner sells from last."""
    shares: dict[str, float] = defaultdict(float)
    for position in positions:
        shares[position.holder_type] += position.share
    ordered = sorted(shares.items(), key=lambda each: (each[0] in EXCLUDED_TYPES, -each[1]))
    return charts.holder_chart(ordered) if ordered else ()
