"""Judgement and work in the database: scorecards, watchlists, notes."""

from screener.models.note import Note, NoteRevision
from screener.models.scorecard import Scorecard
from screener.models.watchlist import Watchlist, WatchlistEntry

__all__ = ["Note", "NoteRevision", "Scorecard", "Watchlist", "WatchlistEntry"]
