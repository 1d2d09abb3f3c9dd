"""Liquidity and exit: what leaving costs at many sizes, and the pools and order books to leave by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assets.metrics import families
from assets.metrics.facts import Facts
from assets.metrics.pools import POOL_TYPES, VERDICTS, Pools
from assets.metrics.round_trips import Venues, venues_of
from assets.models import BookSnapshot, MarketSnapshot, PoolSnapshot
from screener.charts import Chart, exit_chart
from screener.checklist import CRITERIA
from screener.services.dossier.facts import DossierFacts

EXIT_SIZES_USD: Final = tuple(lead * 10.0**power for power in range(2, 6) for lead in (1, 2, 5))
MOST_ENDED: Final = 12
HOPELESS_SHARE: Final = 0.5
"""Sizes that cost more than this are not worth drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPool:
    """A pool, its type in words, what can be sold into it, and why it counts for less than it says.

    One that `is_outdated` counts for nothing; neither do the fields of its row that are `questioned`.
    """

    row: PoolSnapshot
    pool_type: str
    depth_down_usd: float | None = None
    counted_usd: float | None = None
    remark: str = ""
    is_outdated: bool = False
    questioned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBook:
    """An order book; one that `is_outdated` counts for nothing, nor do fields that are `questioned`."""

    row: BookSnapshot
    is_outdated: bool
    questioned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquiditySection:
    chart: Chart | None
    position_usd: float
    pools: Sequence[ShownPool]
    launch: MarketSnapshot | None
    books: Sequence[ShownBook]
    ended: Sequence[PoolSnapshot | BookSnapshot]


@dataclass(frozen=True, slots=True)
class Exits:
    """What the checklist's own measures work with, read once for all sizes."""

    venues: Venues

    @classmethod
    def of(cls, facts: Facts) -> "Exits":
        return cls(venues_of(facts))

    def cost(self, size_usd: float) -> float:
        return float(self.venues.cost(size_usd).share[0])


def read_liquidity(facts: DossierFacts) -> LiquiditySection:
    exits = Exits.of(facts.exits)
    return LiquiditySection(
        chart=_exit_chart(exits, facts.position_usd),
        position_usd=facts.position_usd,
        pools=[
            *_shown_pools(exits.venues.pools, facts),
            *_outdated_pools(facts.rows.outdated(families.POOLS)),
        ],
        launch=_launch(facts.rows.row(families.MARKET)),
        books=[
            *_shown_books(facts),
            *(ShownBook(row=row, is_outdated=True) for row in facts.rows.outdated(families.BOOKS)),
        ],
        ended=[*facts.rows.ended(families.POOLS), *facts.rows.ended(families.BOOKS)][:MOST_ENDED],
    )


def _launch(row: MarketSnapshot | None) -> MarketSnapshot | None:
    """The answer that tells of the sale from a launchpad's curve."""
    if row is None or row.launch_completed is None:
        return None
    source: MarketSnapshot = getattr(row, "filled_from", {}).get("launch_completed", row)
    return source


def _exit_chart(exits: Exits, position_usd: float) -> Chart | None:
    """The checklist's own round-trip cost at many sizes: chart and finding can't disagree."""
    known = {}
    for size in sorted({*EXIT_SIZES_USD, position_usd}):
        cost = exits.cost(size)
        if cost == cost and (cost <= HOPELESS_SHARE or size <= position_usd):
            known[size] = cost
    band = CRITERIA["liquidity_depth.round_trip_cost"].bands[0]
    return exit_chart(list(known), list(known.values()), position_usd, (band.passes, band.cautions))


def _shown_books(facts: DossierFacts) -> Iterator[ShownBook]:
    for row in facts.rows.places(families.BOOKS):
        questioned = facts.questioned_of("books", row.venue, row.pair)
        yield ShownBook(row=row, is_outdated=False, questioned=questioned)


def _shown_pools(pools: Pools, facts: DossierFacts) -> list[ShownPool]:
    """Those that count first, the largest first."""
    place = {address: at for at, address in enumerate(pools.listed.rows["address"].tolist())}
    depth = pools.depth_down_usd()
    shown = [
        ShownPool(
            row=row,
            pool_type=POOL_TYPES.get(row.pool_type, ""),
            depth_down_usd=_known(depth[place[row.address]]),
            counted_usd=_known(pools.counted_usd[place[row.address]]),
            remark=VERDICTS[pools.verdict[place[row.address]]].text,
            questioned=facts.questioned_of("pools", row.address),
        )
        for row in facts.rows.places(families.POOLS)
        if row.address in place
    ]
    return sorted(shown, key=lambda each: -1 if each.counted_usd is None else each.counted_usd, reverse=True)


def _outdated_pools(rows: Sequence[PoolSnapshot]) -> list[ShownPool]:
    return [ShownPool(row=row, pool_type=POOL_TYPES.get(row.pool_type, ""), is_outdated=True) for row in rows]


def _known(value: float) -> float | None:
    return None if value != value else float(value)
