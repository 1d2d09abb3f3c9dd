"""Facts in the database: one file per thing."""

from assets.models.asset import Asset, AssetIdentifier
from assets.models.candles import Candle
from assets.models.disclosure import Audit, DisclosureSnapshot
from assets.models.fundamentals import FilingSnapshot, FundamentalsSnapshot
from assets.models.holders import HolderPosition, HolderSnapshot
from assets.models.liquidity import BookSnapshot, PoolSnapshot
from assets.models.market import MarketSnapshot, SupplySnapshot
from assets.models.observation import FactRow, Observation, Payload
from assets.models.refresh import RefreshRun, RefreshStep
from assets.models.unlocks import UnlockEvent, UnlockSchedule
from assets.models.usage import UsageSnapshot

__all__ = [
    "Asset",
    "AssetIdentifier",
    "Audit",
    "BookSnapshot",
    "Candle",
    "DisclosureSnapshot",
    "FactRow",
    "FilingSnapshot",
    "FundamentalsSnapshot",
    "HolderPosition",
    "HolderSnapshot",
    "MarketSnapshot",
    "Observation",
    "Payload",
    "PoolSnapshot",
    "RefreshRun",
    "RefreshStep",
    "SupplySnapshot",
    "UnlockEvent",
    "UnlockSchedule",
    "UsageSnapshot",
]
