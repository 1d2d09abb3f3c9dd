"""Kinds of dated events: the registry of the calendar. A further kind is one entry."""

from typing import Final

from screener.services.calendar.event_kind import EventKind
from screener.services.calendar.filings_due import FILINGS_DUE
from screener.services.calendar.liquidity_locks import LIQUIDITY_LOCKS
from screener.services.calendar.splits import SPLITS
from screener.services.calendar.unlocks import LOCK_UPS, UNLOCKS

EVENT_KINDS: Final[tuple[EventKind, ...]] = (UNLOCKS, LOCK_UPS, LIQUIDITY_LOCKS, FILINGS_DUE, SPLITS)
KIND_OF: Final = {each.name: each for each in EVENT_KINDS}
