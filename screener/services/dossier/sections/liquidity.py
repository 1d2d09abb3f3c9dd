"""Liquidity and exit: what leaving costs at many sizes, and the pools and order books to leave by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics import families, liquidity, market, supply
from assets.metrics.facts import MANY_ROWS_AN_ASSET, Facts
from assets.models import BookSnapshot, PoolSnapshot
from screener.charts import Chart, exit_chart
from screener.checklist import CRITERIA
from screener.services.dossier.facts import DossierFacts

EXIT_SIZES_USD: Final = tuple(lead * 10.0**power for power in range(2, 6) for lead in (1, 2, 5))
HOPELESS_SHARE: Final = 0.5
"""Sizes that cost more than this are not worth drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquiditySection:
    chart: Chart | None
    position_usd: float
    pools: Sequence[PoolSnapshot]
    books: Sequence[BookSnapshot]


def read_liquidity(facts: DossierFacts) -> LiquiditySection:
    return LiquiditySection(
        chart=_exit_chart(facts),
        position_usd=facts.position_usd,
        pools=facts.rows.places(families.POOLS),
        books=facts.rows.places(families.BOOKS),
    )


def _exit_chart(facts: DossierFacts) -> Chart | None:
    """The checklist's own round-trip cost at many sizes: chart and finding can't disagree."""
    of_pools_and_books = Facts.of(
        now=facts.now,
        assets=[{"asset_id": facts.asset.pk, "kind": facts.asset.kind}],
        pools=_columns("pools", facts.rows.places(families.POOLS)),
        books=_columns("books", facts.rows.places(families.BOOKS)),
    )
    of_market = market.measures(of_pools_and_books, supply=supply.measures(of_pools_and_books))
    known = {}
    for size in sorted({*EXIT_SIZES_USD, facts.position_usd}):
        measured = liquidity.measures(of_pools_and_books, market=of_market, position_usd=size)
        cost = float(measured["round_trip_cost_share"].iloc[0])
        if cost == cost and (cost <= HOPELESS_SHARE or size <= facts.position_usd):
            known[size] = cost
    band = CRITERIA["liquidity_depth.round_trip_cost"].bands[0]
    return exit_chart(list(known), list(known.values()), facts.position_usd, (band.passes, band.cautions))


def _columns(frame: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in MANY_ROWS_AN_ASSET[frame]} for row in rows]
