"""Census of the market: assets and market cap by kind, tier and sector, once a day from newest scorecards.

Past days are what was counted on them: of a day before the first census nobody knows how many units there
were.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import Max, Sum

from assets.metrics.families import KINDS
from screener.models import MarketCensus
from screener.services.market.members import MarketMembers

MOST_SECTORS: Final = 20
"""Of each kind so many sectors, those with the most assets, are counted by themselves."""
ALL_SECTORS: Final = ""
UNIQUE: Final = ("kind", "sector", "tier", "day")
COUNTED: Final = ("fictional", "assets", "capitalised", "market_cap_usd", "known_at")


def take_census(members: MarketMembers, *, now: datetime) -> int:
    """Write the census of today, over one that was taken earlier today; returns how many rows it has."""
    rows = [*_rows(members, now=now)]
    MarketCensus.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=[*UNIQUE], update_fields=[*COUNTED]
    )
    MarketCensus.objects.filter(day=now.astimezone(UTC).date(), known_at__lt=now).delete()
    return len(rows)


def newest_count() -> int:
    """How many assets the newest census has counted; 0 before the first."""
    newest = MarketCensus.objects.aggregate(day=Max("day"))["day"]
    counted = MarketCensus.objects.filter(sector=ALL_SECTORS, day=newest)
    return int(counted.aggregate(assets=Sum("assets"))["assets"] or 0)


def _rows(members: MarketMembers, *, now: datetime) -> Iterator[MarketCensus]:
    for kind in KINDS:
        rows = members.of_kind(kind)
        sectors = rows.loc[rows["sector"] != "", "sector"].value_counts()
        largest = sorted(sectors.index, key=lambda each: (-sectors[each], each))[:MOST_SECTORS]
        parts = [(ALL_SECTORS, rows), *((each, rows[rows["sector"] == each]) for each in largest)]
        for sector, part in parts:
            for tier, group in part.groupby("tier"):
                yield MarketCensus(
                    kind=kind,
                    tier=tier,
                    sector=sector,
                    day=now.astimezone(UTC).date(),
                    fictional=members.fictional,
                    known_at=now,
                    **_counted(group),
                )


def _counted(group: pd.DataFrame) -> dict[str, Any]:
    caps = group["market_cap_usd"].to_numpy(dtype=np.float64)
    capitalised = int(np.count_nonzero(~np.isnan(caps)))
    return {
        "assets": len(group),
        "capitalised": capitalised,
        "market_cap_usd": float(np.nansum(caps)) if capitalised else None,
    }
