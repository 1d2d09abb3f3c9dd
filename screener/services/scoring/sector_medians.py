"""Sector medians: what is usual in each sector, worked out from the newest scorecards."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from statistics import median
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import Max

from assets.metrics.facts import Facts
from assets.metrics.sectors import normal, sector_key
from screener.models import Scorecard, SectorMedian

FIGURE: Final = "price_to_sales"
COLUMN: Final = "sector_price_to_sales"
LEAST_ASSETS: Final = 5
"""Of fewer assets there is nothing that could be called usual."""

Sector = tuple[str, str]
Numbered = tuple[int, float]
"""A median with its number: of two the later one counts."""

NONE: Final[Numbered] = (0, np.nan)


def work_out_sector_medians(*, now: datetime) -> int:
    """Append the median of each sector that has enough assets; returns how many."""
    by_sector: dict[Sector, list[float]] = defaultdict(list)
    cards = Scorecard.objects.latest_of_each_asset().exclude(asset__sector="").order_by()
    rows: Any = cards.values_list("asset__kind", "asset__sector", f"figures__{FIGURE}")
    for kind, sector, value in rows.iterator(chunk_size=5_000):
        if value is not None:
            by_sector[kind, sector_key(sector)].append(float(value))
    medians = [
        SectorMedian(
            kind=kind, sector=sector, figure=FIGURE, value=median(values), assets=len(values), known_at=now
        )
        for (kind, sector), values in sorted(by_sector.items())
        if len(values) >= LEAST_ASSETS
    ]
    return len(SectorMedian.objects.bulk_create(medians, batch_size=500))


def with_sector_medians(facts: Facts) -> Facts:
    """The same facts, each asset with the median of its sector as it was known then.

    Medians used to be kept by the sector as it was written, then by the same in one spelling; cards of those
    times rest on them.
    """
    if facts.assets.empty:
        return facts
    medians = _newest(known_by=facts.now)
    sectors = zip(facts.assets["kind"], facts.assets["sector"], strict=True)
    found = [
        max(medians.get((kind, name), NONE) for name in (sector_key(sector), normal(sector), sector))
        for kind, sector in sectors
    ]
    usual = pd.Series([value for _number, value in found], index=facts.asset_ids, dtype="float64")
    return replace(facts, assets=facts.assets.assign(**{COLUMN: usual}))


def _newest(*, known_by: datetime) -> dict[Sector, Numbered]:
    known = SectorMedian.objects.filter(figure=FIGURE, known_at__lte=known_by).order_by()
    newest = known.values("kind", "sector").annotate(newest=Max("id")).values("newest")
    rows = SectorMedian.objects.filter(id__in=newest).values_list("kind", "sector", "id", "value")
    return {(kind, sector): (number, value) for kind, sector, number, value in rows}
