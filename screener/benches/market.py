"""A database of its own with a market of any size: scorecards of the usual shape with invented figures."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.management import call_command
from django.db import connections

from assets.models import Asset
from assets.sandbox.invented import invented
from screener.checklist import CRITERIA, DIMENSIONS
from screener.models import Scorecard
from screener.universe import UNIVERSE

BATCH: Final = 2_000


@contextmanager
def market_of(size: int) -> Iterator[None]:
    """Point the default connection at a temporary SQLite database that holds so many scored assets."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    with TemporaryDirectory(prefix="assay-bench-") as folder:
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "bench.sqlite3")
        try:
            call_command("migrate", verbosity=0)
            for start in range(0, size, BATCH):
                _add(range(start, min(start + BATCH, size)))
            UNIVERSE.forget()
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)
            UNIVERSE.forget()


def _add(indexes: range) -> None:
    assets = Asset.objects.bulk_create(
        Asset(
            kind=told.ref.kind,
            slug=f"asset-{told.index}",
            symbol=told.ref.symbol,
            name=told.ref.name,
            chain=told.ref.chain,
            venue=told.ref.venue,
            sector=told.ref.sector,
            fictional=True,
        )
        for told in map(invented, indexes)
    )
    Scorecard.objects.bulk_create(
        Scorecard(asset=asset, **_card(random.Random(index)))  # noqa: S311 - a game
        for asset, index in zip(assets, indexes, strict=True)
    )


def _card(dice: random.Random) -> dict[str, Any]:
    """A scorecard of the usual weight: every finding is there, a third of the figures is not known."""
    total = dice.uniform(5, 95)
    low, high = max(5.0, total - dice.uniform(0, 30)), min(100.0, total + dice.uniform(0, 30))
    figures = {
        "price_usd": dice.lognormvariate(0, 3),
        "price_change_24h_share": dice.gauss(0, 0.1),
        "market_cap_usd": dice.lognormvariate(16, 2),
        "fully_diluted_usd": dice.lognormvariate(17, 2),
        "volume_24h_usd": dice.lognormvariate(11, 2),
        "liquidity_usd": dice.lognormvariate(12, 2),
        "round_trip_cost_share": dice.uniform(0, 0.2),
        "days_to_exit": dice.lognormvariate(0, 2),
        "top_ten_adjusted_share": dice.random(),
        "unlock_30d_share": dice.random() * 0.2,
    }
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return {
        "checklist_version": "bench",
        "as_of": now,
        "scored_at": now,
        "total": total,
        "total_low": low,
        "total_high": high,
        "coverage": dice.random(),
        "grade": dice.choice("ABCDE"),
        "tier": dice.choice(("nano", "micro", "small")),
        "gates_open": ["liquidity_depth.pool_control"] if dice.random() < 0.2 else [],
        "gates_unverified": ["holder_concentration.top_ten_share"] if dice.random() < 0.3 else [],
        "dimensions": {
            each.id: {"score": dice.random(), "low": 0.0, "high": 1.0, "coverage": 1.0} for each in DIMENSIONS
        },
        "findings": [
            {"criterion": each, "state": "pass", "points": 1.0, "value": 0.5, "values": {}, "stale": False}
            for each in CRITERIA
        ],
        "figures": {name: value for name, value in figures.items() if dice.random() > 0.33},
    }
