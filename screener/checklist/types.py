"""The words of the checklist: states, criteria, findings, judgements.

A criterion is a question whose yes is good. It is answered for a whole batch of
assets at once: its rule turns columns of measures into the columns its bands are
held against. An unknown measure gives an unknown answer, never a fail.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist.bands import Band

Column = npt.NDArray[np.float64]


def phrase(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


class State(StrEnum):
    PASS = "pass"  # noqa: S105 - a state, not a secret
    CAUTION = "caution"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n-a"


STATES: Final = tuple(State)
PASS, CAUTION, FAIL, UNKNOWN, NOT_APPLICABLE = range(5)
"""Codes of the states in columns, in the order of `STATES`: worse is higher among the answered ones."""

POINTS: Final = np.array([1.0, 0.5, 0.0, np.nan, np.nan])
"""What a state is worth, by code."""

Rule = Callable[[pd.DataFrame], tuple["pd.Series[float]", ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question, its bands, and the texts that explain it. `id` is `dimension.function_name`."""

    id: str
    dimension: str
    title: str
    question: str
    why: str
    says: str
    missing: str
    weight: int
    unit: str
    kinds: frozenset[str]
    families: tuple[str, ...]
    figures: tuple[str, ...]
    bands: tuple[Band, ...]
    sectors: frozenset[str]
    rule: Rule = field(repr=False)

    @property
    def is_gate(self) -> bool:
        return any(band.gate is not None for band in self.bands)

    def applies(self, assets: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Which assets are asked: by kind and sector alone, never because something is missing."""
        asked = assets["kind"].isin(self.kinds)
        if self.sectors:
            asked &= assets["sector"].isin(self.sectors)
        return asked.to_numpy()

    def sentence(self, state: str) -> str:
        """The English sentence of a finding, with `{value}` and the names of `figures` to fill in."""
        if state == State.NOT_APPLICABLE:
            return NOT_ASKED
        return self.missing if state == State.UNKNOWN else self.says


NOT_ASKED: Final = phrase("This question is not asked of an asset of this type.")


def criterion(
    *,
    title: str,
    question: str,
    says: str,
    missing: str,
    weight: int,
    unit: str,
    families: tuple[str, ...],
    bands: Band | tuple[Band, ...],
    kinds: tuple[str, ...] = (TOKEN, EQUITY),
    sectors: tuple[str, ...] = (),
    figures: tuple[str, ...] = (),
) -> Callable[[Callable[[pd.DataFrame], Any]], Criterion]:
    """Make a criterion of a function over measures; its docstring is the reason that the page shows.

    The function returns one column, or as many as there are bands; the first is the value shown.
    """

    def declare(rule: Callable[[pd.DataFrame], Any]) -> Criterion:
        why = " ".join((rule.__doc__ or "").split())
        if not why:
            raise TypeError(f"{rule.__name__} needs a docstring: it is the reason that the page shows")
        if weight not in {1, 2, 3}:
            raise TypeError(f"{rule.__name__} has weight {weight}; weights are 1, 2 or 3")
        dimension = rule.__module__.rpartition(".")[2]
        parts = bands if isinstance(bands, tuple) else (bands,)

        def columns(measures: pd.DataFrame) -> tuple["pd.Series[float]", ...]:
            answer = rule(measures)
            return answer if isinstance(answer, tuple) else (answer,)

        return Criterion(
            id=f"{dimension}.{rule.__name__}",
            dimension=dimension,
            title=title,
            question=question,
            why=why,
            says=says,
            missing=missing,
            weight=weight,
            unit=unit,
            kinds=frozenset(kinds),
            families=families,
            figures=figures,
            bands=parts,
            sectors=frozenset(sectors),
            rule=columns,
        )

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One of the five parts; `titles` by kind of asset, since tokenomics is capital structure for shares."""

    id: str
    titles: Mapping[str, str]
    weight: float
    criteria: tuple[Criterion, ...]

    def title(self, kind: str) -> str:
        return self.titles[kind]


@dataclass(frozen=True, slots=True)
class Answers:
    """One criterion's answers for a batch: codes of states, the value shown, whether its gate is open."""

    state: npt.NDArray[np.int8]
    value: Column
    gate_open: npt.NDArray[np.bool_]
    stale: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion's answer for one asset, with what it rests on."""

    criterion: str
    state: str
    points: float | None
    value: float | None
    values: Mapping[str, float]
    stale: bool
    as_of: datetime | None
    observations: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "criterion": self.criterion,
            "state": self.state,
            "points": self.points,
            "value": self.value,
            "values": dict(self.values),
            "stale": self.stale,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "observations": list(self.observations),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """Point score and the interval from "every unknown fails" to "every unknown passes", all 0–1."""

    score: float
    low: float
    high: float
    coverage: float

    def to_json(self) -> dict[str, float]:
        return {"score": self.score, "low": self.low, "high": self.high, "coverage": self.coverage}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the checklist says of one asset. `total` is 0–100; gates are ids of criteria."""

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
