"""Where the lines of a sheet are sorted: what is wrong with which, and which make one list."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assets.sheets.cells import ComplaintError, beginning_of, phrase
from assets.sourcing.rows import AssetRef, Identifier

Identity = tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line is not taken: the column, "" for the line as a whole, and the complaint with its places."""

    line: int
    column: str
    text: str
    told: Mapping[str, str]

    def __str__(self) -> str:
        complaint = self.text % self.told if self.told else self.text
        return f"row {self.line}{', ' if self.column else ''}{self.column}: {complaint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line whose cells could be read and whose asset is named."""

    line: int
    asset: AssetRef
    values: Mapping[str, Any]
    is_new: bool = False

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def text(self, name: str) -> str:
        return self.values.get(name) or ""


@dataclass(slots=True)
class Desk:
    """Where the faults of a sheet are collected; `at` is the moment of the import."""

    at: datetime
    faults: list[Fault] = field(default_factory=list)
    bad_lines: set[int] = field(default_factory=set)
    spoilt: dict[Identity, dict[datetime | None, int]] = field(default_factory=dict)

    def fault(self, line: int, column: str, complaint: ComplaintError) -> None:
        self.faults.append(Fault(line, column, complaint.text, complaint.told))
        self.bad_lines.add(line)

    def spoil(self, entry: Entry) -> None:
        """Remember that a line of this list is missing; of all lists of the asset when its date is bad."""
        day = entry.get("as_of")
        of_asset = self.spoilt.setdefault(entry.asset.identifiers, {})
        of_asset.setdefault(day and beginning_of(day), entry.line)

    def sound(self, entries: Sequence[Entry], *names: str) -> Iterator[Entry]:
        """The entries but those that repeat another of the same asset and the same values."""
        first: dict[Hashable, int] = {}
        for entry in entries:
            key = (entry.asset.identifiers, *(entry.get(name) for name in names))
            if key in first:
                self.fault(
                    entry.line,
                    names[0] if names else "",
                    ComplaintError(phrase("repeats row %(line)s"), line=str(first[key])),
                )
            else:
                first[key] = entry.line
                yield entry

    def moment(self, entry: Entry, name: str = "as_of") -> datetime:
        """The beginning of the day in this column; the moment of the import where it is empty."""
        day = entry.get(name)
        return beginning_of(day) if day else self.at

    def lists(self, entries: Sequence[Entry], *, by_date: bool) -> Iterator[list[Entry]]:
        """The lines by asset, and by date where each has a list of its own; spoilt lists are left out."""
        found: dict[tuple[Identity, datetime | None], list[Entry]] = defaultdict(list)
        for entry in entries:
            found[entry.asset.identifiers, self.moment(entry) if by_date else None].append(entry)
        for (identity, moment), listed in found.items():
            spoilt = self.spoilt.get(identity, {})
            bad = [line for day, line in spoilt.items() if moment is None or day in {None, moment}]
            if bad:
                complaint = phrase("belongs to a list whose row %(line)s is bad")
                self.refuse_list(listed, ComplaintError(complaint, line=str(min(bad))))
            else:
                yield listed

    def refuse_list(self, listed: Sequence[Entry], complaint: ComplaintError) -> None:
        for entry in listed:
            self.fault(entry.line, "", complaint)
