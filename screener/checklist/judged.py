"""What the checklist says of assets of one kind, as columns; `findings` and `entries` make rows of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from screener.checklist.scoring import Scores
from screener.checklist.sources import Sources
from screener.checklist.types import Answers, Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row an asset in each column. `answers` are by criterion, `dimensions` by id, `totals` are rounded."""

    measures: pd.DataFrame
    sources: Sources
    criteria: Sequence[Criterion]
    answers: Mapping[str, Answers]
    dimensions: Mapping[str, Scores]
    totals: Scores
    grades: npt.NDArray[np.str_]

    @property
    def asset_ids(self) -> list[int]:
        ids: list[int] = self.measures.index.tolist()
        return ids
