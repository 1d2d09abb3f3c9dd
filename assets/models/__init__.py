"""Models of the facts: one file per family."""

from collections.abc import Mapping
from typing import Final

from assets.metrics.families import FAMILY_OF
from assets.models.asset import Asset, AssetIdentifier, FormerSlug
from assets.models.candles import Candle
from assets.models.capital import CapitalEvent, CapitalReading, VenueSnapshot
from assets.models.contract import ContractSnapshot
from assets.models.disclosure import Audit, DisclosureSnapshot
from assets.models.filings import FiledDocument, FilingEvent, FilingSnapshot
from assets.models.fundamentals import FundamentalsSnapshot
from assets.models.holders import HolderPosition, HolderSnapshot
from assets.models.liquidity import BookSnapshot, PoolSnapshot
from assets.models.market import MarketSnapshot, SupplySnapshot
from assets.models.observation import FactRow, Observation, Payload, Retraction
from assets.models.ownership import OwnershipReport
from assets.models.refresh import RefreshRun, RefreshStep, RequestLog
from assets.models.trades import Trade
from assets.models.unlocks import UnlockEvent, UnlockSchedule
from assets.models.usage import UsageSnapshot
from assets.sourcing.rows import Row

FACT_MODELS: Final[tuple[type[FactRow], ...]] = (
    MarketSnapshot,
    SupplySnapshot,
    PoolSnapshot,
    BookSnapshot,
    Candle,
    Trade,
    HolderSnapshot,
    ContractSnapshot,
    UnlockSchedule,
    UsageSnapshot,
    DisclosureSnapshot,
    FundamentalsSnapshot,
    FilingSnapshot,
    FiledDocument,
    FilingEvent,
    CapitalEvent,
    CapitalReading,
    OwnershipReport,
    VenueSnapshot,
)
"""Where each kind of row goes. A `ListingRow` brings an asset and no facts."""

MODEL_OF: Final[Mapping[type[Row], type[FactRow]]] = {each.row: each for each in FACT_MODELS}

RESOLVED_MODEL_OF: Final[Mapping[str, type[FactRow]]] = {
    each.family: each for each in reversed(FACT_MODELS) if FAMILY_OF[each.family].is_resolved
}
"""By family the rows that are resolved to what counts now: the first where a family has several kinds."""

__all__ = [
    "FACT_MODELS",
    "MODEL_OF",
    "RESOLVED_MODEL_OF",
    "Asset",
    "AssetIdentifier",
    "Audit",
    "BookSnapshot",
    "Candle",
    "CapitalEvent",
    "CapitalReading",
    "ContractSnapshot",
    "DisclosureSnapshot",
    "FactRow",
    "FiledDocument",
    "FilingEvent",
    "FilingSnapshot",
    "FormerSlug",
    "FundamentalsSnapshot",
    "HolderPosition",
    "HolderSnapshot",
    "MarketSnapshot",
    "Observation",
    "OwnershipReport",
    "Payload",
    "PoolSnapshot",
    "RefreshRun",
    "RefreshStep",
    "RequestLog",
    "Retraction",
    "SupplySnapshot",
    "Trade",
    "UnlockEvent",
    "UnlockSchedule",
    "UsageSnapshot",
    "VenueSnapshot",
]
