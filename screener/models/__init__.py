"""Models of judgement and work: scorecards, what became of them, and what people keep of their own."""

from screener.models.baseline import ScorecardBaseline
from screener.models.calendar import CalendarFeed, CalendarFeedEntry
from screener.models.case import Case
from screener.models.filling import MarketFilling, MarketUndo
from screener.models.log_in import FailedLogIns
from screener.models.market import MarketCensus, MarketDay
from screener.models.note import Note, NoteRevision
from screener.models.override import Override
from screener.models.plan import Plan
from screener.models.profile import Preference, Profile
from screener.models.sandbox import SandboxRemoval
from screener.models.scorecard import Scorecard
from screener.models.screen import ColumnSet, SavedScreen
from screener.models.sector import SectorMedian
from screener.models.unscored import UnscoredAsset
from screener.models.visit import AssetVisit
from screener.models.watchlist import Watchlist, WatchlistEntry

__all__ = [
    "AssetVisit",
    "CalendarFeed",
    "CalendarFeedEntry",
    "Case",
    "ColumnSet",
    "FailedLogIns",
    "MarketCensus",
    "MarketDay",
    "MarketFilling",
    "MarketUndo",
    "Note",
    "NoteRevision",
    "Override",
    "Plan",
    "Preference",
    "Profile",
    "SandboxRemoval",
    "SavedScreen",
    "Scorecard",
    "ScorecardBaseline",
    "SectorMedian",
    "UnscoredAsset",
    "Watchlist",
    "WatchlistEntry",
]
