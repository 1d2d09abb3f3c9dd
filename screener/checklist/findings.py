"""What the checklist says of one asset, as objects to read: made of the entries that scorecards keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from screener.checklist.entries import Entry


class Finding(NamedTuple):
    """One criterion's answer for one asset, with what it rests on."""

    criterion: str
    state: str
    points: float | None
    value: float | None
    values: Mapping[str, float]
    stale: bool
    as_of: datetime | None
    observations: tuple[int, ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """A finding as `to_json` writes it."""
        as_of = datetime.fromisoformat(told["as_of"]) if told["as_of"] else None
        return cls(**{**told, "as_of": as_of, "observations": tuple(told["observations"])})

    def to_json(self) -> dict[str, Any]:
        return {
            **self._asdict(),
            "values": dict(self.values),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "observations": list(self.observations),
        }


class DimensionScore(NamedTuple):
    """Point score and the interval from "every unknown fails" to "every unknown passes", all 0–1."""

    score: float
    low: float
    high: float
    coverage: float

    def to_json(self) -> dict[str, float]:
        return self._asdict()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checklist says of one asset. `total` is 0–100; gates are ids of criteria.

    `dimensions` leaves out a dimension none of whose criteria apply; `findings` leaves out
    the criteria that belong to the other kind of asset.
    """

    asset_id: int
    total: float
    low: float
    high: float
    coverage: float
    grade: str
    gates_open: tuple[str, ...]
    gates_unverified: tuple[str, ...]
    dimensions: Mapping[str, DimensionScore]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        dimensions = {name: DimensionScore(**scores) for name, scores in entry.dimensions.items()}
        objects = {"dimensions": dimensions, "findings": tuple(map(Finding.of, entry.findings))}
        return cls(**entry._asdict() | objects)
