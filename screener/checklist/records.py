"""Records of scorecards as columns: what they keep of a batch, enough for other weights and limits.

A scorecard has every measure, what the asset was taken for, and of every criterion whether it rested on
something stale. So the universe can be scored anew under a profile without reading a single fact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.facts import frame
from assets.metrics.measure import MEASURES
from screener.checklist.judge import Otherwise, answer
from screener.checklist.states import Column, Mask
from screener.checklist.totals import Totals, total
from screener.checklist.types import Answers, Dimension, asked_of

Ids = npt.NDArray[np.int64]


class RecordedCard(NamedTuple):
    """What is read of one scorecard; `context` is its row of `Facts.assets`."""

    asset_id: int
    total: float | None
    measures: Mapping[str, float]
    findings: Sequence[Mapping[str, Any]]
    context: Mapping[str, Any]
    questioned: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A batch of scorecards, a row an asset; of `stale` a column a criterion.

    `totals` are NaN where it is not rated. `believed` are the measures of the questioned assets alone as
    if nothing were questioned.
    """

    totals: Column
    assets: pd.DataFrame
    measures: pd.DataFrame
    believed: pd.DataFrame
    stale: Mapping[str, Mask]

    @classmethod
    def of(cls, cards: Iterable[RecordedCard], *, criteria: Sequence[str]) -> "Records":
        """Lay these scorecards out; of criteria that are not named nothing is kept."""
        place = {criterion: number for number, criterion in enumerate(criteria)}
        names, nan = [each.name for each in MEASURES], float("nan")
        totals: list[float] = []
        contexts: list[Mapping[str, Any]] = []
        measures: list[list[float]] = []
        believed: dict[int, list[float]] = {}
        flags: list[bytearray] = []
        for card in cards:
            totals.append(nan if card.total is None else card.total)
            contexts.append({**card.context, "asset_id": card.asset_id})
            measures.append([card.measures.get(name, nan) for name in names])
            if card.questioned:
                would_be = {**card.measures, **card.questioned["figures"]}
                believed[card.asset_id] = [would_be.get(name, nan) for name in names]
            mine = bytearray(len(place))
            for each in card.findings:
                if each["stale"] and each["criterion"] in place:
                    mine[place[each["criterion"]]] = 1
            flags.append(mine)
        flag = np.frombuffer(b"".join(flags), dtype=np.bool_).reshape(len(totals), len(place))
        assets = frame("assets", contexts)
        return cls(
            totals=np.array(totals, dtype=np.float64),
            assets=assets,
            measures=pd.DataFrame(measures, index=assets.index, columns=names, dtype=np.float64),
            believed=pd.DataFrame(
                list(believed.values()),
                index=pd.Index(list(believed), dtype="int64", name="asset_id"),
                columns=names,
                dtype=np.float64,
            ),
            stale={criterion: flag[:, at] for criterion, at in place.items()},
        )

    def __len__(self) -> int:
        return len(self.totals)

    @property
    def ids(self) -> Ids:
        return self.assets.index.to_numpy(dtype=np.int64)

    def answers(self, dimensions: Sequence[Dimension]) -> dict[str, Answers]:
        """Every criterion that is asked of these kinds of assets, held against its bands anew, by id."""
        kinds, doubtful = set(self.assets["kind"]), Otherwise.of(self.believed, self.assets)
        asked = [each for dimension in dimensions for each in dimension.criteria if kinds & each.kinds]
        applies = asked_of(asked, self.assets)
        return {
            each.id: answer(each, self.measures, applies[each.id], self.stale[each.id], doubtful=doubtful)
            for each in asked
        }

    def under(self, dimensions: Sequence[Dimension]) -> Totals:
        """What the batch scores under these dimensions; under the checklist's own, what the cards say."""
        return total(dimensions, self.answers(dimensions), size=len(self))

    def updated_by(self, newer: "Records", *, without: Ids) -> "Records":
        """These records with the rows of `newer`, and without those of the assets named."""
        keep = ~np.isin(self.ids, np.concatenate([newer.ids, without]))
        if not keep.any():
            return newer
        return Records(
            totals=np.concatenate([self.totals[keep], newer.totals]),
            assets=pd.concat([self.assets.loc[keep], newer.assets]),
            measures=pd.concat([self.measures.loc[keep], newer.measures]),
            believed=pd.concat([self.believed[self.believed.index.isin(self.ids[keep])], newer.believed]),
            stale={each: np.concatenate([old[keep], newer.stale[each]]) for each, old in self.stale.items()},
        )

    def with_measures(self, measures: pd.DataFrame, *, believed: pd.DataFrame) -> "Records":
        return replace(self, measures=measures, believed=believed)


def ranks(totals: Column) -> npt.NDArray[np.int64]:
    """Each asset's rank by total, from 1; equal totals share one, those not rated (NaN) the last."""
    points = np.nan_to_num(totals, nan=-1.0)
    better = len(points) - np.searchsorted(np.sort(points), points, side="right")
    return np.asarray(better + 1, dtype=np.int64)
