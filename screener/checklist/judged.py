"""A judged batch: what the checklist says of assets of one kind, as columns. `judgements` makes rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from screener.checklist.sources import Sources
from screener.checklist.states import Mask
from screener.checklist.totals import Totals
from screener.checklist.types import Answers, Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBatch:
    """A row an asset in each column; `answers` are by criterion, and so is `aged`: whose answer would be
    another without fields that are too old (nothing where there are no such fields)."""

    measures: pd.DataFrame
    sources: Sources
    criteria: Sequence[Criterion]
    answers: Mapping[str, Answers]
    aged: Mapping[str, Mask]
    totals: Totals

    @property
    def asset_ids(self) -> list[int]:
        ids: list[int] = self.measures.index.tolist()
        return ids
