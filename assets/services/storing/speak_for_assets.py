"""Speaking for an asset: of its contracts only the one at home does, and of a part of the asset none.

A walk over a chain tells of every token there, bridged copies too: their pools are the asset's, their price,
supply, holders and powers are not.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import F

from assets.models import AssetIdentifier
from assets.services.reading.rows import Among
from assets.services.reading.validity import ADDRESS, asked_by_contract
from assets.sourcing.rows import (
    CandleRow,
    ContractRow,
    HolderRow,
    Identifier,
    MarketRow,
    Row,
    SupplyRow,
    TradeRow,
)

OF_THE_HOME: Final = (MarketRow, SupplyRow, HolderRow, ContractRow, CandleRow, TradeRow)


def said_of_assets(
    rows: Sequence[Row], assets: Mapping[tuple[Identifier, ...], int], *, provider: str
) -> Iterator[Row]:
    """The rows that speak of their assets; without totals where an asset has several contracts."""
    chains = _chains({*assets.values()}) if provider in asked_by_contract() else {}
    if not chains:
        yield from rows
        return
    for row in rows:
        home, several = chains.get(assets[row.asset.identifiers], ("", False))
        namespace = row.asset.identifiers[0][0]
        if not several or not isinstance(row, OF_THE_HOME) or not namespace.startswith(ADDRESS):
            yield row
        elif namespace == ADDRESS + home:
            yield _without_totals(row)


def _chains(asset_ids: set[int]) -> dict[int, tuple[str, bool]]:
    """By asset its home chain, and whether it has contracts on several."""
    contracts = AssetIdentifier.objects.valid().filter(namespace__startswith=ADDRESS)
    own: dict[int, set[str]] = defaultdict(set)
    homes: dict[int, str] = {}
    rows = contracts.filter(Among(F("asset_id"), sorted(asset_ids)))
    for asset_id, namespace, home in rows.values_list("asset_id", "namespace", "asset__chain"):
        own[asset_id].add(namespace)
        homes[asset_id] = home
    return {each: (homes[each], len(spaces) > 1) for each, spaces in own.items()}


def _without_totals(row: Row) -> Row:
    """The total and the fully diluted value of one contract are not those of an asset that has several."""
    if isinstance(row, SupplyRow):
        return replace(row, total=None)
    return replace(row, fully_diluted_usd=None) if isinstance(row, MarketRow) else row
