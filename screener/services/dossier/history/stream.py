"""History stream: one source of entries of an asset's history, and the kinds that readers know them by."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assets.metrics.families import KINDS as KINDS_OF_ASSETS
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.subject import HistorySubject

ROWS_A_STRETCH: Final = 60
"""So many rows one stream reads for a page; what lies behind them is on the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a stream found: when we learnt it (`at`), its row, and what its template shows."""

    at: datetime
    row: int
    shown: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStretch:
    """The events of some rows, the newest first. `end` is the last row that was looked at where there may be
    more behind it; None where the stream has been read to its beginning."""

    events: Sequence[Event]
    end: HistoryPlace | None = None


@dataclass(frozen=True, slots=True)
class HistoryStream:
    """`read` gives a stretch behind a place, and may give what stands at the place itself again.

    `template` is the name of its file, where that is not the stream's own. `complete` adds to what a page
    shows what only shown events need.
    """

    name: str
    read: Callable[[HistorySubject, HistoryPlace], HistoryStretch]
    template: str = ""
    complete: Callable[[Sequence[Any]], Sequence[Any]] | None = None

    @property
    def template_name(self) -> str:
        return f"dossier/history/{self.template or self.name}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryKind:
    """A kind of entries: its name in addresses, its title, and by which rule something is worth an entry.

    `kinds` are the kinds of assets that have it; `is_personal`: only a reader who is logged in has any.
    """

    name: str
    title: str
    rule: str
    streams: tuple[HistoryStream, ...]
    kinds: tuple[str, ...] = KINDS_OF_ASSETS
    is_personal: bool = False


def stretch_of(rows: Sequence[Any], events: Iterable[Event], *, at: str, row: str = "pk") -> HistoryStretch:
    """Of rows in the order of their places; as many as a stretch has at most are followed by others."""
    is_cut = len(rows) >= ROWS_A_STRETCH
    end = HistoryPlace(getattr(rows[-1], at), getattr(rows[-1], row)) if is_cut else None
    return HistoryStretch(events=tuple(events), end=end)
