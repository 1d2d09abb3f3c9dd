"""Market sources: who tells price, supply and volume of an asset, and what is known of its depth."""

from dataclasses import dataclass
from typing import Any, Final

from assets.metrics import families
from assets.models import FactRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView

DEPTH: Final = "liquidity_depth.depth_to_position"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSources:
    """Who tells what an answer rests on; None where nobody does. `depth` is the finding about it.

    `of_cap` and `of_diluted` tell the units behind both values, or the value itself where nobody counts any.
    """

    price: FactRow | None
    circulating: FactRow | None
    of_cap: FactRow | None
    of_diluted: FactRow | None
    volume: FactRow | None
    depth: FindingView | None


def market_sources(facts: DossierFacts) -> MarketSources:
    market, supply = facts.rows.row(families.MARKET), facts.rows.row(families.SUPPLY)
    circulating = teller(supply, "circulating")
    counted = teller(supply, "maximum") or teller(supply, "total")
    return MarketSources(
        price=teller(market, "price_usd"),
        circulating=circulating,
        of_cap=circulating or teller(market, "market_cap_usd"),
        of_diluted=counted or teller(market, "fully_diluted_usd"),
        volume=teller(market, "volume_24h_usd"),
        depth=facts.findings.get(DEPTH),
    )


def teller(row: Any, field: str) -> FactRow | None:
    """The stored row that gives this field of a family's row; None where nobody knows it."""
    if row is None or getattr(row, field) is None:
        return None
    stored: FactRow = row.filled_from.get(field, row)
    return stored
