"""Validation report of a sheet: what is wrong with which line, and which lines make one list."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assets.sheets.cells import CellError, start_of_day
from assets.sourcing.messages import message
from assets.sourcing.rows import AssetRef, Identifier

Identity = tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line is not taken: the column, "" for the line as a whole, and what is wrong with it.

    Of a line that is taken `is_cell_only` says that the cell is left out, and what it says not known.
    """

    line: int
    column: str
    problem: str
    is_cell_only: bool = False

    @property
    def remark(self) -> str:
        """The whole sentence, as it is stored with the sheet."""
        if self.column:
            return message(
                "row %(line)s, %(column)s: %(fault)s.",
                line=self.line,
                column=self.column,
                fault=self.problem,
            )
        return message("row %(line)s: %(fault)s.", line=self.line, fault=self.problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
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
class SheetReport:
    """Collects the faults of a sheet; `at` is the moment of the import."""

    at: datetime
    faults: list[Fault] = field(default_factory=list)
    bad_lines: set[int] = field(default_factory=set)
    incomplete: dict[Identity, dict[datetime | None, int]] = field(default_factory=dict)

    def fault(self, line: int, column: str, error: CellError) -> None:
        self.faults.append(Fault(line, column, str(error)))
        self.bad_lines.add(line)

    def leave_out_cell(self, line: int, column: str, error: CellError) -> None:
        self.faults.append(Fault(line, column, str(error), is_cell_only=True))

    def mark_incomplete(self, entry: SheetEntry) -> None:
        """Remember that a line of this list is missing; of all lists of the asset when its date is bad."""
        day = entry.get("as_of")
        of_asset = self.incomplete.setdefault(entry.asset.identifiers, {})
        of_asset.setdefault(day and start_of_day(day), entry.line)

    def sound(self, entries: Sequence[SheetEntry], *names: str) -> Iterator[SheetEntry]:
        """The entries but those that repeat another of the same asset and the same values."""
        first: dict[Hashable, int] = {}
        for entry in entries:
            key = (entry.asset.identifiers, *(entry.get(name) for name in names))
            if key in first:
                self.fault(
                    entry.line,
                    names[0] if names else "",
                    CellError("repeats row %(line)s", line=first[key]),
                )
            else:
                first[key] = entry.line
                yield entry

    def moment(self, entry: SheetEntry, name: str = "as_of") -> datetime:
        """The beginning of the day in this column; the moment of the import where it is empty."""
        day = entry.get(name)
        return start_of_day(day) if day else self.at

    def lists(self, entries: Sequence[SheetEntry], *, by_date: bool) -> Iterator[list[SheetEntry]]:
        """The lines by asset, and by date where each has a list of its own; incomplete lists are left out."""
        found: dict[tuple[Identity, datetime | None], list[SheetEntry]] = defaultdict(list)
        for entry in entries:
            found[entry.asset.identifiers, self.moment(entry) if by_date else None].append(entry)
        for (identity, moment), listed in found.items():
            incomplete = self.incomplete.get(identity, {})
            bad = [line for day, line in incomplete.items() if moment is None or day in {None, moment}]
            if bad:
                error = CellError("belongs to a list whose row %(line)s is bad", line=min(bad))
                self.refuse_list(listed, error)
            else:
                yield listed

    def refuse_list(self, listed: Sequence[SheetEntry], error: CellError) -> None:
        for entry in listed:
            self.fault(entry.line, "", error)
