"""Read a page of an asset's history: what all streams found behind a place, merged, the newest first.

A stream reads a bounded number of rows. The page ends where the first of them stopped, so that nothing that
another page would have to squeeze in between is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from screener.services.dossier.history import KINDS
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import HistoryKind, HistoryStream
from screener.services.dossier.history.subject import HistorySubject

ENTRIES_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """`at` is when Assay learnt it, or when it happened to what was known; `shown` is for the template."""

    kind: HistoryKind
    stream: HistoryStream
    place: HistoryPlace
    shown: Any

    @property
    def at(self) -> datetime:
        return self.place.at


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryDay:
    """The entries of a day (UTC), the newest first."""

    day: date
    entries: Sequence[HistoryEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """`older` is where the next page begins; None where there is none. A page may end before it is full."""

    entries: Sequence[HistoryEntry]
    older: HistoryPlace | None

    @property
    def older_written(self) -> str:
        """For an address: a template takes a tuple apart."""
        return str(self.older) if self.older else ""

    @property
    def days(self) -> list[HistoryDay]:
        grouped = groupby(self.entries, key=lambda each: each.at.date())
        return [HistoryDay(day=day, entries=tuple(entries)) for day, entries in grouped]


def kinds_for(subject: HistorySubject) -> list[HistoryKind]:
    """The kinds of entries that this reader can find of this asset."""
    return [
        each
        for each in KINDS
        if subject.asset.kind in each.kinds and (subject.user.is_authenticated or not each.is_personal)
    ]


def read_history(
    subject: HistorySubject,
    *,
    kind: str = "",
    behind: HistoryPlace | None = None,
    since: datetime | None = None,
    most: int = ENTRIES_A_PAGE,
) -> HistoryPage:
    """At most `most` entries of this kind, or of all, behind a place, and later than `since`."""
    newest = HistoryPlace.behind(subject.now)
    place = min(behind, newest) if behind else newest
    found, ends = list[HistoryEntry](), list[HistoryPlace]()
    for each in kinds_for(subject):
        if kind in ("", each.name):
            for stream in each.streams:
                stretch = stream.read(subject, place)
                ends += [stretch.end] if stretch.end else []
                found += [
                    HistoryEntry(
                        kind=each,
                        stream=stream,
                        place=HistoryPlace(event.at, event.row, RANK_OF[stream.name]),
                        shown=event.shown,
                    )
                    for event in stretch.events
                ]
    end = max(ends, default=None)
    whole = sorted(
        (each for each in found if each.place < place and (end is None or each.place > end)),
        key=lambda each: each.place,
        reverse=True,
    )
    older = whole[most - 1].place if len(whole) > most else end
    entries = [each for each in whole[:most] if since is None or each.at > since]
    is_over = since is not None and (older is None or older.at <= since)
    return HistoryPage(entries=_completed(entries), older=None if is_over else older)


def _completed(entries: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """With what only shown entries need, asked once for all of a stream."""
    shown = {each.place: each.shown for each in entries}
    for stream in {each.stream for each in entries}:
        if stream.complete is not None:
            own = [each for each in entries if each.stream is stream]
            completed = stream.complete([each.shown for each in own])
            shown |= dict(zip((each.place for each in own), completed, strict=True))
    return [replace(each, shown=shown[each.place]) for each in entries]


def _ranks(kinds: Iterable[HistoryKind]) -> dict[str, int]:
    """Of what has one moment the kind that the registry names first stands first."""
    names = [stream.name for kind in kinds for stream in kind.streams]
    return {name: len(names) - place for place, name in enumerate(names)}


RANK_OF: Final = _ranks(KINDS)
