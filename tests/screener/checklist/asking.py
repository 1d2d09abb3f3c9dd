"""One asset with the measures a test names and nothing else known, and what the checklist says of it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pandas as pd

from assets.metrics.facts import Facts
from assets.metrics.measure import MEASURES
from screener.checklist import CRITERIA, DIMENSIONS, Dimension, Judgement, judge

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def measures_of(*assets: dict[str, float]) -> pd.DataFrame:
    """A frame of measures for assets 1, 2, …; what is not named is not known."""
    names = [each.name for each in MEASURES]
    unnamed = {name for asset in assets for name in asset} - set(names)
    assert not unnamed, f"no such measure: {unnamed}"
    index = pd.Index(range(1, len(assets) + 1))
    return pd.DataFrame(list(assets), index=index, columns=names).astype(np.float64)


def judged(*assets, kind="token", sector="", venue="", sources=(), dimensions=DIMENSIONS) -> list[Judgement]:
    facts = Facts.of(
        now=NOW,
        assets=[
            {"asset_id": each + 1, "kind": kind, "sector": sector, "venue": venue}
            for each in range(len(assets))
        ],
        sources=sources,
    )
    return judge(measures_of(*assets), facts, dimensions=dimensions)


def finding(
    criterion: str, *, kind="token", sector="", venue="", sources=(), **measures: float
) -> SimpleNamespace:
    """The answer to one criterion, its fields as attributes."""
    asked = CRITERIA[criterion]
    alone = Dimension(id=asked.dimension, titles={}, weight=1, criteria=(asked,))
    (judgement,) = judged(
        measures, kind=kind, sector=sector, venue=venue, sources=sources, dimensions=[alone]
    )
    return SimpleNamespace(**judgement.findings[0])
