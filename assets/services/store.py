"""Append what a parser read: assets, rows of facts and what hangs below, in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from assets.models import (
    Asset,
    Audit,
    BookSnapshot,
    Candle,
    DisclosureSnapshot,
    FactRow,
    FilingSnapshot,
    FundamentalsSnapshot,
    HolderPosition,
    HolderSnapshot,
    MarketSnapshot,
    Observation,
    PoolSnapshot,
    SupplySnapshot,
    UnlockEvent,
    UnlockSchedule,
    UsageSnapshot,
)
from assets.services.identify import identify
from assets.sourcing import rows as told

MODEL_OF: Final[dict[type[told.Row], type[FactRow]]] = {
    told.MarketRow: MarketSnapshot,
    told.SupplyRow: SupplySnapshot,
    told.PoolRow: PoolSnapshot,
    told.BookRow: BookSnapshot,
    told.CandleRow: Candle,
    told.HolderRow: HolderSnapshot,
    told.UnlockRow: UnlockSchedule,
    told.UsageRow: UsageSnapshot,
    told.DisclosureRow: DisclosureSnapshot,
    told.FundamentalsRow: FundamentalsSnapshot,
    told.FilingRow: FilingSnapshot,
}
"""Where each kind of row goes. A `ListingRow` brings an asset and no facts."""

CHILDREN_OF: Final[dict[type[told.Row], tuple[str, type, str]]] = {
    told.HolderRow: ("positions", HolderPosition, "snapshot"),
    told.UnlockRow: ("events", UnlockEvent, "schedule"),
    told.DisclosureRow: ("audits", Audit, "snapshot"),
}
"""Which field of a row becomes rows of its own, of which model, under which key."""

BATCH: Final = 500


def store_rows(*, observation: Observation, rows: Sequence[told.Row]) -> tuple[int, list[int]]:
    """Append the rows. Returns how many rows of facts were added and the ids of the assets they speak of."""
    assets = identify((row.asset for row in rows), provider=observation.provider)
    by_type: dict[type[told.Row], list[told.Row]] = defaultdict(list)
    for row in rows:
        by_type[type(row)].append(row)
    by_type[told.CandleRow] = _only_new_candles(by_type[told.CandleRow], assets)
    stored = sum(
        _append(kind, batch, observation=observation, assets=assets)
        for kind, batch in by_type.items()
        if kind is not told.ListingRow and batch
    )
    return stored, sorted({asset.pk for asset in assets.values()})


def _append(
    kind: type[told.Row],
    batch: list[told.Row],
    *,
    observation: Observation,
    assets: dict[tuple[told.Identifier, ...], Asset],
) -> int:
    model, child = MODEL_OF[kind], CHILDREN_OF.get(kind)
    plain = _plain_fields(kind)
    stored = model._default_manager.bulk_create(
        (
            model(
                asset=assets[row.asset.identifiers],
                observation=observation,
                as_of=row.as_of,
                known_at=observation.known_at,
                **{name: getattr(row, name) for name in plain},
                **_derived(row),
            )
            for row in batch
        ),
        batch_size=BATCH,
    )
    if child:
        field_name, child_model, parent_name = child
        child_model.objects.bulk_create(  # type: ignore[attr-defined]
            (
                child_model(**{parent_name: parent}, **_values(each))
                for row, parent in zip(batch, stored, strict=True)
                for each in getattr(row, field_name) or ()
            ),
            batch_size=BATCH,
        )
    return len(stored)


def _plain_fields(kind: type[told.Row]) -> list[str]:
    child = CHILDREN_OF.get(kind, ("",))[0]
    return [each.name for each in fields(kind) if each.name not in {"asset", "as_of", child}]


def _derived(row: told.Row) -> dict[str, Any]:
    return {"audits_known": row.audits is not None} if isinstance(row, told.DisclosureRow) else {}


def _values(child: Any) -> dict[str, Any]:
    return {each.name: getattr(child, each.name) for each in fields(child)}


def _only_new_candles(
    rows: Iterable[told.Row], assets: dict[tuple[told.Identifier, ...], Asset]
) -> list[told.Row]:
    """Leave out bars that are stored with the same prices: each refresh brings months of them again."""
    candles = [row for row in rows if isinstance(row, told.CandleRow)]
    if not candles:
        return []
    stored: dict[tuple[int, str, str, datetime], tuple[Any, ...]] = {
        (asset_id, interval, market, as_of): tuple(float(price) for price in prices)
        for asset_id, interval, market, as_of, *prices in Candle.objects.filter(
            asset_id__in={assets[candle.asset.identifiers].pk for candle in candles},
            as_of__gte=min(candle.as_of for candle in candles),
        )
        .order_by("id")
        .values_list(
            "asset_id", "interval", "market", "as_of", "open_usd", "high_usd", "low_usd", "close_usd"
        )
    }

    def is_new(candle: told.CandleRow) -> bool:
        key = (assets[candle.asset.identifiers].pk, candle.interval, candle.market, candle.as_of)
        prices = (candle.open_usd, candle.high_usd, candle.low_usd, candle.close_usd)
        return stored.get(key) != tuple(float(price) for price in prices)

    return [candle for candle in candles if is_new(candle)]
