"""Facts in the database: one file per thing."""

from assets.models.asset import Asset, AssetIdentifier, FormerSlug
from assets.models.candles import Candle
from assets.models.capital import CapitalEvent, VenueSnapshot
from assets.models.contract import ContractSnapshot
from assets.models.disclosure import Audit, DisclosureSnapshot
from assets.models.filings import FiledDocument, FilingSnapshot
from assets.models.fundamentals import FundamentalsSnapshot
from assets.models.holders import HolderPosition, HolderSnapshot
from assets.models.liquidity import BookSnapshot, PoolSnapshot
from assets.models.market import MarketSnapshot, SupplySnapshot
from assets.models.observation import FactRow, Observation, Payload
from assets.models.ownership import OwnershipReport
from assets.models.refresh import Inquiry, RefreshRun, RefreshStep
from assets.models.trades import Trade
from assets.models.unlocks import UnlockEvent, UnlockSchedule
from assets.models.usage import UsageSnapshot

__all__ = [
    "Asset",
    "AssetIdentifier",
    "Audit",
    "BookSnapshot",
    "Candle",
    "CapitalEvent",
    "ContractSnapshot",
    "DisclosureSnapshot",
    "FactRow",
    "FiledDocument",
    "FilingSnapshot",
    "FormerSlug",
    "FundamentalsSnapshot",
    "HolderPosition",
    "HolderSnapshot",
    "Inquiry",
    "MarketSnapshot",
    "Observation",
    "OwnershipReport",
    "Payload",
    "PoolSnapshot",
    "RefreshRun",
    "RefreshStep",
    "SupplySnapshot",
    "Trade",
    "UnlockEvent",
    "UnlockSchedule",
    "UsageSnapshot",
    "VenueSnapshot",
]
